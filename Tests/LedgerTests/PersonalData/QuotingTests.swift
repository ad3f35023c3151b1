import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import Settings
import TestThreads
import Testing
import Webhooks

/// An order of somebody else that quotes the person loses the person's values and nothing more.
@Suite(.blocking) struct QuotingTests {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
    }

    private func order(_ id: Int64, _ email: String, note: String = "none") throws {
        let body: JSONValue = [
            "id": .number(JSONNumber(id)), "email": .string(email), "note": .string(note), "financial_status": "paid",
            "updated_at": "2025-10-28T12:00:00Z", "total_price": "10.00", "line_items": [],
            "admin_graphql_api_id": .string("gid://shopify/Order/\(id)"),
        ]
        let provider = try #require(ProviderRegistry.named("shopify"))
        let verified = try Guide.verified(
            body, headers: [("x-shopify-topic", "orders/create")], by: provider, at: Guide.now.advanced(bySeconds: -id))
        _ = try ledger.record(Recordable(source: "shop", normalized: try normalize(verified, by: provider), jobs: []))
    }

    private static let neighbours = [
        "joann@mail.example", "roseann@mail.example", "ann@mail.example.org", "bob@mail.example",
        "ann+shop@mail.example",
        "ann\u{FF20}mail.example", "ann@mail.examples", "jo.ann@mail.example", "ann@sub.mail.example",
    ]

    @Test(arguments: [false, true]) func theNeighboursStayByteForByte(isIndexed: Bool) throws {
        try order(1, "ann@mail.example")
        for (place, address) in Self.neighbours.enumerated() { try order(Int64(place + 2), address) }
        try order(99, "carl@mail.example", note: "a gift for Ann <ann@mail.example>, wrap it")
        try ledger.superuser.execute(
            """
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length)
            select now(), 'shop', 'no_secret_matched', '', 401, '', '', 'POST', '/', convert_to(body, 'UTF8'), 3
            from unnest(array['email=joann%40mail.example', 'email=ann%40mail.example', '{"a":"\\u0061nn@mail.example"}',
                'write to roseann@mail.example now', 'write to ann@mail.example now']) as b (body);
            insert into effects (effect_key, action, kind, state, job_id, event_id, event_received_at, answer)
            select 'key:' || n, 'mail', 'email', 'done', n, e.id, e.received_at, answer
            from (select id, received_at from events where subject = 'order:2') as e,
                (values (1, 'sent to ann@mail.example'), (2, 'sent to joann@mail.example')) as a (n, answer);
            insert into operator_log (actor, action, subject, reason) values
                ('cli:x', 'dead.discard', 'job:1', 'joann@mail.example asked'),
                ('cli:x', 'dead.discard', 'job:2', 'ann@mail.example asked')
            """)
        let kept = """
            select string_agg(md5(body) || e.id || coalesce(changes::text, ''), ' ' order by e.id)
            from events as e where order_row in (select id from orders where order_id not in ('1', '99'))
            """
        let rows = """
            select string_agg(order_data::text || extra::text || clocks::text, ' ' order by id) from orders
            where order_id not in ('1', '99')
            """
        let before = (try ledger.value(kept), try ledger.value(rows))
        if isIndexed { _ = try PersonIndex(key: Forgetting.key, over: batch).run() }
        var person = Person(source: "shop")
        person.emails = ["ann@mail.example"]
        try Forgetting.forget(person, key: isIndexed ? Forgetting.key : nil, on: batch)
        #expect(try ledger.value(kept) == before.0)
        #expect(try ledger.value(rows) == before.1)
        #expect(try ledger.value("select email from orders where order_id = '1'") == nil)
        #expect(try ledger.value("select email from orders where order_id = '99'") == "carl@mail.example")
        #expect(
            try ledger.value("select extra ->> 'note' from orders where order_id = '99'")
                == "a gift for Ann <[redacted]>, wrap it")
        #expect(
            try ledger.value("select string_agg(body_text(body), '|' order by id) from refusals where body <> ''")
                == "email=joann%40mail.example|write to roseann@mail.example now")
        #expect(
            try ledger.value(
                "select string_agg(reason, '|' order by id) from operator_log where action = 'dead.discard'")
                == "joann@mail.example asked|[redacted]")
        #expect(try ledger.value("select string_agg(answer, '|') from effects") == "sent to joann@mail.example")
        let check = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false).run()
        #expect(check.different == 0 && check.done == Self.neighbours.count + 2)
    }

    @Test func aCopyHoldsNothingOfTheNeighbours() throws {
        try order(1, "eva@post.example", note: "hers")
        try order(2, "neva@post.example", note: "Other Street 5")
        try order(3, "carl@post.example", note: "for eva@post.example in Carl Street 7")
        var person = Person(source: "shop")
        person.emails = ["eva@post.example"]
        var export = DataExport(of: person, for: PersonRequest(actor: "test", reason: "a test"), key: nil)
        while !export.isReady { try export.step(on: batch) }
        let text = try export.document(on: batch).document.text
        #expect(text.contains("hers") && text.contains("mentioned_in"))
        #expect(!text.contains("neva") && !text.contains("Other Street") && !text.contains("Carl Street"))
    }

    @Test func whoHasNotChangedForLongIsAnonymized() throws {
        for id in 1...3 { try order(Int64(id), "ann@mail.example") }
        try ledger.superuser.execute("update orders set updated_at = now() - interval '40 days' where order_id <> '3'")
        var retention = RetentionSettings.standard
        #expect(try Anonymization.due(retention, limit: 10, on: batch).isEmpty)
        retention.orders = .seconds(30 * 86_400)
        #expect(try Anonymization.due(retention, limit: 10, on: batch).map(\.rowID) == ["1", "2"])
        #expect(try ledger.value("select count(email) from orders") == "3")
        #expect(try Anonymization.apply(retention, actor: "test", key: nil, over: batch) == 2)
        #expect(try ledger.value("select string_agg(order_id, ' ') from orders where email is not null") == "3")
        #expect(try ledger.value("select count(*) from orders where total_amount = 10") == "3")
        #expect(try Anonymization.due(retention, limit: 10, on: batch).isEmpty)
        let check = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false).run()
        #expect(check.different == 0)
    }
}
