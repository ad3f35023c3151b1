import JSON
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// Events about several orders: of a further order the person's part goes as that of the first one does, and what is
/// somebody else's stays.
@Suite(.blocking) struct SharedEventTests {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
    }

    private static var ann: Person {
        var person = Person(source: "shop")
        person.emails = ["ann@mail.example"]
        return person
    }

    private func say(_ id: String, _ fields: [String: String], further: [String] = [], at: Int64) throws {
        _ = try ledger.record(Saying(id: id, fields: fields, at: at, further: further).recordable(received: at))
    }

    /// Order 1 is Ann's and order 9 is Bob's; a later event is about both and names neither.
    private func story() throws {
        try say("1", ["email": "ann@mail.example", "customer_name": "Ann Lee"], at: 1)
        try say("9", ["email": "bob@mail.example", "customer_name": "Bob Ray"], at: 2)
        try say("9", ["customer_name": "A. and B."], further: ["1"], at: 3)
    }

    private func history(_ order: String) throws -> String? {
        try ledger.value(
            """
            select string_agg(coalesce(changes::text, '-'), ' ' order by event_id) from event_rows
            where record_kind = 'order' and record_row = (select id from orders where order_id = '\(order)')
            """)
    }

    @Test(arguments: [false, true]) func whatFurtherRecordsSayGoesAndTheOthersStay(isIndexed: Bool) throws {
        try story()
        if isIndexed { _ = try PersonIndex(key: Forgetting.key, over: batch).run() }
        let bob = "select order_data::text || extra || clocks from orders where order_id = '9'"
        let before = (try ledger.value(bob), try history("9"))
        #expect(try history("1")?.contains("Ann Lee") == true)
        try Forgetting.forget(Self.ann, key: isIndexed ? Forgetting.key : nil, on: batch)
        #expect(try ledger.value("select coalesce(email, customer_name, '-') from orders where order_id = '1'") == "-")
        let left = try history("1") ?? ""
        #expect(!left.contains("Ann Lee") && !left.contains("A. and B."), "\(left)")
        #expect(try ledger.value(bob) == before.0)
        #expect(try history("9") == before.1)
    }

    /// Where all of the orders are the person's, so is the event.
    @Test func anEventAboutOrdersOfOnePersonAloneGoesAsAWhole() throws {
        try say("1", ["email": "ann@mail.example"], at: 1)
        try say("1", ["customer_name": "Ann Lee"], further: ["2", "3"], at: 2)
        try say("2", ["email": "ann@mail.example"], at: 3)
        try say("3", ["email": "ann@mail.example"], at: 4)
        let plan = try Forgetting.plan(Self.ann, on: batch)
        #expect(plan.lines.count { $0.what.hasPrefix("order:") } == 3)
        #expect(plan.lines.allSatisfy { !$0.why.contains("others") })
        try Forgetting.forget(Self.ann, on: batch)
        let traces = """
            select count(*) from events as e left join event_records as r on r.event_id = e.id
            where concat(body_text(e.body), e.changes, r.changes) ~ 'Ann|ann@'
            """
        #expect(try ledger.value(traces) == "0")
    }

    @Test func ofSeveralOrdersInOneBodyTheNamedOnesAreReduced() {
        let body = #"""
            {"orders":[{"order_id":"1","address":"Ann Street","status":"PAID"},{"order_id":"2","address":"Bob Street"}],
            "order_ids":["1","2"],"note":"x"}
            """#
        let matcher = PersonMatcher(Self.ann)
        let left = BodyReduction.reduce(Array(body.utf8), onlyOf: ["1"], of: matcher) ?? []
        #expect(
            String(decoding: left, as: UTF8.self)
                == #"{"orders":[{"order_id":"1","status":"PAID"},{"order_id":"2","address":"Bob Street"}],"#
                + #""order_ids":["1","2"],"note":"x"}"#)
        #expect(BodyReduction.reduce(Array(body.utf8), onlyOf: ["3"], of: matcher) == nil)
        #expect(BodyReduction.elements(Array(body.utf8), of: ["2"]).map { $0["address"] } == ["Bob Street"])
    }

    @Test func aCopyHasThePersonsPartOnly() throws {
        try story()
        var export = DataExport(of: Self.ann, for: PersonRequest(actor: "test", reason: "a test"), key: nil)
        while !export.isReady { try export.step(on: batch) }
        let copy = try export.document(on: batch).document
        #expect(copy["orders"]?.array?.count == 1 && copy["mentioned_in"]?.array?.count == 1)
        #expect(!copy.text.contains("Bob") && !copy.text.contains("bob@"))
    }

    /// A worker that is killed begins again, and what led to the rest is still there then.
    @Test func aPersonWhomOneEventNamesIsForgottenAlthoughWorkersAreKilled() throws {
        // Only the first event has the address; the row forgets it later.
        try say("1", ["email": "ann@mail.example"], at: 1)
        for place in 2...5 { try say("1", ["customer_name": "Ann \(place)"], at: Int64(place)) }
        for steps in 0...8 {
            var redaction = Redaction(of: Self.ann, for: PersonRequest(actor: "test", reason: "a test"), key: nil)
            for _ in 0..<steps where !redaction.isReady { try redaction.step(on: batch) }
        }
        try Forgetting.forget(Self.ann, on: batch)
        #expect(try ledger.value("select count(*) from events where body_text(body) like '%Ann%'") == "0")
        #expect(try ledger.value("select coalesce(email, customer_name, '-') from orders") == "-")
    }

    @Test func anonymizingAnOrderLeavesItsNeighbourInTheSameEvent() throws {
        try story()
        try ledger.superuser.execute(
            "update orders set updated_at = now() - interval '40 days' where order_id = '1'")
        var retention = RetentionSettings.standard
        retention.orders = .seconds(30 * 86_400)
        let before = try history("9")
        #expect(try Anonymization.apply(retention, actor: "test", key: nil, over: batch) == 1)
        #expect(try ledger.value("select coalesce(email, customer_name, '-') from orders where order_id = '1'") == "-")
        #expect(try ledger.value("select customer_name from orders where order_id = '9'") == "A. and B.")
        #expect(try history("9") == before)
        #expect(try history("1")?.contains("Ann") == false)
    }
}
