import JSON
import LocalStack
import Platform
import Postgres
import StackSuite
import Testing

/// `hookledger retention`: a person looks, and confirms.
@Suite(.place) struct RetentionCommandTests {
    private let folder: String
    private let superuser: Connection

    init() throws {
        folder = try Files.makeTemporaryFolder()
        let database = try SharedCluster.migratedDatabase()
        let cluster = try SharedCluster.get()
        superuser = try Connection(
            conninfo: cluster.conninfo(database: database), applicationName: "test",
            settings: [("search_path", "hookledger")])
        try Files.write(
            folder + "/hookledger.yaml",
            text: "database: { conninfo: \"\(cluster.conninfo(user: "hookledger_operator", database: database))\" }\n")
        // Four old weeks with an event each.
        try superuser.execute(
            """
            select fill_weeks('events', now() - interval '30 weeks', now() - interval '27 weeks');
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body)
            select nextval('event_ids'), now() - make_interval(weeks => n), 's', 'p', 't', 't', 'stored', 'signature', 's',
                'r', '', 'POST', '/', '', '[]', '' from generate_series(27, 30) as n
            """)
    }

    private func retention(_ arguments: String...) throws -> ChildOutput {
        try ChildProcess.run(
            ChildCommand(
                [Executable.folder() + "/hookledger", "retention", "--config", folder + "/hookledger.yaml"] + arguments)
        )
    }

    private func events() throws -> Int { try superuser.query("select count(*) from events").only().int(0) }

    @Test func aPersonLooksAndConfirms() throws {
        defer { try? Files.remove(folder) }
        #expect(try retention().status == .exited(64))
        let dry = try retention("--dry-run")
        #expect(dry.succeeded && dry.text.contains("clock of Postgres: "), "\(dry.errorText)")
        #expect(dry.text.contains("4 partitions with rows would be dropped at once"))
        #expect(try events() == 4)
        let json = try JSONValue(parsing: Array(retention("--dry-run", "--json").text.utf8))
        #expect(json["partitions"]?.array?.count == 4 && json["waits_for_a_person"]?.string != nil)

        _ = try superuser.query("select hold_upkeep('retention', 'a reason')")
        let run = try retention("--run", "--reason", "the clocks are right")
        #expect(run.succeeded && run.text.hasPrefix("4 partitions dropped (events_"), "\(run.errorText)")
        #expect(try events() == 0)
        let logged = "select reason || (details ->> 'receipts') from operator_log where action = 'retention'"
        #expect(try superuser.query(logged).only().text(0) == "the clocks are right0")
        #expect(try superuser.query("select held is null from upkeep").only().bool(0))
        #expect(try retention("--dry-run").text.contains("No partition is past its retention."))
    }
}
