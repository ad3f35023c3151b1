import JSON
import JobsSupport
import Platform
import Postgres
import TestThreads
import Testing

/// `hookledger shops`, and `--shop` wherever a command takes an order's id.
@Suite(.blocking) struct ShopCommandTests {
    let fixture: JobsFixture
    let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        // Order 1 of two shops, with a job each.
        try fixture.enqueue(2, orders: 2)
        try fixture.superuser.execute(
            """
            update orders set shop_key = case order_id when '1' then 'a.example' else 'b.example' end, order_id = '1';
            update events as e set shop_key = o.shop_key from orders as o where o.id = e.order_row;
            """)
    }

    private func run(_ arguments: String...) throws -> (status: Platform.ExitStatus, text: String) {
        let output = try ChildProcess.run(program.tool(arguments))
        return (output.status, output.text + output.errorText)
    }

    private func hold() throws {
        try fixture.superuser.execute(
            """
            update jobs set state = 3, hold_reason = 'shop', held_at = now();
            insert into source_shops (source, shop_key, state, changed_by)
            values ('shop', 'a.example', 'unlisted', 'door'), ('shop', 'b.example', 'unlisted', 'door')
            """)
    }

    @Test func shopsAreListedAcceptedAndRefused() throws {
        defer { program.remove() }
        #expect(try run("shops") == (.exited(0), "No event has named a shop yet."))
        try hold()
        #expect(try run("shops", "list").text.contains("a.example  unlisted"))
        let rows = try run("shops", "list", "--json").text.split(separator: "\n")
            .map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(rows.map { $0["shop_key"]?.string } == ["a.example", "b.example"])

        #expect(
            try run("shops", "accept", "shop", "a.example", "--reason", "it is ours") == (
                .exited(0), "a.example of shop is listed; before: unlisted. 1 held job released."
            ))
        #expect(
            try run("shops", "refuse", "shop", "b.example", "--json") == (
                .exited(0),
                #"{"source":"shop","shop":"b.example","state":"refused","before":"unlisted","jobs":1}"#
            ))
        #expect(try fixture.count("jobs") == 1 && fixture.count("jobs", "state = 0") == 1)
        #expect(try fixture.count("job_attempts", "outcome = 'discarded' and reason = 'its shop was refused'") == 1)
        #expect(
            try fixture.value(
                """
                select string_agg(concat_ws(' ', action, subject, reason), '; ' order by id) from operator_log
                where actor like 'cli:_%'
                """) == "shop.listed shop:shop/a.example it is ours; shop.refused shop:shop/b.example")
        // One that nobody has heard of yet may be decided beforehand.
        #expect(
            try run("shops", "accept", "shop", "c.example").text.contains("before: unknown. 0 held jobs released."))
    }

    @Test(arguments: [
        ["dead", "retry", "--order", "1"], ["dead", "discard", "--order", "1"], ["jobs", "release", "--order", "1"],
        ["replay", "--order", "1"],
    ])
    func whatMovesJobsAsksForTheShop(_ arguments: [String]) throws {
        defer { program.remove() }
        try fixture.superuser.execute(
            arguments[0] == "jobs"
                ? "update jobs set state = 3, hold_reason = 'shop', held_at = now()"
                : "update jobs set state = 2, last_error = 'x'")
        let before = try fixture.value("select string_agg(job_id || ' ' || state, ',' order by job_id) from jobs")
        let refused = try ChildProcess.run(program.tool(arguments))
        #expect(refused.status == .exited(64), "\(refused.text)\(refused.errorText)")
        #expect(refused.errorText.contains("add --shop with one of a.example, b.example"), "\(refused.errorText)")
        #expect(
            try fixture.value("select string_agg(job_id || ' ' || state, ',' order by job_id) from jobs") == before)
        let moved = try ChildProcess.run(program.tool(arguments + ["--shop", "b.example"]))
        #expect(moved.status == .exited(0), "\(moved.text)\(moved.errorText)")
        #expect(
            try fixture.value(
                """
                select string_agg(o.shop_key, ' ') from jobs as j join orders as o on o.id = j.order_row
                where j.state in (2, 3)
                """) == "a.example")
    }

    @Test func listsNarrowByTheShop() throws {
        defer { program.remove() }
        #expect(try run("jobs", "--order", "1", "--json").text.split(separator: "\n").count == 2)
        #expect(try run("jobs", "--order", "1", "--shop", "a.example", "--json").text.split(separator: "\n").count == 1)
        #expect(
            try run("events", "list", "--order", "1", "--shop", "a.example", "--json").text.split(separator: "\n").count
                == 1)
        #expect(try run("orders", "show", "1", "--shop", "b.example", "--json").text.contains("b.example"))
    }
}
