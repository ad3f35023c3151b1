import JobsSupport
import LocalStack
import Patience
import Platform
import Postgres
import TestThreads
import Testing

/// A bulk replay that is killed and started again replays every event once.
@Suite(.blocking) struct ReplayCommandTests {
    @Test func aReplayThatIsKilledContinuesAndDoublesNothing() throws {
        let fixture = try JobsFixture()
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1", condition: "{ type: order.updated }")
        defer { program.remove() }
        try fixture.enqueue(3000, orders: 200)
        try fixture.superuser.execute("delete from jobs")
        var command = program.tool(["replay", "--source", "shop", "--over", "0", "--json", "--yes"])
        command.errors = .file(program.folder + "/errors")
        var (kills, name) = (0, "")
        for _ in 0..<40 where kills < 3 {
            let before = try fixture.count("replays")
            let child = try ChildProcess.spawn(command)
            _ = try eventually { try fixture.count("replays") > before || !child.isRunning }
            if child.isRunning { kills += 1 }
            child.signal(.kill)
            _ = child.wait()
            if name.isEmpty {
                let said = try Files.readText(program.folder + "/errors")
                name = try #require(said.split(whereSeparator: \.isWhitespace).last.map(String.init))
                command.arguments += ["--run", name]
            }
            if try fixture.count("replays") == 3000 { break }
        }
        #expect(kills > 0)
        let output = try ChildProcess.run(command, limit: 64 << 20)
        let said = try Files.readText(program.folder + "/errors")
        #expect(output.succeeded, "\(said)")
        #expect(try fixture.count("replays") == 3000)
        #expect(try fixture.value("select count(distinct event_id) from jobs") == "3000")
        #expect(try fixture.count("jobs") == 3000)
        #expect(try fixture.count("operator_log", "subject = 'replay:\(name)'") == 1)
    }
}
