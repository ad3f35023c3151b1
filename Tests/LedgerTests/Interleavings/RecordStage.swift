import LedgerSupport
import Postgres
import Webhooks

@testable import Ledger

/// Two deliveries and a deletion: what they are about, and what must hold whatever their order.
struct RecordStage {
    enum Kind: String, CaseIterable {
        /// One delivery, sent twice.
        case retry
        /// Two events of one order.
        case order
        /// Two events of a new order, of which one names its shop.
        case shop
        /// Two late deliveries of the week that is dropped.
        case late
    }

    let kind: Kind
    let deliveries: [Recordable]
    /// The end of the week that is dropped, in microseconds since 1970.
    private let weekEnd: Int64

    init(_ kind: Kind) throws {
        self.kind = kind
        // 1970 began on a Thursday.
        let sinceMonday = (Guide.now.microseconds / 86_400_000_000 + 3) % 7 * 86_400
        weekEnd = Guide.now.microseconds / 86_400_000_000 * 86_400_000_000 - sinceMonday * 1_000_000
        let received = kind == .late ? -sinceMonday - 3 * 86_400 : 0
        func said(_ status: String, at second: Int64) throws -> Recordable {
            let shop = kind == .shop && second == 1 ? "a.example" : ""
            return try Saying(id: "1", status: status, at: received + second, shop: shop).recordable(
                received: received, origin: kind == .late ? .spool : .delivery, action: "ops")
        }
        deliveries = try kind == .retry ? [said("a", at: 1), said("a", at: 1)] : [said("a", at: 1), said("b", at: 2)]
    }

    /// What a responder does.
    func record(_ place: Int) -> Player.Work {
        let delivery = deliveries[place]
        return { connection in
            let rows = try connection.query(RecordStatement.sql, RecordStatement.parameters([delivery]))
            guard let receipt = try RecordStatement.receipts(rows, count: 1)[0] else { return "busy" }
            return "\(receipt.isDuplicate ? "duplicate" : "stored") \(receipt.eventID)"
        }
    }

    /// What the batch processor does.
    func delete() -> Player.Work {
        let (end, receipts) = (weekEnd, kind != .late)
        return { connection in
            let dropped = try connection.query(
                "select hookledger.drop_oldest_partition('events', $1::timestamptz)", [.timestamp(end)]
            ).only().optionalText(0)
            guard receipts else { return dropped ?? "nothing" }
            let deleted = try connection.query(
                "select hookledger.delete_old_receipts($1::timestamptz, 100)", [.timestamp(end)]
            ).only().int(0)
            return "\(dropped ?? "nothing") \(deleted)"
        }
    }

    /// The week that goes has one event.
    func prepare(_ superuser: Connection) throws {
        try superuser.execute(
            """
            begin;
            delete from events; delete from receipts; delete from orders; delete from jobs; delete from heartbeats;
            select fill_weeks('events', now() - interval '1 week', now());
            insert into heartbeats values (false, now(), now()), (true, now(), now());
            insert into receipts values ('shop', '\\x00', 900000, to_timestamp(\(weekEnd / 1_000_000 - 200_000)));
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body)
            select event_id, received_at, 'shop', 'p', '1', 't', 'stored', 'signature', 's', 'r', '', 'POST', '/', '',
                '[]', '' from receipts;
            commit
            """)
    }

    /// What is wrong.
    func violations(_ outcomes: [String], _ superuser: Connection) throws -> [String] {
        func number(_ sql: String) throws -> Int { try superuser.query(sql).only().int(0) }
        var wrong: [String] = []
        func expect(_ holds: Bool, _ invariant: String) { if !holds { wrong.append(invariant) } }

        let answers = outcomes[..<2]
        let ids = Set(
            answers.filter { $0.hasPrefix("stored") || $0.hasPrefix("duplicate") }.compactMap {
                $0.split(separator: " ").last
            })
        let stored = answers.filter { $0.hasPrefix("stored") }.count
        let allowed = ["stored", "duplicate", "busy"] + (kind == .late ? ["error 23514"] : [])
        expect(
            answers.allSatisfy { answer in allowed.contains { answer.hasPrefix($0) } }, "every answer is a known one")
        expect(ids.count == stored, "a duplicate is a duplicate of what is stored")
        expect(kind == .retry ? stored <= 1 : !answers.contains { $0.hasPrefix("duplicate") }, "one event per delivery")
        let isDropped = outcomes[2].hasPrefix("events_")
        expect(isDropped, "the old week goes")
        let receipts = try number("select count(*) from receipts where dedupe_key <> '\\x00'")
        expect(receipts == stored, "a receipt for what is stored, and for nothing else")
        let events = try number("select count(*) from events where id <> 900000")
        let isLost = kind == .late && events < stored
        expect(
            events == stored || isLost && isDropped, "an event for what is stored, unless its week was dropped after it"
        )
        expect(try number("select count(*) from jobs") == stored, "a job for what is stored, and for nothing else")
        if kind != .late {
            expect(try number("select count(*) from events where id = 900000") == 0, "what is old goes")
            expect(try number("select count(*) from receipts where dedupe_key = '\\x00'") == 0, "old receipts go")
        }
        let status = try superuser.query("select min(status), count(*) from orders").only()
        expect(try status.int(1) == (stored > 0 ? 1 : 0), "one row of the order")
        if stored > 0 {
            let newest = kind != .retry && answers[1].hasPrefix("stored") ? "b" : "a"
            expect(try status.optionalText(0) == newest, "the newest clock decides")
        }
        return wrong
    }
}
