import JSON
import Platform
public import Postgres
public import Webhooks

extension ReconcileBooks {
    /// Which events the ledger has, by their places.
    /// - Parameter keys: their dedupe keys.
    public static func knownEvents(
        _ keys: [[UInt8]], of source: String, on connection: Connection
    ) throws(PostgresError) -> Set<Int> {
        if keys.isEmpty { return [] }
        var known: Set<Int> = []
        for row in try connection.query(ReconcileSQL.events, [.text(source), .bytesArray(keys)]) {
            known.insert(Int(try row.bigint("place")) - 1)
        }
        return known
    }

    /// Which deliveries came, or were found missing before.
    /// - Parameters:
    ///   - ids: the provider's ids of the deliveries.
    ///   - since: the time of the first attempt at any of them.
    public static func knownDeliveries(
        _ ids: [String], of source: String, since: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Set<String> {
        // Clocks differ.
        let start = since.advanced(bySeconds: -600)
        var known: Set<String> = []
        for row in try connection.query(
            ReconcileSQL.deliveries, [.text(source), .texts(ids), .timestamp(start.microseconds)])
        {
            known.insert(try row.text(0))
        }
        return known
    }

    /// A missing delivery that the provider is to repeat.
    public struct Asking: Sendable {
        /// The finding.
        let id: Int64
        /// What it takes.
        public let redelivery: String
    }

    /// The deliveries that were found missing, and were not asked for yet.
    public func toAsk(now: Timestamp, on connection: Connection) throws(PostgresError) -> [Asking] {
        try connection.query(
            ReconcileSQL.toAsk, [.text(lease.source), .text(lease.api), .timestamp(now.microseconds)]
        ).map { row throws(PostgresError) in
            Asking(id: try row.bigint("id"), redelivery: try row.text("redelivery"))
        }
    }

    /// Writes that the provider was asked for a delivery.
    /// - Parameter trouble: why it will not repeat it; nil if it will.
    /// - Returns: false, with nothing changed, if another run has the lease.
    public func asked(
        _ one: Asking, trouble: String?, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Bool {
        try connection.transaction { () throws(PostgresError) -> Bool in
            guard try lease.renew(now: now, on: connection) else { return false }
            if Mutation.isOn("redelivery-not-noted") { return true }
            _ = try connection.query(
                ReconcileSQL.asked, [.bigint(one.id), .timestamp(now.microseconds), .text(trouble?.storable)])
            return true
        }
    }
}
