import JSON
import Patience
import Platform
import StackSuite
import Testing

/// A database from before `migrate` asked for UTF8: it cannot hold every character, which is reported.
@Suite(.place) struct EncodingTests {
    private func label(_ encoding: String, _ host: SpoolHost) throws {
        _ = try host.lines(
            "update pg_database set encoding = pg_char_to_encoding('\(encoding)') where datname = current_database()")
        host.killResponder()
        try host.startResponder()
        try host.awaitStore()
    }

    @Test func whatALatinDatabaseCannotHoldIsSpooledOrAnswered503() throws {
        let host = try SpoolHost()
        defer { host.end() }
        try label("LATIN1", host)
        #expect(try host.log().contains("The database's encoding cannot hold every character"))
        #expect(try host.log().contains("LATIN1"))
        #expect(host.post("plain").status == 200)
        #expect(try host.lines("select order_id from orders") == ["plain"])
        #expect(host.post("5 \u{20AC}").status == 200)
        #expect(try host.hasSpooled())
        #expect(host.post("6 \u{20AC}", to: "/webhook/retrying").status == 503)
        let doctor = try host.tool("doctor", "--json").text.split(separator: "\n")
            .map { try JSONValue(parsing: Array($0.utf8)) }.first { $0["check"] == "encoding" }
        #expect(doctor?["grade"] == "failed" && doctor?["message"]?.string?.contains("LATIN1") == true)
        #expect(doctor?["advice"]?.string?.contains("--encoding=UTF8") == true)

        // In a database that can hold it, it is stored.
        try label("UTF8", host)
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try host.lines("select order_id from orders order by 1") == ["5 \u{20AC}", "plain"])
        #expect(try !host.hasSpooled())
    }
}
