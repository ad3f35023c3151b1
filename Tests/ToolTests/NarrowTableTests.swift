import JSON
import JobsSupport
import Platform
import Postgres
import TestThreads
import Testing

/// Tables fit into a terminal; into a pipe they are whole.
@Suite(.blocking) struct NarrowTableTests {
    private let fixture: JobsFixture
    private let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        try fixture.enqueue(3, orders: 3)
        try fixture.superuser.execute(
            "update jobs set last_error = repeat('the destination answered something long ', 10)")
    }

    private func lines(
        _ arguments: [String], columns: Int? = nil, zone: String = "UTC"
    ) throws -> [String] {
        var command = program.tool(arguments)
        command.environment?["TZ"] = zone
        command.environment?["TERM"] = "xterm"
        command.environment?["PATH"] = Environment.value(of: "PATH")
        let output = try ChildProcess.run(columns.map { TestTerminal.around(command, columns: $0) } ?? command)
        try #require(output.succeeded, "\(output.text) \(output.errorText)")
        return output.text.split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test(arguments: [
        ["events", "list"], ["orders", "list"], ["jobs"], ["sources"], ["jobs", "1"], ["events", "show", "2"],
    ]) func aTableFitsIntoATerminal(_ arguments: [String]) throws {
        defer { program.remove() }
        for columns in [80, 100, 40] where columns >= 80 || arguments.last == "list" || arguments == ["jobs"] {
            let lines = try lines(arguments, columns: columns)
            // Headers and bodies of an event are no table.
            let table = arguments.contains("show") ? lines.drop { !$0.hasPrefix("Orders") } : lines[...]
            #expect(table.count > 2 && table.allSatisfy { $0.count <= columns }, "\(table.joined(separator: "\n"))")
        }
    }

    @Test func intoAPipeOrWithWideItIsWhole() throws {
        defer { program.remove() }
        for lines in [try lines(["jobs"]), try lines(["jobs", "--wide"], columns: 80)] {
            #expect(lines.contains { $0.contains("long the destination answered something long the destination") })
        }
        let narrow = try lines(["jobs"], columns: 80)
        #expect(narrow.contains { $0.hasSuffix("…") } && !narrow.contains { $0.contains("long the destination") })
        // Ids and times are never cut.
        #expect(narrow.contains { $0.contains("1") && $0.contains("ops") })
    }

    @Test func timesAreLocalOrInUTC() throws {
        defer { program.remove() }
        try fixture.superuser.execute("update events set received_at = '2026-01-31 23:30:15.9+00'")
        #expect(try lines(["events", "list"], zone: "Europe/Berlin").contains { $0.contains("2026-02-01 00:30:15  ") })
        #expect(
            try lines(["events", "list", "--utc"], zone: "Europe/Berlin").contains { $0.contains("2026-01-31 23:30:15Z") })
        let row = try JSONValue(parsing: Array(try #require(lines(["events", "list", "--json"]).first).utf8))
        #expect(row["received_at"]?.string?.hasPrefix("2026-01-31T23:30:15.9") == true)
        #expect(try lines(["events", "show", "2"], zone: "Europe/Berlin").contains("  received_at: 2026-02-01 00:30:15"))
    }
}
