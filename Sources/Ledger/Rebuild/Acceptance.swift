public import Postgres
public import Webhooks

/// Trusts a source's unverified events from before a given time as if they had been signed: for a source that started
/// to sign later.
public enum Acceptance {
    /// The report of an acceptance.
    public struct Report: Sendable, Hashable {
        /// How many rows count as verified at once.
        public let raised: Int64
        /// How many rows were rebuilt from their events: orders, products, customers and comments.
        public let folded: Int
    }

    /// Rows of one transaction.
    private static let pageSize: Int32 = 100

    /// Accepts, and rebuilds the rows whose unverified events are now trusted. It may be repeated.
    /// - Parameters:
    ///   - before: events that were received before it are trusted.
    ///   - actor: who accepts, for `operator_log`.
    ///   - connection: of the role `hookledger_operator`.
    ///   - progress: told how many rows were folded, after every page.
    /// - Throws: ``PostgresError``; earlier pages stay.
    public static func accept(
        source: String, before: Timestamp, by actor: String, because reason: String?, on connection: Connection,
        progress: (Int) -> Void = { _ in }
    ) throws(PostgresError) -> Report {
        let raised = try connection.query(
            "select hookledger.accept_source($1::text, $2::timestamptz, $3::text, $4::text)",
            [.text(source), .timestamp(before.microseconds), .text(actor), .text(reason)]
        ).only().bigint(0)
        var folded = 0
        for kind in RecordKind.allCases {
            var after: Int64 = 0
            while let page = try page(kind, of: source, after: after, on: connection) {
                after = page.last
                folded += page.folded
                progress(folded)
            }
        }
        return Report(raised: raised, folded: folded)
    }

    /// - Returns: the last row of the page and how many of it were folded; nil when there is none left.
    private static func page(
        _ kind: RecordKind, of source: String, after: Int64, on connection: Connection
    ) throws(PostgresError) -> (last: Int64, folded: Int)? {
        try connection.transaction { () throws(PostgresError) in
            var rows: [Int64] = []
            for row in try connection.query(
                "select unnest(hookledger.next_unverified_records($1::text, $2::text, $3::bigint, $4::int))",
                [.text(kind.rawValue), .text(source), .bigint(after), .integer(pageSize)])
            {
                rows.append(try row.bigint(0))
            }
            guard let last = rows.last else { return nil }
            // Some events of an order may be deleted; for other records that is unknown, and the remaining events are
            // used.
            let left =
                kind == .order
                ? try OrderRebuild.refold(rows, on: connection)
                : try OrderRebuild.refold(rows, kind, on: connection)
            return (last, rows.count - left.count)
        }
    }
}
