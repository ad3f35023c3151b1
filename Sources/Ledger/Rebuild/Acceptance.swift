public import Postgres
public import Webhooks

/// Trusts what came unverified from a source before a moment, as if a signature had proved it: for a source that demanded
/// none before signing was switched on.
public enum Acceptance {
    /// What an acceptance did.
    public struct Report: Sendable, Hashable {
        /// How many rows count as verified at once.
        public let raised: Int64
        /// How many orders were folded anew from their events.
        public let folded: Int
    }

    /// Orders of one transaction.
    private static let pageSize: Int32 = 100

    /// Accepts, and folds the orders anew whose unverified events count from now on. It may be repeated.
    /// - Parameters:
    ///   - before: events that were received before it are trusted.
    ///   - actor: who accepts, for `operator_log`.
    ///   - connection: of the role `hookledger_operator`.
    ///   - progress: told how many orders were folded, after every page.
    /// - Throws: ``PostgresError``; what was done before stays.
    public static func accept(
        source: String, before: Timestamp, by actor: String, because reason: String?, on connection: Connection,
        progress: (Int) -> Void = { _ in }
    ) throws(PostgresError) -> Report {
        let raised = try connection.query(
            "select hookledger.accept_source($1::text, $2::timestamptz, $3::text, $4::text)",
            [.text(source), .timestamp(before.microseconds), .text(actor), .text(reason)]
        ).only().bigint(0)
        var (after, folded) = (Int64(0), 0)
        while true {
            let page = try connection.transaction { () throws(PostgresError) -> [Int64] in
                var orders: [Int64] = []
                for row in try connection.query(
                    "select unnest(hookledger.next_unverified_orders($1::text, $2::bigint, $3::int))",
                    [.text(source), .bigint(after), .integer(pageSize)])
                {
                    orders.append(try row.bigint(0))
                }
                folded += orders.count - (try OrderRebuild.refold(orders, on: connection)).count
                return orders
            }
            guard let last = page.last else { return Report(raised: raised, folded: folded) }
            after = last
            progress(folded)
        }
    }
}
