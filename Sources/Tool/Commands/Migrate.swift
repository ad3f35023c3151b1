import Actions
import ArgumentParser
import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger migrate`
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Migrate a database to this program's schema: roles, tables, functions, views, partitions.",
        discussion: """
            Connect as a role that may create roles and schemas, such as postgres. Everything happens in one \
            transaction under a lock, so it is safe to run twice and from two hosts at once; a failed run changes \
            nothing.

              sudo -u postgres hookledger migrate --database 'dbname=hookledger'
            """)

    @Option(help: "The database as a libpq connection string (default: $HOOKLEDGER_DATABASE).")
    var database: String?

    @Option(help: "The folder of the SQL files (default: the ones installed with this program).")
    var sql: String?

    @Option(
        help: """
            Set the connection limits of the roles for this number of hosts with responders or batch processors \
            (default: leave them unchanged).
            """)
    var hosts: Int?

    @Option(help: "With --hosts: batch.slots of the configuration, if it is not \(BatchSettings.standardSlots).")
    var slots = BatchSettings.standardSlots

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if let hosts, !(1...100).contains(hosts) { throw ValidationError("--hosts must be from 1 to 100") }
        if !(1...64).contains(slots) { throw ValidationError("--slots must be from 1 to 64") }
        guard !conninfo.isEmpty else {
            throw ValidationError("name the database: --database 'dbname=hookledger', or HOOKLEDGER_DATABASE")
        }
    }

    func run() throws {
        try reportingErrors {
            let folder = try sql ?? Executable.share(of: Executable.current()) + "/sql"
            let connection = try Connection(conninfo: conninfo, applicationName: "hookledger-migrate")
            let outcome = try Migrator.apply(SchemaFiles(folder: folder), over: connection) {
                if !json { Console.say("applying \($0)") }
            }
            if let hosts { try ConnectionLimits(hosts: hosts, slots: slots).apply(over: connection) }
            let notices = Self.notices(connection)
            if json { return Console.say(Self.object(outcome, notices).text) }
            for notice in notices { Console.say("Warning: \(notice)") }
            Console.say(
                outcome.applied.isEmpty
                    ? "Nothing to apply: the schema is at version \(outcome.version)."
                    : "Applied \(outcome.applied.count) migrations: the schema is at version \(outcome.version).")
            if outcome.applied.contains(where: { $0.hasSuffix("_person_index.sql") }) {
                Console.say(
                    "The batch processor now fills the person index, with the key from `hookledger keys create`."
                )
            }
            if outcome.applied.contains(where: { $0.hasSuffix("_read_anew.sql") }) {
                Console.say(
                    "Orders are read differently now: `hookledger orders rebuild` updates stored ones; it makes no jobs."
                )
            }
            if outcome.partitionsMade > 0 { Console.say("Made \(outcome.partitionsMade) partitions.") }
        }
    }

    /// Sources that accepted unsigned deliveries and now refuse them, by the configuration found here.
    private static func notices(_ connection: Connection) -> [String] {
        let settings = try? Settings.load(
            from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
        return (try? UnsignedHistory.lately(on: connection)).map { UnsignedNotice.texts($0, settings) } ?? []
    }

    private static func object(_ outcome: Migrator.Outcome, _ notices: [String]) -> JSONValue {
        [
            "warnings": .array(notices.map(JSONValue.string)),
            "applied": .array(outcome.applied.map(JSONValue.string)), "version": .number(JSONNumber(outcome.version)),
            "partitions_made": .number(JSONNumber(Int64(outcome.partitionsMade))),
        ]
    }

    private var conninfo: String { database ?? Environment.value(of: "HOOKLEDGER_DATABASE") ?? "" }
}
