import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// A person's data goes out of orders of every provider, and what is left is still a fold of its events.
@Suite(.blocking) struct RedactionTests {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
    }

    private static var person: Person {
        var person = Person(source: "one")
        person.orderIDs = ["O"]
        person.emails = ["Jane@Example.com"]
        return person
    }

    /// - Parameter steps: the most, as if the worker was killed then.
    private func redact(_ person: Person = person, steps: Int = .max) throws {
        var redaction = Redaction(of: person, for: PersonRequest(event: 0), key: nil)
        var taken = 0
        while !redaction.isReady {
            guard taken < steps else { return }
            taken += 1
            redaction = try batch.transaction { () throws(PostgresError) in
                var next = redaction
                try next.step(on: batch)
                return next
            }
        }
        _ = try batch.transaction { () throws(PostgresError) in try redaction.finish(receivedAt: 0, on: batch) }
    }

    private func differences() throws -> OrderRebuild.Report {
        try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false).run()
    }

    private func row(_ source: String, _ columns: String) throws -> String? {
        try ledger.value(
            "select string_agg(concat_ws('|', \(columns)), ' ' order by shop_key) from orders where source = '\(source)'"
        )
    }

    @Test(arguments: EventStory.withClock) func whatIsLeftIsAFoldOfWhatIsLeft(story: EventStory) throws {
        let deliveries = try story.normalized()
        for source in ["one", "two"] {
            for delivery in deliveries.shuffled() {
                _ = try ledger.record(Recordable(source: source, normalized: delivery, jobs: []))
            }
        }
        let columns = "order_id, status, total_amount, currency, jsonb_array_length(order_data -> 'items')"
        let (kept, other) = (try row("one", columns), try row("two", "order_data, extra, clocks"))
        var person = Self.person
        // Of several shops, as BigCommerce's are, all orders of that id.
        person.orderIDs = [try #require(try ledger.value("select distinct order_id from orders"))]
        // Killed after each of its steps, it begins again.
        for steps in 0...12 { try redact(person, steps: steps) }
        try redact(person)
        #expect(try row("one", columns) == kept)
        #expect(try row("two", "order_data, extra, clocks") == other)
        let report = try differences()
        #expect(report.different == 0 && report.unreadable == 0)
        #expect(try ledger.value("select count(*) from orders") == "\(report.done)")
        #expect(
            try ledger.value(
                """
                select bool_and((redacted_at is not null and body_hash is not null and dedupe_key is not null)
                    = (source = 'one')) from events
                """) == "true")
        // The same deliveries are known the second time, in any order.
        let before = try row("one", "order_data, extra, clocks")
        for delivery in deliveries.shuffled() {
            #expect(try ledger.record(Recordable(source: "one", normalized: delivery, jobs: [])).isDuplicate)
        }
        #expect(try row("one", "order_data, extra, clocks") == before)
        #expect(try ledger.value("select count(*) from operator_log where action = 'redact'") == "1")
    }

    @Test func anOrderWhoseFirstEventsAreGoneIsStrippedAsItIs() throws {
        for delivery in try EventStory.withClock[0].normalized() {
            _ = try ledger.record(Recordable(source: "one", normalized: delivery, jobs: []))
        }
        try ledger.superuser.execute(
            """
            insert into upkeep values ('retention', now(), now() - interval '2 days');
            update orders set created_at = now() - interval '30 days', extra = '{"gift": "for Jane"}',
                order_data = order_data || '{"status": "KEPT", "email": "jane@example.com",
                    "items": [{"sku": "S", "extra": {"engraving": "Jane"}}]}'
            """)
        try redact()
        #expect(
            try row("one", "status, email, extra, order_data -> 'items'") == #"KEPT|{}|[{"sku": "S"}]"#)
    }

    @Test func whatBelongsToAPersonGoesToo() throws {
        let sender = RecordSender()
        _ = try ledger.record(
            sender.recordable("customer", "7", ["email": "jane@example.com", "name": "Jane"], at: 1, source: "one"))
        _ = try ledger.record(
            sender.recordable(
                "comment", "c", ["user_id": "7", "text": "I am Jane", "video_id": "v"], at: 1, source: "one"))
        _ = try ledger.record(
            sender.recordable("customer", "8", ["email": "bob@example.com"], at: 1, source: "one"))
        try ledger.superuser.execute(
            """
            insert into conversations (source, customer_row) select 'one', id from customers;
            insert into messages (conversation_id, customer_row, role, content, effect_key)
            select c.id, c.customer_row, 'assistant', 'Hi!', 'key:' || c.id from conversations c;
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at,
                started_at, finished_at, outcome, reason)
            select 1, 1, 'mail', 'email', 'r', id, received_at, now(), now(), now(), 'dead', '550 <Jane@example.com> no'
            from events;
            insert into jobs (action, kind, rule, state, event_id, event_received_at, last_error)
            select 'mail', 'email', 'r', 2, id, received_at, '550 <jane@example.com> no' from events;
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length) values (now(), 'one', 'no_secret_matched', '', 401, '', '', 'POST', '/', 'JANE@example.com', 3);
            """)
        var person = Self.person
        person.customerIDs = ["7"]
        try redact(person)
        #expect(
            try ledger.value(
                "select string_agg(customer_data::text || deleted, ' ' order by customer_id) from customers")
                == #"{"deleted": true}true {"email": "bob@example.com"}false"#)
        #expect(try ledger.value("select comment_data || extra from comments") == #"{"video_id": "v"}"#)
        #expect(
            try ledger.value("select string_agg(content, ' ' order by id) from messages") == "[redacted] Hi!")
        // What an attempt at somebody else's job quotes of her goes, too.
        #expect(try ledger.value("select count(*) from job_attempts where reason = '550 <[redacted]> no'") == "3")
        #expect(try ledger.value("select count(*) from jobs where last_error = '[redacted]'") == "3")
        #expect(try ledger.value("select body from refusals") == "\\x")
        #expect(
            try ledger.value(
                "select string_agg(body_text(body), ' ' order by id) from events where subject <> 'customer:8'")
                == #"{"kind":"customer","id":"7"} {"kind":"comment","id":"c"}"#)
    }
}
