import Crypto
import Ledger
import LedgerSupport
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// The budgets of the quarantine, as the database keeps them, whatever responders send.
@Suite(.blocking) struct QuarantineTests {
    private let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func row(
        _ body: String, from address: String = "192.0.2.1", source: String = "shop", topic: String = "t",
        signature: String = "s", size: Int = 0
    ) -> QuarantinedDelivery {
        let delivery = Delivery(
            requestID: "r", receivedAt: Guide.now, path: "/hook",
            headers: HeaderFields([("x-signature", signature), ("x-topic", topic), ("user-agent", signature)]),
            body: Array((body + String(repeating: " ", count: size)).utf8), remoteAddress: address)
        return QuarantinedDelivery(
            delivery, source: source, provider: "tiktok_shop", credential: nil,
            refusal: Refusal(.noSecretMatched, "no"), status: 401, retried: ["x-signature"])
    }

    @discardableResult
    private func keep(_ rows: [QuarantinedDelivery]) throws -> [String] {
        try QuarantinedDelivery.write(rows, over: ledger.connect(as: "hookledger_ingest"))
    }

    private func know(_ address: String) throws {
        try Quarantine.note(
            [("shop", PeerNetwork.of(address))], over: ledger.connect(as: "hookledger_ingest"))
    }

    private func count(_ condition: String = "true") throws -> Int {
        try ledger.superuser.query("select count(*) from quarantine where \(condition)").only().int(0)
    }

    @Test func theSameRequestIsOneRow() throws {
        try keep([row("a"), row("a", signature: "other"), row("a", topic: "u"), row("b")])
        try keep([row("a", signature: "third")])
        #expect(try count() == 3)
        #expect(try ledger.value("select max(repeats) from quarantine") == "2")
    }

    @Test func aPeerGetsATenthOfTheRows() throws {
        for batch in 0..<11 { try keep((0..<100).map { row("\(batch) \($0)") }) }
        #expect(try count() == 1000)
        // A peer is an IPv6 network of 64 bits.
        try keep([row("x", from: "2001:db8::1"), row("y", from: "2001:db8::2")])
        #expect(try ledger.value("select count(distinct peer) from quarantine") == "2")
    }

    @Test func aPeerGetsATenthOfTheBytes() throws {
        try keep((0..<10).map { row("\($0)", size: 1 << 20) })
        #expect(try count() == 6)
    }

    /// A flood from many peers takes half of the room; the rest is for peers that have sent verified deliveries.
    @Test func strangersGetHalf() throws {
        var full: [String] = []
        for peer in 0..<6 { full = try keep((0..<1000).map { row("\(peer) \($0)", from: "192.0.2.\(peer)") }) }
        #expect(full == ["shop"])
        #expect(try count() == 5000)
        try know("198.51.100.7")
        #expect(try keep((0..<10).map { row("known \($0)", from: "198.51.100.7") }) == ["shop"])
        #expect(try count("is_known") == 10)
        // Another source has room of its own.
        #expect(try keep([row("a", source: "other")]) == [])
        for peer in 0..<6 {
            try know("203.0.113.\(peer)")
            try keep((0..<1000).map { row("k\(peer) \($0)", from: "203.0.113.\(peer)") })
        }
        #expect(try count("source = 'shop'") == 10_000)
    }

    /// What was released needs no room: the next wrong secret is kept as whole as the first.
    @Test func aBudgetCountsWhatIsKept() throws {
        let person = try ledger.connect(as: "hookledger_operator")
        for peer in 0..<6 { try keep((0..<1000).map { row("\(peer) \($0)", from: "192.0.2.\(peer)") }) }
        try know("192.0.2.1")
        #expect(try keep([row("one of a full peer", from: "192.0.2.1")]) == ["shop"])
        #expect(try count() == 5000)
        _ = try person.query(
            """
            select hookledger.decide_refused(array_agg(id), array_agg('arrived'::text), array_agg(null::bigint),
                array_agg(null::text)) from hookledger.quarantine
            """)
        #expect(try keep([row("again", from: "192.0.2.1"), row("again of a stranger", from: "192.0.2.9")]) == [])
        #expect(try count("state = 'kept'") == 2)
        // What is kept again is counted again.
        for batch in 0..<11 { try keep((0..<100).map { row("new \(batch) \($0)", from: "192.0.2.9") }) }
        #expect(try count("state = 'kept'") == 1001)
        // It is counted in an index, however many were released.
        #expect(
            try ledger.value(
                "select pg_get_indexdef(indexrelid) from pg_index where indexrelid = 'quarantine_budget'::regclass"
            )?.hasSuffix("WHERE (state = 'kept'::text)") == true)
    }

    /// Two responders fill one budget at the same time.
    @Test func twoWritersShareOneBudget() throws {
        let conninfo = try LedgerFixture.conninfo(ledger.database, "hookledger_ingest")
        let failures = Locked(0)
        let threads = try (0..<2).map { number in
            let rows = (0..<10).map { batch in (0..<100).map { row("\(number) \(batch) \($0)") } }
            return try Platform.Thread(name: "keep-\(number)") {
                do {
                    let connection = try LedgerFixture.connection(conninfo)
                    for batch in rows { _ = try QuarantinedDelivery.write(batch, over: connection) }
                } catch {
                    failures.withLock { $0 += 1 }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(failures.withLock { $0 } == 0)
        #expect(try count() == 1000)
    }

    @Test func onlyWhoMayReadTheContentCan() throws {
        try keep([row("secret body")])
        for role in ["hookledger_ingest", "hookledger_api", "hookledger_reader"] {
            #expect(throws: PostgresError.self) { try ledger.connect(as: role).query("select body from quarantine") }
        }
        #expect(try ledger.connect(as: "hookledger_reader").query("select * from quarantine_list").count == 1)
        let person = try ledger.connect(as: "hookledger_operator")
        let line = try #require(try Quarantine.list(source: nil, limit: 9, on: person).first)
        let kept = try #require(try Quarantine.one(line.id, on: person))
        #expect(kept.delivery.body == Array("secret body".utf8) && kept.delivery.headers["x-topic"] == "t")
    }

    /// A request to erase a person's data finds it and deletes it, and a copy of the data contains it.
    @Test func aPersonIsFoundAndErased() throws {
        try keep([row(#"{"buyer":"anna@shop.example"}"#), row(#"{"buyer":"bert@shop.example"}"#)])
        let batch = try ledger.connect(as: "hookledger_batch")
        let found = try batch.query("select * from person_texts(null, '{anna@shop.example}', '{}')")
        #expect(try found.map { try $0.text("kind") } == ["quarantine"])
        _ = try batch.query(
            "select redact_texts('{quarantine}', array[$1::bigint], '{0}', array[now()], '{\"\"}')",
            [.bigint(found.only().bigint("id"))])
        #expect(
            try ledger.value("select convert_from(body, 'UTF8') from quarantine") == #"{"buyer":"bert@shop.example"}"#)
    }

    @Test func oldOnesGo() throws {
        try keep([row("a"), row("b")])
        try ledger.superuser.execute("update quarantine set received_at = received_at - interval '4 days' where id = 1")
        var settings = RetentionSettings.standard
        #expect(settings.quarantine == .seconds(3 * 86_400))
        let batch = try ledger.connect(as: "hookledger_batch")
        _ = try Retention.apply(settings, by: Clocks.read(on: batch), isConfirmed: true, over: batch)
        #expect(try count() == 1)
        settings.quarantine = .zero
        _ = try Retention.apply(settings, by: Clocks.read(on: batch), isConfirmed: true, over: batch)
        #expect(try count("received_at < now()") == 0)
    }
}
