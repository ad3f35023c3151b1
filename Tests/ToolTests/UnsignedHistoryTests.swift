import JSON
import JobsSupport
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

/// An upgrade names the sources that took unsigned deliveries and now refuse them.
@Suite(.blocking) struct UnsignedHistoryTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func output(_ arguments: [String], _ program: BatchProgram) throws -> String {
        try ChildProcess.run(program.tool(arguments), limit: 1 << 20).text
    }

    @Test(arguments: [["config", "check"], ["doctor"]])
    func sourcesThatTookUnsignedDeliveriesAreNamed(_ command: [String]) throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        defer { program.remove() }
        try fixture.enqueue(3, orders: 3)
        let text = "shop accepted unsigned deliveries of tiktok_shop until"
        #expect(try !output(command, program).contains(text))
        try fixture.superuser.execute(
            "update events set verification = 'unverified' where id = (select min(id) from events)")
        let said = try output(command, program)
        #expect(said.contains(text), "\(said)")
        #expect(said.contains("providers.tiktok_shop: { …, verification: optional }"))
        // What we fetched ourselves is no delivery, and what is long ago is over.
        try fixture.superuser.execute("update events set origin = 'fetched' where verification = 'unverified'")
        #expect(try !output(command, program).contains(text))
    }

    @Test func migrateNamesThemAllWithoutAConfiguration() throws {
        try fixture.enqueue(1)
        try fixture.superuser.execute("update events set verification = 'unverified'")
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        defer { program.remove() }
        var command = program.tool([])
        command.arguments = [
            command.arguments[0], "migrate", "--json", "--database",
            try SharedCluster.get().conninfo(database: fixture.database),
        ]
        let report = try JSONValue(parsing: Array(ChildProcess.run(command).text.utf8))
        #expect(report["warnings"]?.array?.count == 1)
        // The package's postinst reads the names.
        #expect(report["refuses_unsigned"] == ["shop"])
        #expect(report["warnings"]?.array?.first?.string?.contains("shop accepted unsigned deliveries") == true)
    }

    @Test func sourcesThatTakeThemAreNamedEachTime() throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        defer { program.remove() }
        let text = try Files.readText(program.config)
        func unsigned() throws -> JSONValue? {
            let lines = try output(["config", "check", "--json"], program).split(separator: "\n")
            return try JSONValue(parsing: Array((lines.last ?? "").utf8))["unsigned"]
        }
        #expect(try unsigned() == [])
        try Files.write(
            program.config, text: text.replacing("secrets: [", with: "verification: optional, secrets: ["))
        #expect(try unsigned() == ["shop"])
        #expect(try output(["config", "check"], program).contains("accepts unsigned deliveries"))
    }
}
