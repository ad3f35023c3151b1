import JSON
import JobsSupport
import Platform
import Postgres
import TestThreads
import Testing

/// `hookledger report`, held against the guide's own program.
@Suite(.blocking) struct ReportTests {
    let fixture: JobsFixture
    let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
    }

    private func run(_ arguments: String...) throws -> (status: Platform.ExitStatus, text: String) {
        let output = try ChildProcess.run(program.tool(["report"] + arguments), limit: 1 << 20)
        return (output.status, output.text + output.errorText)
    }

    /// Comments with an event each, and for every tenth one that it was deleted.
    private func fill(_ count: Int) throws {
        try fixture.superuser.execute(
            """
            insert into comments (source, comment_id, provider, comment_data, extra, clocks, last_event_id,
                last_event_received_at, moderation)
            select 'shop', n::text, 'tiktok_comments_guide', jsonb_build_object('video_id', 'v' || n % 7), '{}', '{}',
                1, now(), (array['allow', 'review', 'delete', null])[1 + n % 4]
            from generate_series(1, \(count)) n;
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row)
            select nextval('event_ids'), date_trunc('day', now()) + k * interval '1 h' + c.id * interval '1 ms', 'shop',
                'tiktok_comments_guide', (array['video_comment_created', 'video_comment_deleted'])[1 + k],
                (array['comment.created', 'comment.deleted'])[1 + k], 'created', 'signature', 'test', 'r', '', 'POST',
                '/webhook', '', '[]', '{}', 'comment', c.id
            from comments c, generate_series(0, 1) k where k = 0 or c.id % 10 = 0
            """)
    }

    @Test func countsByTypeAndAction() throws {
        defer { program.remove() }
        #expect(try run().text == "Webhook Event Analysis\n\(String(repeating: "=", count: 50))\nTotal events: 0")
        try fill(40)
        let report = try JSONValue(parsing: Array(try run("--json").text.utf8))
        #expect(report["total_events"]?.integer == 44)
        #expect(report["by_type"] == ["video_comment_created": 40, "video_comment_deleted": 4])
        #expect(report["by_action"] == ["allow": 10, "delete": 10, "deleted": 4, "pending": 10, "review": 10])
        let start = try #require(report["time_range"]?["start"]?.string)
        #expect(start.hasSuffix("T00:00:00.001000+00:00"))
        let text = try run("--utc").text
        #expect(text.contains("By event type:\n  video_comment_created: 40\n"))
        #expect(text.contains("  Start: \(start.prefix(10)) 00:00:00Z\n"))
        #expect(try run("--json", "--source", "other").text.contains(#""total_events":0"#))
        let day = String(start.prefix(10))
        #expect(try run("--json", "--since", "\(day)T01:00:00Z").text.contains(#""total_events":4"#))
        #expect(try run("--json", "--until", day).text.contains(#""total_events":0"#))
        #expect(try run("--since", "yesterday").status == .exited(64))
    }

    /// The analysis of the guide, run on the file, says the same as the report.
    @Test func theGuidesProgramReadsTheExport() throws {
        defer { program.remove() }
        try fill(2500)
        let file = program.folder + "/events.jsonl"
        try Files.write(file, text: "what was there before")
        let exported = try run("--export", file)
        #expect(exported.status == .exited(0) && exported.text.hasSuffix("2750 events written to \(file)"))
        #expect(try Files.list(program.folder).sorted() == ["events.jsonl", "generation", "hookledger.yaml"])
        let script = """
            from json import dumps, loads
            from sys import argv
            from collections import defaultdict
            from datetime import datetime
            events = [loads(line.strip()) for line in open(argv[1])]
            by_type, by_action = defaultdict(int), defaultdict(int)
            for event in events:
                by_type[event['event_type']] += 1
                by_action[event['action']] += 1
            times = [datetime.fromisoformat(event['timestamp']) for event in events]
            assert times == sorted(times)
            assert set(events[0]) == {'timestamp', 'event_type', 'comment_id', 'video_id', 'action'}
            print(dumps({'total_events': len(events), 'by_type': by_type, 'by_action': by_action, 'time_range': {
                'start': min(times).isoformat(timespec='microseconds'),
                'end': max(times).isoformat(timespec='microseconds')}}))
            """
        let analysis = try ChildProcess.run(ChildCommand(["python3", "-c", script, file]))
        #expect(analysis.succeeded, "\(analysis.errorText)")
        #expect(try JSONValue(parsing: Array(analysis.text.utf8)) == JSONValue(parsing: Array(run("--json").text.utf8)))
    }

    /// However many events there are, few are in memory.
    @Test func anExportNeedsNoMoreMemoryForMoreEvents() throws {
        defer { program.remove() }
        try fill(500)
        let few = try peak()
        try fixture.superuser.execute("truncate comments, events")
        try fill(60_000)
        let many = try peak()
        #expect(Double(many) < Double(few) * 1.3, "\(few) KiB, then \(many) KiB")
        #expect(try Files.readText(program.folder + "/events.jsonl").split(separator: "\n").count == 66_000)
    }

    /// The most memory that an export had, in KiB.
    private func peak() throws -> Int {
        let script = """
            from resource import getrusage, RUSAGE_CHILDREN
            from subprocess import run
            from sys import argv
            run(argv[1:], check=True, capture_output=True)
            print(getrusage(RUSAGE_CHILDREN).ru_maxrss)
            """
        var command = program.tool(["report", "--export", program.folder + "/events.jsonl"])
        command.arguments = ["python3", "-c", script] + command.arguments
        let peak = try #require(Int(ChildProcess.run(command).text))
        print("an export took \(peak) KiB")
        return peak
    }

    @Test func aReportThatFailsLeavesWhatWasThere() throws {
        defer { program.remove() }
        try fill(3)
        let failed = try run("--export", program.folder + "/no/such/folder")
        #expect(failed.status == .exited(70) && failed.text.contains("No such file"))
        let file = program.folder + "/kept"
        try Files.write(file, text: "old")
        try fixture.superuser.execute(
            "revoke select on all tables in schema hookledger from hookledger_operator")
        #expect(try run("--export", file).status == .exited(70))
        #expect(try Files.readText(file) == "old")
        #expect(try Files.list(program.folder).sorted() == ["generation", "hookledger.yaml", "kept"])
    }
}
