import Postgres
import Webhooks

@testable import Ledger

/// Two hosts that continue one replay, and a delivery for the same order.
struct ReplayStage {
    /// Whether the event is about the order: then its row is one more lock between the two.
    let isAboutOrder: Bool
    private let delivery: Recordable

    init(isAboutOrder: Bool) throws {
        self.isAboutOrder = isAboutOrder
        delivery = try Saying(id: "1", status: "b", at: 2).recordable(action: "ops")
    }

    /// What the tool does.
    static let replay: Player.Work = { connection in
        let rows = try connection.query(
            """
            select fate from hookledger.replay_events('r1', 'cli:test', 'events', null, '{"run": "r1", "filter": "x"}', false,
                true, '{900000}', array[(select received_at from hookledger.events where id = 900000)],
                array[(select order_row from hookledger.events where id = 900000)],
                array['[{"rule": "1", "action": "ops", "kind": "slack"}]'::jsonb], '{0}')
            """)
        return try rows.only().text(0)
    }

    /// What a responder does.
    func record() -> Player.Work {
        { [delivery] connection in
            let rows = try connection.query(RecordStatement.sql, RecordStatement.parameters([delivery]))
            guard let receipt = try RecordStatement.receipts(rows, count: 1)[0] else { return "busy" }
            return receipt.isDuplicate ? "duplicate" : "stored"
        }
    }

    /// An order, and one event whose job is done.
    func prepare(_ superuser: Connection) throws {
        let order = isAboutOrder ? "id" : "null::bigint"
        try superuser.execute(
            """
            begin;
            delete from events; delete from receipts; delete from orders; delete from jobs; delete from job_attempts;
            delete from replays; delete from operator_log; delete from heartbeats;
            insert into heartbeats values (false, now(), now()), (true, now(), now());
            insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id, last_event_received_at)
            values ('shop', '1', 'saying', '{"status": "a"}', '{}', '{"*": [1, 1, 0, 0, "00"]}', 900000, now());
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body, order_row)
            select 900000, now(), 'shop', 'p', '1', 't', 'created', 'signature', 's', 'r', '', 'POST', '/', '', '[]', '', \(order)
            from orders;
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
                job_created_at, started_at, finished_at, outcome)
            select 1, 1, 'ops', 'slack', '1', e.id, received_at, order_row, now(), now(), now(), 'done' from events as e;
            commit
            """)
    }

    func violations(_ outcomes: [String], _ superuser: Connection) throws -> [String] {
        func number(_ sql: String) throws -> Int { try superuser.query(sql).only().int(0) }
        var wrong: [String] = []
        func expect(_ holds: Bool, _ invariant: String) { if !holds { wrong.append(invariant) } }

        expect(outcomes[..<2].sorted() == ["repeated", "replayed"], "one of the two replays the event")
        expect(try number("select count(*) from jobs where event_id = 900000") == 1, "one job per replay")
        expect(try number("select count(*) from replays") == 1, "a replay is kept once")
        expect(try number("select count(*) from operator_log where action = 'replay'") == 1, "its start is kept once")
        let stored = outcomes[2] == "stored" ? 1 : 0
        expect(["stored", "busy"].contains(outcomes[2]), "a delivery is stored or busy")
        expect(try number("select count(*) from events where id <> 900000") == stored, "an event for what is stored")
        expect(try number("select count(*) from receipts") == stored, "a receipt for what is stored")
        expect(try number("select count(*) from jobs where event_id <> 900000") == stored, "a job for what is stored")
        expect(
            try superuser.query("select status from orders").only().text(0) == (stored == 1 ? "b" : "a"),
            "the order has what is stored")
        return wrong
    }
}
