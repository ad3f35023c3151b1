import JSON
import Ledger
import LedgerSupport
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// Pings and challenges leave a row, and are in the lists of deliveries.
@Suite(.blocking) struct HandshakeTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func write(_ count: Int = 1, signed: Bool = false, body: String = "{}", source: String = "shop") throws {
        let rows = (0..<count).map { number in
            Handshake(
                Delivery(
                    requestID: "r\(number)", receivedAt: Guide.now, path: "/webhook",
                    headers: HeaderFields([
                        (name: "cookie", value: "secret"), (name: "user-agent", value: "ping"),
                    ]), body: Array(body.utf8), remoteAddress: "192.0.2.1"),
                source: source, provider: "slack",
                verdict: signed ? Verdict(strength: .signature, scheme: "slack", keyID: "KEY") : nil, status: 200)
        }
        try Handshake.write(rows, over: ledger.connect(as: "hookledger_ingest"))
    }

    private func kinds(_ change: (inout DeliveryFilter) -> Void = { _ in }, since cursor: LiveCursor? = nil) throws
        -> [String]
    {
        var filter = DeliveryFilter()
        change(&filter)
        let connection = try ledger.connect(as: "hookledger_api")
        let page =
            try cursor.map { try DeliveryPages.since($0, filter, limit: 50, on: connection) }
            ?? DeliveryPages.newest(filter, limit: 50, on: connection)
        return try page.rows.map { row in
            let json = try JSONValue(parsing: Array(row.text.utf8))
            return "\(json["kind"]?.string ?? "") \(json["verdict"]?.string ?? "")"
        }
    }

    @Test func aRowKeepsNeitherCredentialsNorTokens() throws {
        try write(body: #"{"type":"url_verification","token":"legacy-token","challenge":"abc"}"#)
        let row = try #require(ledger.connect(as: "hookledger_reader").query("select * from handshake_list").first)
        #expect(try row.text("headers") == #"[["user-agent", "ping"]]"#)
        let body = String(decoding: try row.bytes("body"), as: UTF8.self)
        #expect(!body.contains("legacy-token") && body.contains("abc"))
        #expect(try !row.bool("is_signed") && row.int("status") == 200)
    }

    @Test func onlyTheFirst4KiBOfABodyAreKept() throws {
        try write(body: String(repeating: "x", count: 10_000))
        #expect(try ledger.value("select length(body) || ' ' || body_length from handshakes") == "4096 10000")
    }

    @Test func theyAreInListsWhereTheyAreAskedFor() throws {
        _ = try ledger.record(
            Guide.recordable(Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000)))
        try write()
        try write(signed: true)
        let handshakes = ["handshake signature", "handshake unverified"]
        #expect(try kinds() == handshakes + ["event signature"])
        #expect(try kinds { $0.accepted = true } == ["event signature"])
        #expect(try kinds { $0.accepted = false } == [])
        #expect(try kinds { $0.events.type = "order.created" } == ["event signature"])
        #expect(try kinds { $0.handshakes = .only } == handshakes)
        #expect(try kinds { $0.handshakes = .leftOut } == ["event signature"])
        #expect(
            try kinds {
                $0.accepted = true
                $0.handshakes = .signed
            } == ["handshake signature", "event signature"])
        #expect(try kinds { $0.events.source = "nobody" } == [])
    }

    @Test func aLiveViewShowsHandshakesAndReplaysOnce() throws {
        let event = try ledger.record(
            Guide.recordable(Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000))
        ).eventID
        let connection = try ledger.connect(as: "hookledger_api")
        let start = try #require(DeliveryPages.newest(DeliveryFilter(), limit: 1, on: connection).live)
        try write(signed: true)
        try ledger.superuser.execute("insert into replays (run, event_id, jobs) values ('r1', \(event), 1)")
        // A replay with changes is an event of its own.
        try ledger.superuser.execute(
            "insert into replays (run, event_id, new_event_id, jobs) values ('r2', \(event), \(event), 1)")
        func all(_ filter: inout DeliveryFilter) {
            filter.accepted = true
            filter.handshakes = .all
            filter.withReplays = true
        }
        #expect(try kinds(all, since: start) == ["handshake signature", "replay signature"])
        var filter = DeliveryFilter()
        all(&filter)
        let first = try DeliveryPages.since(start, filter, limit: 1, on: connection)
        #expect(first.rows.count == 1 && first.hasMore)
        let rest = try DeliveryPages.since(try #require(first.live), filter, limit: 1, on: connection)
        let row = try JSONValue(parsing: Array(try #require(rest.rows.first).text.utf8))
        #expect(row["kind"] == "replay" && row["id"]?.integer == event && row["reason"] == "r1")
        #expect(try kinds(all, since: rest.live) == [])
        // A list of pages knows no replays.
        #expect(try kinds { $0.withReplays = true } == ["handshake signature", "event signature"])
    }

    @Test func oldOnesAreDeleted() throws {
        try write(3)
        try ledger.superuser.execute("update handshakes set received_at = now() - interval '31 days' where id < 3")
        let batch = try ledger.connect(as: "hookledger_batch")
        #expect(
            try Retention.apply(
                .standard, by: Clocks.read(on: batch), isConfirmed: true, over: batch
            ).handshakes == 2)
        #expect(try ledger.value("select count(*) from handshakes") == "1")
    }
}
