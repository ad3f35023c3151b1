import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import TestThreads
import Testing

/// `hookledger person` and `hookledger keys` on a real database.
@Suite(.blocking) struct PersonCommandTests {
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

    /// What is kept for as long as the configuration says is listed before it goes, and goes by the batch processor, too.
    @Test func whatIsOverIsListedAndAnonymized() throws {
        defer { program.remove() }
        try fixture.superuser.execute(
            "update orders set updated_at = now() - interval '40 days' where order_id <> '3'")
        let off = try run("person", "retention", "--dry-run")
        #expect(off.status == .exited(0) && off.text.contains("not set"))
        try Files.write(
            program.config, text: Files.readText(program.config) + "\nretention: { orders: 30d, customers: 30d }\n")
        let orders = "select string_agg(order_id || coalesce(email, '-'), ' ' order by order_id) from orders"
        let before = try fixture.value(orders)
        let listed = try run("person", "retention", "--dry-run", "--json")
        let rows = try listed.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(rows.map { $0["kind"]?.string } == ["order", "order"])
        #expect(rows.map { $0["row_id"]?.string } == ["1", "2"] && !listed.text.contains("@"))
        #expect(
            try run("person", "retention", "--dry-run", "--limit", "1", "--json").text.split(separator: "\n").count == 1
        )
        #expect(try fixture.value(orders) == before)
        #expect(try fixture.count("operator_log") == 0)

        #expect(try program.start("--for", "2s").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try fixture.value(orders) == "1- 2- 3bob@post.example")
        #expect(try fixture.value("select actor || action from operator_log") == "batchanonymize")
        #expect(try run("person", "retention", "--dry-run", "--json").text.isEmpty)
        try fixture.superuser.execute("update orders set updated_at = now() - interval '40 days' where order_id = '3'")
        // Not yet an hour since the last time; a person need not wait.
        #expect(try program.start("--for", "2s").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try fixture.value(orders) == "1- 2- 3bob@post.example")
        #expect(try run("person", "retention").text.contains("1 orders and customers"))
        #expect(try fixture.value(orders) == "1- 2- 3-")
    }

    /// Deliveries in aside/ of this host: listed by a dry run, in a copy, and taken out.
    @Test func theFilesInAsideAreReached() throws {
        defer { program.remove() }
        let aside = program.folder + "/spool/aside"
        try Files.makeFolder(program.folder + "/spool")
        try Files.makeFolder(aside)
        try Files.write(aside + "/1.torn", text: "x eva@post.example x")
        try Files.write(aside + "/2.torn", text: "x neva@post.example x")
        let plan = try run("person", "forget", "--email", "eva@post.example", "--reason", "r", "--dry-run")
        #expect(plan.text.contains("aside/1.torn") && !plan.text.contains("2.torn"))
        let copy = try JSONValue(
            parsing: Array(run("person", "export", "--email", "eva@post.example", "--json").text.utf8))
        #expect(copy["aside"]?.array?.compactMap { $0["file"]?.string } == ["1.torn"])
        let done = try run("person", "forget", "--email", "eva@post.example", "--reason", "r", "--yes")
        #expect(done.status == .exited(0) && done.text.contains("1 deliveries in aside/"), "\(done)")
        #expect(try Files.list(aside) == ["2.torn"])
        // Other hosts have files of their own: their batch processors are asked.
        #expect(
            try fixture.value("select kind || (person ->> 'emails') from aside_requests")
                == #"forget["eva@post.example"]"#)
        try Files.write(aside + "/3.torn", text: "x eva@post.example x")
        #expect(try program.start("--for", "2s").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try Files.list(aside) == ["2.torn"])
    }

    @Test func theBatchProcessorFillsTheIndex() throws {
        defer { program.remove() }
        let made = try run("keys", "create", "--json")
        #expect(made.status == .exited(0) && made.text.contains("\"created\":true"), "\(made)")
        #expect(try Files.status(program.folder + "/person.key")?.mode == 0o640)
        #expect(try program.start("--for", "3s").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try fixture.value("select is_backlog_done from person_index") == "true")
        let plan = try run("person", "forget", "--email", "eva@post.example", "--reason", "r", "--dry-run", "--json")
        let report = try JSONValue(parsing: Array(plan.text.utf8))
        #expect(report["search"]?["read_row_by_row"]?.integer == 0)
        #expect(report["touched"]?.array?.count == 2)
    }
}
