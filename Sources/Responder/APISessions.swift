import Platform
import Postgres

/// The sessions of one thread of the API: with the primary, and with a standby for reading, if the configuration names one.
struct APISessions {
    /// Where they lead.
    struct Conninfo: Sendable {
        let primary: String
        /// nil if everything is read from the primary.
        let standby: String?
    }

    private let conninfo: Conninfo
    private var opened: Connection?
    private var openedStandby: Connection?
    /// No standby is asked for before that time, because the last one did not answer.
    private var awayUntil: Int64 = 0

    /// How long one statement may take.
    private static let statementTimeout = "5000ms"
    /// How long the primary answers everything after a standby did not answer, in nanoseconds.
    private static let pause: Int64 = 10_000_000_000

    init(_ conninfo: Conninfo) { self.conninfo = conninfo }

    /// The session with the primary.
    mutating func primary() throws(PostgresError) -> Connection {
        try Self.open(&opened, conninfo.primary)
    }

    /// The session with the standby; nil if there is none, or if it does not answer.
    mutating func standby() -> Connection? {
        guard let standby = conninfo.standby, SystemClock.monotonicNanoseconds() >= awayUntil else { return nil }
        do throws(PostgresError) {
            return try Self.open(&openedStandby, standby)
        } catch {
            awayUntil = SystemClock.monotonicNanoseconds() + Self.pause
            return nil
        }
    }

    private static func open(_ session: inout Connection?, _ conninfo: String) throws(PostgresError) -> Connection {
        if let session {
            if !session.isUsable { try session.reset() }
            return session
        }
        let made = try Connection(
            conninfo: conninfo, applicationName: "hookledger-api",
            settings: [
                ("statement_timeout", statementTimeout), ("search_path", "hookledger"), ("jit", "off"),
                ("idle_in_transaction_session_timeout", "10s"),
            ],
            connectTimeout: .seconds(2), queryDeadline: .seconds(7))
        session = made
        return made
    }
}
