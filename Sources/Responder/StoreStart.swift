import Ledger
import LogLines
import Logging
import Postgres

/// What the responder finds out about its database before it takes requests.
enum StoreStart {
    /// Warns of what would go wrong later, and gets the revision of the configuration.
    /// - Throws: `PostgresError` if a pooler is in between. A database that is away is no reason not to start.
    static func check(_ conninfo: String, _ report: ConfigurationReport, logger: Logger) throws {
        do throws(PostgresError) {
            let connection = try Connection(
                conninfo: conninfo, applicationName: "hookledger-start", connectTimeout: .seconds(2),
                queryDeadline: .seconds(2))
            if let server = connection.server, server.encoding != "UTF8" {
                logger.report(.databaseEncoding, ["encoding": "\(server.encoding)"])
            }
            try report.write(over: connection)
        } catch {
            if error.state == .pooledSession { throw error }
        }
    }
}
