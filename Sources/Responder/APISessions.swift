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

    private var primarySession: LazySession
    private var standbySession: LazySession?
    /// No standby is asked for before that time, because the last one did not answer.
    private var awayUntil: Int64 = 0

    /// How long one statement may take.
    private static let statementTimeout = "5000ms"
    /// How long the primary answers everything after a standby did not answer, in nanoseconds.
    private static let pause: Int64 = 10_000_000_000

    init(_ conninfo: Conninfo) {
        primarySession = Self.session(conninfo.primary)
        standbySession = conninfo.standby.map(Self.session)
    }

    /// The session with the primary.
    mutating func primary() throws(PostgresError) -> Connection {
        try primarySession.open()
    }

    /// The session with the standby; nil if there is none, or if it does not answer.
    mutating func standby() -> Connection? {
        guard SystemClock.monotonicNanoseconds() >= awayUntil else { return nil }
        do throws(PostgresError) {
            return try standbySession?.open()
        } catch {
            awayUntil = SystemClock.monotonicNanoseconds() + Self.pause
            return nil
        }
    }

    private static func session(_ conninfo: String) -> LazySession {
        LazySession { () throws(PostgresError) in
            try Connection(
                conninfo: conninfo, applicationName: "hookledger-api",
                settings: [
                    ("statement_timeout", statementTimeout), ("search_path", "hookledger"), ("jit", "off"),
                    ("idle_in_transaction_session_timeout", "10s"),
                ],
                connectTimeout: .seconds(2), queryDeadline: .seconds(7))
        }
    }
}
