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
        ["events", "list"], ["orders", "list"], ["jobs"], ["sources"], ["events", "show", "ID"],
    ]) func aTableFitsIntoATerminal(_ arguments: [String]) throws {
        defer { program.remove() }
        for columns in [80, 100, 40] where columns >= 80 || arguments.last == "list" || arguments == ["jobs"] {
            let id = try #require(try fixture.value("select max(id) from events"))
            let lines = try lines(arguments.map { $0 == "ID" ? id : $0 }, columns: columns)
            // Headers and bodies of an event are no table.
            let table = arguments.contains("show") ? lines.drop { !$0.hasPrefix("Orders") } : lines[...]
            #expect(table.count >= 2 && table.allSatisfy { $0.count <= columns }, "\(table.joined(separator: "\n"))")
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
        try fixture.superuser.execute("update events set received_at = date_trunc('hour', now()) + interval '15.9 s'")
        func time(_ zone: String, _ form: String) throws -> String {
            try #require(
                try fixture.value("select to_char(max(received_at) at time zone '\(zone)', '\(form)') from events"))
        }
        let (local, utc) = try (
            time("Asia/Kolkata", "YYYY-MM-DD HH24:MI:SS"), time("UTC", "YYYY-MM-DD HH24:MI:SS\"Z\"")
        )
        #expect(try lines(["events", "list"], zone: "Asia/Kolkata").contains { $0.contains(local + "  ") })
        #expect(try lines(["events", "list", "--utc"], zone: "Asia/Kolkata").contains { $0.contains(utc) })
        let row = try JSONValue(parsing: Array(try #require(lines(["events", "list", "--json"]).first).utf8))
        let whole = try time("UTC", "YYYY-MM-DD\"T\"HH24:MI:SS.9")
        #expect(row["received_at"]?.string?.hasPrefix(whole) == true)
        let id = try #require(try fixture.value("select max(id) from events"))
        #expect(try lines(["events", "show", id], zone: "Asia/Kolkata").contains("  received_at: \(local)"))
    }
}
