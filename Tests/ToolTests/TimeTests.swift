import JSON
import JobsSupport
import Ledger
import Platform
import Postgres
import Settings
import StackSuite
import Testing
import Webhooks

/// Every command shows times in the local time zone, or in UTC with a Z; in JSON they are in RFC 3339.
@Suite(.place) struct TimeTests {
    private let fixture: JobsFixture
    private let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1", more: "log: { hooks: hooks.log }\nretention: { orders: 1d }")
        _ = try KeyFile.create(program.folder + "/keys/audit.key")
        try Files.write(program.folder + "/hooks.log", text: "")
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute(
            """
            insert into quarantine (source, fingerprint, provider, kind, reason, status, received_at, last_at, request_id,
                remote_addr, peer, is_known, method, scheme, host, path, query, headers, body, size)
            values ('shop', '1', 'tiktok_shop', 'no_secret_matched', 'no', 401, now(), now(), 'r', '192.0.2.1', '192.0.2.1',
                true, 'POST', 'https', 'h', '/hook', '', '[]', '{}', 10);
            insert into operator_log (actor, action, subject, details) values ('cli:a', 'replay', 'x', '{}');
            update orders set updated_at = now() - interval '3 days';
            select pause_jobs('action', 'ops', 3600000, 'a', 'b');
            insert into comments (source, comment_id, shop_key, provider, comment_data, extra, clocks, last_event_id,
                last_event_received_at)
            values ('shop', '1', '', 'tiktok_developers', '{}', '{}', '{}', 900000077, now());
            insert into events (id, received_at, source, provider, provider_type, type, subject, record_kind, record_row,
                disposition, origin, verification, scheme, request_id, remote_addr, method, path, query, headers, body)
            select 900000077, now(), 'shop', 'tiktok_developers', 'c', 'comment.created', 'comment:1', 'comment', id, 'stored',
                'delivery', 'signature', 's', 'r', '', 'POST', '/', '', '[]', '{}' from comments;
            """)
    }

    private func run(_ arguments: [String]) throws -> String {
        var command = program.tool(arguments)
        // Half an hour beside every hour of UTC.
        command.environment?["TZ"] = "Asia/Kolkata"
        let output = try ChildProcess.run(command)
        return output.text + output.errorText
    }

    static let commands = [
        ["refusals", "list"], ["refusals", "show", "1"], ["audit"], ["audit", "verify"], ["orders", "show", "o0"],
        ["retention", "--dry-run"], ["person", "retention", "--dry-run"], ["status"], ["events", "list"],
        ["replay", "status", "r1"], ["token", "create", "t"], ["pause"], ["credentials"], ["report"],
    ]

    @Test(arguments: commands) func timesAreLocalOrInUTC(_ words: [String]) throws {
        defer { program.remove() }
        var words = words
        if words.first == "orders" { words[2] = try #require(try fixture.value("select min(order_id) from orders")) }
        if words.first == "replay" {
            let id = try #require(try fixture.value("select min(id) from events"))
            _ = try run(["events", "replay", id, "--reason", "x", "--yes"])
            words[2] = try #require(try fixture.value("select min(run) from replays"))
        }
        let full = #/\d{4}-\d\d-\d\dT\d\d:\d\d/#
        let offset = #/\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d/#
        let time = #/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(Z?)/#
        let local = try run(words)
        #expect(local.firstMatch(of: full) == nil && local.firstMatch(of: offset) == nil, "\(local)")
        #expect(local.matches(of: time).allSatisfy { $0.output.1.isEmpty }, "\(local)")
        if words.first == "token" { words[2] = "t2" }
        let utc = try run(words + ["--utc"])
        #expect(!utc.contains("Unknown option"), "\(utc)")
        #expect(utc.firstMatch(of: full) == nil && utc.firstMatch(of: offset) == nil, "\(utc)")
        #expect(utc.matches(of: time).allSatisfy { $0.output.1 == "Z" }, "\(utc)")
        // Not trivially: they show a time, if there is one to show.
        let timeless: Set = ["credentials", "replay"]
        #expect(timeless.contains(words[0]) || !utc.matches(of: time).isEmpty, "\(utc)")
        #expect(local.matches(of: time).count == utc.matches(of: time).count)
    }
}
