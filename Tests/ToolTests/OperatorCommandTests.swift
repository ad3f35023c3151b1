import HTTPReceiver
import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import TestThreads
import Testing

/// The real `hookledger` on a real database.
@Suite(.blocking) struct OperatorCommandTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func run(_ arguments: [String], _ program: BatchProgram) throws -> (
        status: Platform.ExitStatus, text: String
    ) {
        let output = try ChildProcess.run(program.tool(arguments))
        return (output.status, output.text + output.errorText)
    }

    @Test func listsShowsRetriesAndDiscards() throws {
        let receiver = try Receiver { _, _ in .answer(404) }
        let program = try BatchProgram(fixture, url: receiver.url)
        defer { program.remove() }
        #expect(try run(["dead", "list"], program) == (.exited(0), "No dead letters."))
        try fixture.enqueue(3, orders: 3)
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))

        let list = try run(["dead", "list", "--json"], program)
        let rows = try list.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(rows.count == 3 && rows.allSatisfy { $0["last_error"]?.string?.contains("404") == true })
        let table = try run(["dead", "list"], program).text.split(separator: "\n")
        #expect(table.count == 4 && table[0].hasPrefix("job  action"))

        let id = try #require(rows[0]["job_id"]?.integer)
        let shown = try run(["dead", "show", "\(id)"], program)
        #expect(shown.text.contains("dead letter") && shown.text.contains("answered 404"))
        #expect(try run(["dead", "retry", "\(id)"], program) == (.exited(0), "1 dead letter to be retried."))
        #expect(try run(["jobs"], program).text.contains("ready"))
        #expect(try run(["dead", "retry", "\(id)"], program).status == .exited(1))
        let discarded = try run(["dead", "discard", "--order", "3"], program)
        #expect(discarded == (.exited(0), "1 dead letter discarded."))
        #expect(try run(["dead", "discard"], program).status == .exited(64))
        #expect(try run(["dead", "discard", "--all"], program).text == "1 dead letter discarded.")
    }

    @Test func anUncertainOneIsReallyRunAgainWhenAPersonNamesIt() throws {
        let receiver = try Receiver { number, _ in number == 1 ? .silence : .answer(200) }
        let program = try BatchProgram(
            fixture, url: receiver.url, actions: ["ops: { kind: slack, url: { env: URL_1 }, text: \"{event.id}\" }"])
        defer { program.remove() }
        try fixture.enqueue(1)
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        let id = try #require(try fixture.value("select job_id from dead_letters"))
        #expect(try fixture.count("uncertain_effects") == 1)
        let all = try run(["dead", "retry", "--all"], program)
        #expect(all.text.hasPrefix("0 dead letters to be retried. 1 skipped") && all.text.hasSuffix(id))
        let named = try run(["dead", "retry", id], program)
        #expect(
            named.text.hasPrefix("1 dead letter to be retried.") && named.text.contains("may now happen twice: \(id)")
        )
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(receiver.taken.count == 2)
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == 1)
        #expect(try fixture.count("uncertain_effects") == 0 && fixture.count("effects", "state = 'done'") == 1)
    }

    @Test func rulesTestSaysWhatWouldRunAndWhy() throws {
        let program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1", condition: "{ order.status: AWAITING_SHIPMENT }")
        defer { program.remove() }
        let body = program.folder + "/body.json"
        try Files.write(
            body,
            text: #"{"type":"order_created","data":{"order_id":"1","order_status":"AWAITING_SHIPMENT","items":[]}}"#)
        let yes = try run(["rules", "test", "--file", body, "--provider", "tiktok_shop_guide"], program)
        #expect(yes.status == .exited(0))
        #expect(yes.text.contains("+ rule-1 holds → ops") && yes.text.hasSuffix("1 job"))
        try Files.write(body, text: #"{"type":"order_created","data":{"order_id":"1","order_status":"UNPAID"}}"#)
        let no = try run(["rules", "test", "--file", body, "--json"], program)
        let report = try JSONValue(parsing: Array(no.text.utf8))
        #expect(report["jobs"]?.array?.isEmpty == true)
        #expect(report["rules"]?.array?.first?["why"]?.string?.contains("UNPAID") == true)

        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute(
            """
            update events set provider = 'tiktok_shop_guide', body = convert_to(
                '{"type":"order_created","data":{"order_id":"1","order_status":"AWAITING_SHIPMENT"}}', 'UTF8')
            """)
        let id = try #require(try fixture.value("select id from events"))
        let stored = try run(["rules", "test", "--event", id], program).text
        #expect(stored.contains("+ rule-1 holds → ops; now it would be skipped: order.status is \"PAID\""))
        #expect(try run(["rules", "test"], program).status == .exited(64))
    }

    /// `rules test` and a dry run show the body in the destination's own shape, and send nothing.
    @Test func aMappedBodyIsShownBeforeItIsSent() throws {
        let program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1",
            actions: [
                "erp: { kind: http, url: \"http://127.0.0.1:1/\", body: { /s: /payload/data/order_status, "
                    + "/n: /payload/data/total, /gone: { from: /payload/none, missing: null } } }"
            ], condition: "{ type: order.created }")
        defer { program.remove() }
        let body = program.folder + "/body.json"
        let text = #"{"type":"order_created","data":{"order_id":"1","order_status":"PAID","total":1.50}}"#
        let sent = #"{"s":"PAID","n":1.50,"gone":null}"#
        try Files.write(body, text: text)
        let file = try run(["rules", "test", "--file", body, "--provider", "tiktok_shop_guide"], program)
        #expect(file.text.contains("erp would send: \(sent)"), "\(file.text)")
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute(
            """
            update events set provider = 'tiktok_shop_guide', type = 'order.created',
                body = convert_to('\(text)', 'UTF8')
            """)
        let id = try #require(try fixture.value("select id from events"))
        let stored = try run(["rules", "test", "--event", id, "--json"], program)
        let job = try JSONValue(parsing: Array(stored.text.utf8))["jobs"]?.array?.first
        #expect(job?["would_send"] == .string(sent), "\(stored.text)")
        let dry = try run(["events", "replay", id, "--dry-run"], program)
        #expect(dry.text.contains("erp would send: \(sent)"), "\(dry.text)")
        #expect(try fixture.count("job_attempts") == 0)
    }

    /// An event whose type is in a header is only recognized by it.
    @Test(arguments: [
        ("shopify", "X-Shopify-Topic", "orders/create", "order.created"),
        ("shopify_events", "Shopify-Topic", "orders/create", "order.created"),
        ("woocommerce", "X-WC-Webhook-Topic", "order.updated", "order.updated"),
        ("github", "X-GitHub-Event", "push", "push"),
    ]) func rulesTestTakesHeaders(provider: String, header: String, value: String, type: String) throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1", condition: "{ type: \(type) }")
        defer { program.remove() }
        let body = program.folder + "/body.json"
        let push = #""ref": "r", "before": "0", "after": "1", "commits": [], "repository": {"full_name": "a/b"}"#
        try Files.write(body, text: #"{"id": 1, "line_items": [], \#(push)}"#)
        let file = ["rules", "test", "--file", body, "--provider", provider]
        func run(_ arguments: [String]) throws -> (status: Platform.ExitStatus, text: String, errors: String) {
            let output = try ChildProcess.run(program.tool(arguments))
            return (output.status, output.text, output.errorText)
        }
        let without = try run(file)
        #expect(without.status == .exited(0) && without.text.contains("0 jobs"), "\(without.text)")
        #expect(without.errors.contains("--header '\(header): "), "\(without.errors)")
        let with = try run(file + ["--header", "X-Other: 1", "--header", "\(header): \(value)"])
        #expect(with.status == .exited(0) && with.text.contains("+ rule-1 holds → ops"), "\(with.text)")
        #expect(with.text.hasSuffix("1 job") && with.errors.isEmpty, "\(with.errors)")
        // A type that is not known has nothing to do with a header that is missing.
        let unknown = try run(file + ["--header", "\(header): "])
        #expect(unknown.errors.isEmpty, "\(unknown.errors)")
        #expect(try run(file + ["--header", "none"]).status == .exited(64))
        #expect(try run(["rules", "test", "--event", "1", "--header", "a: b"]).status == .exited(64))
    }

    @Test func whatIsNotThereIsAnAnswerAndNoWrongUsage() throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        defer { program.remove() }
        for arguments in [
            ["dead", "show", "99999999"], ["dead", "retry", "99999999"], ["dead", "discard", "99999999"],
            ["jobs", "99999999"], ["token", "revoke", "99999999"], ["rules", "test", "--event", "99999999"],
            ["events", "show", "99999999"], ["events", "verify", "99999999"], ["orders", "show", "99999999"],
        ] {
            let output = try run(arguments, program)
            #expect(output.status == .exited(1), "\(arguments)")
            #expect(output.text.contains("99999999") && !output.text.lowercased().contains("usage"), "\(output.text)")
            #expect(!output.text.contains("--help"), "\(output.text)")
        }
    }

    /// Where 1 is an answer, wrong usage is 2; it names the command that was used.
    @Test func wrongUsageNamesTheWholeCommand() throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        defer { program.remove() }
        try fixture.enqueue(1)
        let id = try #require(try fixture.value("select max(id) from events"))
        let output = try run(["events", "verify", id, "--url", "nowhere"], program)
        #expect(output.status == .exited(2))
        #expect(output.text.hasSuffix("See 'hookledger events verify --help'."), "\(output.text)")
    }

    @Test func theListOfCommandsHasEachOnce() throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        defer { program.remove() }
        let lines = try run(["--help"], program).text.split(separator: "\n", omittingEmptySubsequences: false)
        let commands = lines.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first }
        #expect(commands.contains("token") && commands.contains("dead"))
        #expect(Set(commands).count == commands.count, "\(commands)")
    }
}

