public import Postgres
public import Webhooks

/// The sources that accepted unsigned deliveries recently.
public struct UnsignedHistory: Sendable, Hashable {
    /// The source.
    public let source: String
    /// The contract by which they came.
    public let provider: String
    /// When the last one was received.
    public let last: Timestamp

    /// Those of the last 30 days, by source and contract.
    public static func lately(on connection: Connection) throws(PostgresError) -> [UnsignedHistory] {
        var found: [UnsignedHistory] = []
        for row in try connection.query(
            """
            select source, provider, max(received_at) as last from hookledger.events
            where verification = 'unverified' and origin in ('delivery', 'spool')
                and received_at > now() - interval '30 days'
            group by source, provider order by source, provider
            """)
        {
            found.append(
                UnsignedHistory(
                    source: try row.text("source"), provider: try row.text("provider"),
                    last: Timestamp(microseconds: try row.timestamp("last"))))
        }
        return found
    }
}
