public import Postgres

/// The configuration that one running program uses, as it has reported.
public struct ConfigurationInUse: Sendable, Hashable {
    /// The name of its machine.
    public let host: String
    /// `ingest`, `api` or `batch`.
    public let program: String
    /// The process id.
    public let pid: Int32
    /// The revision; nil while it has none.
    public let revision: Int?
    /// Whether no program uses a newer one.
    public let isNewest: Bool
    /// When it last read or refused a configuration, in seconds since 1970 by the database's clock.
    public let handledAt: Double
    /// Every error of the last configuration that it read, if it refused that.
    public let refusal: String?

    /// The database's clock, in seconds since 1970.
    public static func clock(on connection: Connection) throws(PostgresError) -> Double {
        try connection.query(ConfigurationSQL.clock).only().double("clock")
    }

    /// Those of all programs that have reported within five minutes, by host and program.
    public static func all(on connection: Connection) throws(PostgresError) -> [ConfigurationInUse] {
        var uses: [ConfigurationInUse] = []
        for row in try connection.query(ConfigurationSQL.inUse) {
            uses.append(
                ConfigurationInUse(
                    host: try row.text("host"), program: try row.text("program"),
                    pid: Int32(clamping: try row.bigint("pid")),
                    revision: try row.optionalBigint("revision").map(Int.init), isNewest: try row.bool("is_newest"),
                    handledAt: try row.double("handled_at"), refusal: try row.optionalText("refusal")))
        }
        return uses
    }
}
