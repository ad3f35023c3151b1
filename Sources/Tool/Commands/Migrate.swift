import ArgumentParser
import JSON
import Ledger
import LocalStack
import Platform
import Postgres

/// `hookledger migrate`
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring a database to this program's schema: roles, tables, functions, views, partitions.",
        discussion: """
            Connect as a role that may create roles and schemas, such as postgres. Everything happens in one \
            transaction under a lock, so it is safe to run twice and from two hosts at once; a failed run changes \
            nothing.

              sudo -u postgres hookledger migrate --database 'dbname=hookledger'
            """)

    @Option(help: "How to reach the database, as libpq reads it (default: $HOOKLEDGER_DATABASE).")
    var database: String?

    @Option(help: "The folder of the SQL files (default: the ones installed with this program).")
    var sql: String?

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
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
            if json { return Console.say(Self.object(outcome).text) }
            Console.say(
                outcome.applied.isEmpty
                    ? "Nothing to apply: the schema is at version \(outcome.version)."
                    : "Applied \(outcome.applied.count) migrations: the schema is at version \(outcome.version).")
            if outcome.applied.contains(where: { $0.hasSuffix("_person_index.sql") }) {
                Console.say(
                    "The batch processor fills the index of persons from now on, with the key that `hookledger keys create` makes."
                )
            }
            if outcome.partitionsMade > 0 { Console.say("Made \(outcome.partitionsMade) partitions.") }
        }
    }

    private static func object(_ outcome: Migrator.Outcome) -> JSONValue {
        [
            "applied": .array(outcome.applied.map(JSONValue.string)), "version": .number(JSONNumber(outcome.version)),
            "partitions_made": .number(JSONNumber(Int64(outcome.partitionsMade))),
        ]
    }

    private var conninfo: String { database ?? Environment.value(of: "HOOKLEDGER_DATABASE") ?? "" }
}
