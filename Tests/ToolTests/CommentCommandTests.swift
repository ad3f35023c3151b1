import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// `hookledger comments` and `hookledger report` on a real database.
@Suite(.blocking) struct CommentCommandTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    private func program(_ actions: [String]? = nil) throws -> BatchProgram {
        try BatchProgram(
            fixture, url: "http://127.0.0.1:1", actions: actions ?? [Moderation.guide(standIns)],
            condition: "{ type: comment.created }")
    }

    private func run(_ program: BatchProgram, _ arguments: String...) throws -> (
        status: Platform.ExitStatus, text: String
    ) {
        let output = try ChildProcess.run(program.tool(arguments))
        return (output.status, output.text + output.errorText)
    }

    private func moderate(_ program: BatchProgram) throws {
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
    }

    @Test func aPersonListsAllowsAndDeletes() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try run(program, "comments", "list") == (.exited(0), "No comments wait for a decision."))
        for id in ["c1", "c2", "c3"] { try fixture.comment(id, "Hm") }
        try moderate(program)
        let rows = try run(program, "comments", "list", "--json").text.split(separator: "\n")
            .map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(rows.compactMap { $0["comment_id"]?.string }.sorted() == ["c1", "c2", "c3"])
        #expect(try run(program, "comments", "list").text.contains("Hm"))

        #expect(try run(program, "comments", "allow", "c1", "--reason", "is fine") == (.exited(0), "c1: allowed"))
        #expect(
            try run(program, "comments", "delete", "c2", "nobody") == (
                .exited(1), "c2: will be deleted\nnobody: no such comment"
            ))
        #expect(try run(program, "comments", "allow", "c2").text == "c2: its deletion is already ordered")
        #expect(try run(program, "comments", "delete", "c2").status == .exited(1))
        #expect(
            try run(program, "comments", "allow", "c2", "nobody", "--json").text == """
                {"comment_id":"c2","outcome":"decided_before"}
                {"comment_id":"nobody","outcome":"absent"}
                """)
        try moderate(program)
        #expect(try standIns.effects("deleted") == ["c2": 1])
        #expect(try standIns.effects("delete_calls") == ["c2": 1])
        #expect(try fixture.value("select string_agg(comment_id, ' ') from comment_review_queue") == "c3")
        #expect(
            try fixture.value(
                """
                select string_agg(concat_ws(' ', action, subject, reason), '; ' order by id) from operator_log
                where actor like 'cli:_%'
                """) == "comment.allow comment:shop/c1 is fine; comment.delete comment:shop/c2")
        #expect(try fixture.count("comments", "comment_id = 'c2' and moderated_by like 'cli:_%'") == 1)
    }

    /// Whatever of both comes first, and however often: one call.
    @Test func aPersonAndTheRulesDeleteOnce() throws {
        let program = try program()
        defer { program.remove() }
        try fixture.comment("c1", "free money")
        #expect(try run(program, "comments", "delete", "c1").status == .exited(0))
        try moderate(program)
        try fixture.comment("c1", "free money")
        try moderate(program)
        #expect(try standIns.effects("delete_calls") == ["c1": 1])
        #expect(try fixture.count("comments", "moderated_by like 'cli:_%' and moderation = 'delete'") == 1)
    }

    @Test func deletingNeedsOneActionAndOneSource() throws {
        try fixture.comment("c1", "Hm")
        let without = try program(["ops: { kind: slack, url: { env: URL_1 } }"])
        defer { without.remove() }
        let none = try run(without, "comments", "delete", "c1")
        #expect(none.status == .exited(64) && none.text.contains("no action of kind moderate_comment"))
        #expect(try run(without, "comments", "allow", "c1").status == .exited(0))

        try fixture.superuser.execute(
            """
            insert into comments (source, comment_id, provider, comment_data, extra, clocks, last_event_id,
                last_event_received_at)
            select 'other', comment_id, provider, comment_data, '{}', '{}', 1, now() from comments
            """)
        let program = try program([
            Moderation.guide(standIns), Moderation.guide(standIns).replacing("moderate:", with: "second:"),
        ])
        defer { program.remove() }
        let two = try run(program, "comments", "delete", "c1", "--source", "shop")
        #expect(two.status == .exited(64) && two.text.contains("--action: moderate, second"))
        let several = try run(program, "comments", "delete", "c1", "--action", "second")
        #expect(several.status == .exited(64) && several.text.contains("--source: other, shop"))
        #expect(
            try run(program, "comments", "delete", "c1", "--action", "second", "--source", "other").status == .exited(0)
        )
        #expect(try fixture.count("jobs", "action = 'second:deletion'") == 1)
    }
}
