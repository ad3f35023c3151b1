import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// The action `message_customer` in the real `hookledger-batch`.
@Suite(.blocking) struct CustomerMessageTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    static let tell = "tell: { kind: message_customer, backoff: 10ms"

    private func run(_ actions: String..., flags: [String] = []) throws {
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/x", actions: actions, condition: "{ source: shop }", flags: flags)
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
    }

    /// An event about order 1 and its job; the order's row says what these do.
    /// - Parameter changes: what the event changed; nil for a change of the status.
    private func order(
        _ status: String, type: String = "order.updated", customer: String? = "789",
        email: String? = "customer@example.com", changes: String? = nil, disposition: String = "applied"
    ) throws {
        try fixture.enqueue(1, orders: 1, action: "tell")
        _ = try fixture.superuser.query(
            """
            update orders set order_data = jsonb_strip_nulls(jsonb_build_object('status', $1::text, 'email', $2::text,
                    'order_number', 'ORD-456', 'customer_name', 'Jane')),
                extra = jsonb_strip_nulls(jsonb_build_object('customerId', $3::text))
            """, [.text(status), .text(email), .text(customer)])
        _ = try fixture.superuser.query(
            """
            update events set type = $1, disposition = $2, changes = $3::jsonb where id = (select max(id) from events)
            """, [.text(type), .text(disposition), .text(changes ?? #"{"status": ["before", "\#(status)"]}"#)])
    }

    private var said: String? {
        get throws {
            try fixture.value(
                """
                select string_agg(concat_ws('|', customer_id, channel, role, content), E'\\n' order by id)
                from conversation_messages
                """)
        }
    }

    @Test func everyStatusIsSentOnceInTheGuidesWords() throws {
        for status in ["processing", "processing", "shipped", "shipped", "processing"] {
            try order(status)
            try run(Self.tell + " }")
        }
        #expect(
            try said == """
                789|default|assistant|Hi! Your order #ORD-456 status has been updated to: processing. \
                We are preparing your order.
                789|default|assistant|Hi! Your order #ORD-456 status has been updated to: shipped. \
                Your order is on the way!
                """)
        #expect(try fixture.count("conversations") == 1)
        #expect(try fixture.count("customers", "email = 'customer@example.com' and name = 'Jane'") == 1)
        #expect(try fixture.count("jobs") == 0)
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason = 'it was said before'") == 3)
    }

    /// What changes nothing of the status is not told; where the order was not known before, the sender's own word counts.
    @Test(
        arguments: [
            ("new", "applied", #"{"tracking_number": [null, "T"]}"#, false),
            ("new", "created", #"{"status": "new", "tracking_number": "T"}"#, false),
            ("new", "created", #"{"status": "new", "extra.previousStatus": "new"}"#, false),
            ("new", "stale", "null", false), ("new", "applied", #"{"status": [null, "new"]}"#, false),
            ("shipped", "created", #"{"status": "shipped", "extra.previousStatus": "processing"}"#, true),
            ("completed", "created", #"{"status": "completed", "extra.before": "processing"}"#, true),
            ("shipped", "applied", #"{"status": [null, "shipped"], "extra.previousStatus": [null, "new"]}"#, true),
            // It comes after a newer event that had no word for it.
            ("shipped", "applied", #"{"extra.previousStatus": [null, "processing"]}"#, true),
        ] as [(String, String, String, Bool)])
    func onlyAChangeOfTheStatusIsSent(status: String, disposition: String, changes: String, isTold: Bool) throws {
        try order(status, changes: changes, disposition: disposition)
        try run(Self.tell + " }")
        #expect(try fixture.count("messages") == (isTold ? 1 : 0))
        #expect(
            try fixture.count("job_attempts", "reason = 'the event changed no status'") == (isTold ? 0 : 1))
    }

    @Test func whatWasFetchedTellsOfTheChangeBefore() throws {
        try order("shipped", customer: nil, email: nil)
        try run(Self.tell + " }")
        #expect(try fixture.count("messages") == 0)
        try order("shipped", type: "order.fetched", changes: #"{"email": [null, "customer@example.com"]}"#)
        try run(Self.tell + " }")
        #expect(try fixture.count("messages") == 1)
    }

    @Test func aReplayThatIsToRepeatSaysItAgain() throws {
        for replay in [nil, "run-1", "run-1"] {
            try order("shipped")
            _ = try fixture.superuser.query("update jobs set again = $1", [.text(replay)])
            try run(Self.tell + " }")
        }
        #expect(try fixture.count("messages") == 2)
    }

    @Test func aCustomersOwnEventCountsMoreThanWhatTheOrderSaid() throws {
        try order("shipped")
        try run(Self.tell + " }")
        let merged = """
            select array_to_string(array(select m.new_fields ->> 'email' || ' ' || (m.new_fields ->> 'name')
            from customers c, merge_fields(c.customer_data, c.clocks, '{"email": "own@example.com"}',
                '[1, 1, 1, 0, "00"]', '') m), '')
            """
        #expect(try fixture.value(merged) == "own@example.com Jane")
    }

    @Test func whoHasNoIDIsKnownByTheAddress() throws {
        try order("shipped", customer: nil)
        try run(Self.tell + " }")
        try order("delivered", customer: nil, email: "CUSTOMER@example.com")
        try run(Self.tell + " }")
        #expect(try fixture.value("select string_agg(customer_id, ' ') from customers") == "email:customer@example.com")
        #expect(try fixture.count("messages") == 2)
    }

    @Test func whoIsNotNamedOrWasDeletedGetsNothing() throws {
        try order("shipped", customer: nil, email: nil)
        try run(Self.tell + " }")
        try order("delivered")
        try Filling.record([Filling.recordable("customer", "789", ["deleted": true])], in: fixture.database)
        try run(Self.tell + " }")
        #expect(try fixture.count("messages") == 0)
        #expect(
            try fixture.value("select string_agg(reason, '; ' order by job_id) from job_attempts")
                == "the order names no customer: neither an id nor an e-mail address; the customer was deleted")
    }

    @Test func confirmationAndWelcomeAreOffUntilTheirFlagIsOn() throws {
        try order("new", type: "order.created")
        try run(Self.tell + " }")
        #expect(try fixture.count("messages") == 0)
        #expect(
            try fixture.count("job_attempts", "outcome = 'skipped' and reason like '%send_order_confirmation%'") == 1)
        for _ in 0..<2 {
            try order("new", type: "order.created")
            try run(Self.tell + " }", flags: ["send_order_confirmation"])
        }
        #expect(try said?.hasPrefix("789|default|assistant|Hi! Thank you for your order #ORD-456.") == true)
        #expect(try fixture.count("messages") == 1)
    }

    /// Jobs of the cancel and of the late "created" see the same row.
    @Test func aCancelledOrderIsNotConfirmed() throws {
        try order("cancelled", type: "order.created")
        try run(Self.tell + " }", flags: ["send_order_confirmation"])
        #expect(try fixture.count("messages") == 0)
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason = 'the order is cancelled'") == 1)
    }

    @Test func theWordsCanQuoteTheBody() throws {
        try order("shipped")
        try run(Self.tell + ", status_text: \"No {payload.id}\" }")
        #expect(try said == "789|default|assistant|No 1")
    }

    @Test func aMessageIsWrittenAtOnceWhileItsCarrierIsAway() throws {
        try standIns.inject("error", at: "/receiver/", times: 100)
        try order("shipped")
        let inbox =
            "inbox: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET } }"
        try run(Self.tell + ", through: inbox }", inbox)
        try order("delivered")
        try run(Self.tell + ", through: inbox }", inbox)
        // The second one does not wait for the first one's delivery.
        #expect(try fixture.count("conversation_messages", "delivered_at is null") == 2)
        #expect(try fixture.count("jobs", "action = 'tell:delivery' and kind = 'http' and order_row is not null") == 2)
    }

    /// What waits to be said when a person's data is removed is not said, whatever words it has.
    @Test func aMessageThatWaitsIsNotSaidToAPersonWhoIsForgotten() throws {
        try standIns.inject("error", at: "/receiver/", times: 100)
        try order("shipped")
        let inbox = "inbox: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET } }"
        try run(Self.tell + ", through: inbox, status_text: \"Dear {order.customer_name}\" }", inbox)
        #expect(try fixture.count("jobs", "action = 'tell:delivery' and note like '%Jane%'") == 1)
        try fixture.superuser.execute(
            """
            select redact_rows(array[]::bigint[], array[]::bigint[], (select array_agg(id) from orders),
                (select array_agg(id) from events));
            update jobs set state = 0, attempt = 0, run_at = now()
            """)
        #expect(try fixture.count("jobs", "note like '%Jane%'") == 0)
        try run(Self.tell + ", through: inbox }", inbox)
        #expect(try fixture.count("jobs") == 0)
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason like '%was removed%'") == 1)
        #expect(try standIns.effects("inbox").isEmpty)
    }

    /// Who polls by the last id seen misses none: the ids of a conversation come into being in the order of commits.
    @Test func messagesOfAConversationAreNumberedAsTheyAppear() throws {
        try order("shipped")
        func write(_ key: String) -> String {
            """
            select write_message('\(key)', 'shop', 'test', '789', 'customer@example.com', 'Jane', 'default', 'Hi', null,
                id, received_at) from events
            """
        }
        try fixture.superuser.execute(write("first"))
        let (one, two) = (try fixture.connect(), try fixture.connect())
        try one.execute("begin")
        try one.execute(write("second"))
        try two.execute("set lock_timeout = '200ms'")
        // The other waits for the first one's end.
        #expect(throws: PostgresError.self) { try two.execute(write("third")) }
        try one.execute("commit")
        try two.execute(write("third"))
        let keys = "select string_agg(effect_key, ' ' order by id) from messages"
        #expect(try fixture.value(keys) == "first second third")
    }

    @Test func anInboxGetsTheMessageAndItIsMarkedDelivered() throws {
        try order("shipped")
        try run(
            Self.tell + ", through: inbox }",
            "inbox: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET } }")
        #expect(try standIns.effects("receiver").values.map { $0 } == [1])
        #expect(
            try standIns.effects("inbox") == [
                "789 assistant Hi! Your order #ORD-456 status has been updated to: shipped. Your order is on the way!":
                    1
            ])
        #expect(try fixture.count("conversation_messages", "delivered_at is not null") == 1)
    }

    @Test func slackGetsItWithoutMarkup() throws {
        try order("shipped")
        try fixture.superuser.execute("update orders set order_data = order_data || '{\"order_number\": \"<!here>\"}'")
        try run(Self.tell + ", through: ops }", "ops: { kind: slack, url: { env: URL_1 } }")
        #expect(
            try standIns.effects("slack") == [
                "Hi! Your order #&lt;!here&gt; status has been updated to: shipped. Your order is on the way!": 1
            ])
    }

    @Test func aCarrierWithoutItsSecretKeepsTheDeliveryWaiting() throws {
        try order("shipped")
        try run(Self.tell + ", through: ops }", "ops: { kind: slack, url: { env: NOT_SET } }")
        #expect(try fixture.count("messages") == 1)
        #expect(
            try fixture.count("jobs", "action = 'tell:delivery' and state = 0 and last_error like '%NOT_SET%'") == 1)
    }

    @Test func aMailGoesToTheCustomerOnceForAStatus() throws {
        let server = try MailServerProcess(tls: "none")
        let mail =
            "mail: { kind: email, host: 127.0.0.1, port: \(server.port), tls: none, from: shop@example.com, timeout: 3s }"
        for _ in 0..<2 {
            try order("shipped")
            try run(Self.tell + ", through: mail }", mail)
        }
        let sent = try server.mails()
        #expect(sent.count == 1 && sent.first?.to == ["customer@example.com"])
        #expect(sent.first?.header("To") == "Jane <customer@example.com>")
        #expect(sent.first?.header("Subject") == "Your order 1: shipped")
        let text = sent.first?.data.replacing("=\r\n", with: "")
        #expect(text?.contains("updated to: shipped. Your order is on the way!") == true)
        #expect(try fixture.count("conversation_messages", "delivered_at is not null") == 1)
    }
}
