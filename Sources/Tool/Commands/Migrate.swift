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
            nothing. While another session's transaction uses the schema, it waits without a lock and names that session: \
            deliveries are stored meanwhile. After a restore into another cluster it removes the other cluster's transaction numbers.

              sudo -u postgres hookledger migrate --database 'dbname=hookledger'
            """)

    @Option(
        help: """
            The database as a libpq connection string (default: $HOOKLEDGER_DATABASE, else the one of the \
            configuration, without its roles).
            """)
    var database: String?

    @Option(help: "The folder of the SQL files (default: the ones installed with this program).")
    var sql: String?

    @Flag(
        help: """
            Make an empty database the router of cells (docs/scaling.md); later runs know that it is one. It needs Debian's \
            postgresql-15-plproxy, and a superuser.
            """)
    var router = false

    @Option(
        help: """
            Set the connection limits of the roles for this number of hosts with responders or batch processors \
            (default: leave them unchanged).
            """)
    var hosts: Int?

    @Option(help: "With --hosts: batch.slots of the configuration, if it is not \(BatchSettings.standardSlots).")
    var slots = BatchSettings.standardSlots

    @Option(
        help: """
            With --hosts: responder.committers of the configuration (default: that of a host with the cores of this one).
            """)
    var committers = ResponderSettings.standardCommitters(processors: Processors.usable)

    @Option(help: "How long to wait for other sessions, such as 60s or 10min.")
    var wait = WaitTime(.seconds(60))

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if let hosts, !(1...100).contains(hosts) { throw ValidationError("--hosts must be from 1 to 100") }
        if !(1...64).contains(slots) { throw ValidationError("--slots must be from 1 to 64") }
        if !(1...16).contains(committers) { throw ValidationError("--committers must be from 1 to 16") }
    }

    func run() throws {
        try reportingErrors {
            let folder = try sql ?? Executable.share(of: Executable.current()) + "/sql"
            let connection = try Connection(
                conninfo: OwnerDatabase.conninfo(database), applicationName: "hookledger-migrate")
            let outcome = try Migrator.apply(
                SchemaFiles(folder: folder, kind: kind(connection)), over: connection, patience: wait.duration,
                waiting: { sessions in
                    for session in sessions { StandardError.write(VisibleText.of("waiting for \(session)")) }
                },
                progress: { if !json { Console.say("applying \($0)") } })
            if let hosts {
                try ConnectionLimits(
                    hosts: hosts, slots: slots, committers: committers, place: .init(of: connection)
                ).apply(over: connection)
            }
            let notices = Self.notices(connection)
            if json { return Console.say(Self.object(outcome, notices).text) }
            for notice in notices { Console.say("Warning: \(notice.text)") }
            Console.say(
                outcome.applied.isEmpty
                    ? "Nothing to apply: the schema is at version \(outcome.version)."
                    : "Applied \(outcome.applied.count) migrations: the schema is at version \(outcome.version).")
            if outcome.applied.contains(where: { $0.hasSuffix("_after_b6287ea.sql") }) {
                Console.say(
                    "The batch processor now fills the person index, with the key from `hookledger keys create`."
                )
            }
            if outcome.hadFormer && !outcome.applied.isEmpty {
                Console.say(
                    "Orders are read differently now: `hookledger orders rebuild` updates stored ones; it makes no jobs."
                )
            }
            if outcome.removedNumbers {
                Console.say(
                    "The database was restored from another cluster: its transaction numbers are removed, and live "
                        + "views start again.")
            }
            if outcome.partitionsMade > 0 { Console.say("Made \(outcome.partitionsMade) partitions.") }
        }
    }

    /// A router stays one, and a database with deliveries does not become one.
    private func kind(_ connection: Connection) throws -> SchemaFiles.Kind {
        let present = try SchemaFiles.Kind(of: connection)
        if router, present == .ledger { throw UsageError("this database has deliveries: a router needs an empty one") }
        return present ?? (router ? .router : .ledger)
    }

    /// Sources that accepted unsigned deliveries and now refuse them, by the configuration found here.
    private static func notices(_ connection: Connection) -> [UnsignedNotice] {
        let settings = try? Settings.load(
            from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
        return (try? UnsignedHistory.lately(on: connection)).map { UnsignedNotice.all($0, settings) } ?? []
    }

    private static func object(_ outcome: Migrator.Outcome, _ notices: [UnsignedNotice]) -> JSONValue {
        [
            "warnings": .array(notices.map { .string($0.text) }),
            "refuses_unsigned": .array(Set(notices.map(\.source)).sorted().map(JSONValue.string)),
            "applied": .array(outcome.applied.map(JSONValue.string)), "version": .number(JSONNumber(outcome.version)),
            "partitions_made": .number(JSONNumber(Int64(outcome.partitionsMade))),
            "removed_numbers": .bool(outcome.removedNumbers),
        ]
    }
}
