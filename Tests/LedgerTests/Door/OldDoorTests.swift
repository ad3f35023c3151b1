import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// A responder of the version before keeps storing while a host is upgraded.
@Suite(.blocking) struct OldDoorTests {
    private static func call(_ key: String, _ status: String, at: String, jobs: String = "[]") -> String {
        """
        select string_agg(concat_ws(',', ord, event_id, order_row, is_duplicate), ' ') from record(
            array['shop'], array[sha256('\(key)')], array[null::bigint], array['delivery'], array['p'], array['t'],
            array['order.updated'], array['order:1'], array[null], array[(\(at))::timestamptz], array[0::bigint], array[to_timestamp(\(Guide.now.seconds))],
            array['signature'], array['s'], array['k'], array['r'], array['127.0.0.1'], array['POST'], array['/'],
            array[''], array['[]'::jsonb], array['\(key)'::bytea], array['1'],
            array['{"status": "\(status)"}'::jsonb], array[null::jsonb], array[0], array['\(jobs)'::jsonb])
        """
    }

    @Test func itWritesTheSameRows() throws {
        let ledger = try LedgerFixture()
        let ingest = try ledger.connect(as: "hookledger_ingest")
        func record(_ sql: String) throws -> String? { try ingest.query(sql, []).only().optionalText(0) }
        let jobs =
            #"[{"action": "ops", "kind": "slack", "rule": "r", "max_attempts": 3}, {"action": "kb", "kind": "knowledge_base", "rule": "r", "unique_key": "kb", "delay_ms": 1000}]"#
        #expect(
            try record(Self.call("a", "new", at: "to_timestamp(\(Guide.now.seconds)) - interval '1 hour'", jobs: jobs))
                == "1,1,1,f")
        #expect(try record(Self.call("b", "paid", at: "null")) == "1,2,1,f")
        #expect(
            try record(Self.call("a", "new", at: "to_timestamp(\(Guide.now.seconds)) - interval '1 hour'")) == "1,1,1,t"
        )
        #expect(try ledger.value("select status from orders") == "paid")
        #expect(
            try ledger.value(
                "select string_agg(action || max_attempts || coalesce(order_row, 0), ' ' order by job_id) from jobs")
                == "ops31 kb40")
        #expect(try ledger.value("select bool_and(value ->> 0 = '1') from orders, jsonb_each(clocks)") == "true")
        // And the new door continues with what the old one wrote.
        try ledger.tell([Saying(status: "sent", at: 100_000)])
        #expect(try ledger.value("select status || count(*) over () from orders") == "sent1")
    }
}