/// `hookledger token` with `--source`.
@Suite(.blocking) struct LimitedTokenTests {
    let fixture: JobsFixture
    let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
    }

    @Test func aTokenIsLimitedToSourcesOfTheConfiguration() throws {
        defer { program.remove() }
        let wrong = try ChildProcess.run(program.tool(["token", "create", "a", "--source", "shopp"]))
        #expect(wrong.status == .exited(64) && wrong.errorText.contains("no source shopp"), "\(wrong.errorText)")
        let made = try ChildProcess.run(program.tool(["token", "create", "a", "--source", "shop", "--json"]))
        #expect(made.succeeded, "\(made.errorText)")
        let shown = try JSONValue(parsing: Array(made.text.utf8))
        #expect(shown["sources"] == ["shop"] && shown["scope"] == "read")
        let open = try ChildProcess.run(program.tool(["token", "create", "b", "--json"]))
        #expect(try JSONValue(parsing: Array(open.text.utf8))["sources"] == .null)
        #expect(
            try fixture.value(
                "select string_agg(name || coalesce(sources::text, ' all'), ' ' order by id) from api_tokens")
                == "a{shop} b all")
        let listed = try ChildProcess.run(program.tool(["token", "list"])).text
        #expect(listed.contains("sources") && listed.contains("shop") && listed.contains("all"))
    }
}
