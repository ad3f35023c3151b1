import JSON
import Platform
import Postgres
import Testing

@testable import Jobs

/// `hookledger person` and `hookledger keys` on a real database.
@Suite struct PersonCommandTests {
    let fixture: JobsFixture
    let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1", more: "keys: { person: person.key }\nspool: spool")
        try fixture.superuser.execute(
            """
            with o as (
                insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                    last_event_received_at)
                select 'shop', n::text, 'tiktok_shop', jsonb_build_object('status', 'PAID', 'email', address,
                    'shipping_address', 'Street ' || n), '{}', '{}', 1, now()
                from unnest(array['eva@post.example', 'neva@post.example', 'bob@post.example']) with ordinality as a (address, n)
                returning id, order_data)
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body, order_row)
            select nextval('event_ids'), now(), 'shop', 'tiktok_shop', '1', 'order.updated', 'created', 'signature', 't', 'r', '',
                'POST', '/', '', '[]', convert_to(order_data::text, 'UTF8'), id
            from o
            """)
    }

    private func run(_ arguments: String...) throws -> (status: Platform.ExitStatus, text: String, errors: String) {
        let output = try ChildProcess.run(program.tool(arguments))
        return (output.status, output.text, output.errorText)
    }

    @Test func aCopyHoldsThePersonAlone() throws {
        defer { program.remove() }
        let shown = try run("person", "export", "--email", "Eva@post.example", "--json")
        #expect(shown.status == .exited(0), "\(shown.errors)")
        let copy = try JSONValue(parsing: Array(shown.text.utf8))
        #expect(copy["orders"]?.array?.first?["order_data"]?["shipping_address"]?.string == "Street 1")
        #expect(copy["events"]?.array?.count == 1 && !shown.text.contains("neva") && !shown.text.contains("Street 2"))
        // Without a key all is read row by row, and the report says so.
        #expect(shown.errors.contains("row by row") && shown.errors.contains("hookledger keys create"))

        let out = program.folder + "/copy"
        #expect(try run("person", "export", "--email", "eva@post.example", "--out", out).status == .exited(0))
        #expect(try Files.status(out)?.mode == 0o600)
        #expect(try Files.readText(out).contains("Street 1"))
        #expect(try run("person", "export", "--email", "nobody@post.example").status == .exited(1))
    }

    @Test func aPersonIsForgottenByHand() throws {
        defer { program.remove() }
        let orders = "select string_agg(order_id || coalesce(email, '-'), ' ' order by order_id) from orders"
        let before = try fixture.value(orders)
        for nobody in ["@", "", "a@"] {
            let answer = try run("person", "forget", "--email", nobody, "--reason", "r", "--yes")
            #expect(answer.status == .exited(1) && answer.errors.contains("names nobody"), "\(answer)")
        }
        #expect(
            try run("person", "forget", "--email", "nobody@post.example", "--reason", "r", "--yes").status == .exited(1)
        )
        #expect(try run("person", "forget", "--email", "eva@post.example").status == .exited(64))
        #expect(try run("person", "forget", "--email", "eva@post.example", "--reason", "r").status == .exited(64))
        #expect(try run("person", "forget", "--reason", "r", "--yes").status == .exited(64))
        let plan = try run("person", "forget", "--email", "eva@post.example", "--reason", "r", "--dry-run")
        let row = try #require(try fixture.value("select id from orders where order_id = '1'"))
        #expect(plan.status == .exited(0) && plan.text.contains("order:\(row)") && !plan.text.contains("post.example"))
        #expect(try fixture.value(orders) == before)

        let done = try run("person", "forget", "--email", "eva@post.example", "--reason", "she asked", "--yes")
        #expect(done.status == .exited(0), "\(done.errors)")
        #expect(try fixture.value(orders) == "1- 2neva@post.example 3bob@post.example")
        #expect(try fixture.count("events", "redacted_at is not null") == 1)
        #expect(try fixture.value("select reason from operator_log where action = 'redact'") == "she asked")
        #expect(try fixture.count("operator_log", "row(operator_log)::text like '%eva@%'") == 0)
    }

    @Test func theBatchProcessorFillsTheIndex() throws {
        defer { program.remove() }
        let made = try run("keys", "create", "--json")
        #expect(made.status == .exited(0) && made.text.contains("\"created\":true"), "\(made)")
        #expect(try Files.status(program.folder + "/person.key")?.mode == 0o640)
        #expect(try program.start("--for", "3s").wait(timeout: .seconds(60)) == .exited(0))
        #expect(try fixture.value("select is_backlog_done from person_index") == "true")
        let plan = try run("person", "forget", "--email", "eva@post.example", "--reason", "r", "--dry-run", "--json")
        let report = try JSONValue(parsing: Array(plan.text.utf8))
        #expect(report["search"]?["read_row_by_row"]?.integer == 0)
        #expect(report["touched"]?.array?.count == 2)
    }
}
