import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// Every part of the filter narrows, alone and with others.
@Suite(.blocking) struct EventFilterTests {
    @Test func everyPartNarrows() throws {
        let fixture = try ReplayFixture()
        let ids = try fixture.store(6)
        try fixture.ledger.superuser.execute(
            """
            update events set source = 'other' where subject = 'order:O4';
            update events set type = 'order.updated', provider_type = 'order_update' where subject = 'order:O3';
            insert into jobs (action, kind, rule, state, event_id, event_received_at, order_row)
            select 'a', 'http', 'r', m.state, e.id, e.received_at, e.order_row
            from events as e join (values (1, 0), (1, 1), (2, 0), (2, 2), (3, 0)) as m (n, state)
                on e.subject = 'order:O' || m.n;
            insert into jobs (action, kind, rule, state, hold_reason, event_id, event_received_at, order_row)
            select 'a', 'http', 'r', 3, 'shop', e.id, e.received_at, e.order_row from events as e
            where e.subject = 'order:O5';
            """)
        let reader = try fixture.ledger.connect(as: "hookledger_api")
        func found(_ change: (inout EventFilter) -> Void) throws -> [Int64] {
            let filter = fixture.filter(change)
            let replayed = try fixture.replay(fixture.request { $0.isDryRun = true }, filter).events.map(\.id)
            var deliveries = DeliveryFilter()
            (deliveries.events, deliveries.accepted) = (filter, true)
            let listed = try DeliveryPages.newest(deliveries, limit: 50, on: reader).rows.reversed().compactMap {
                $0.object?["id"]?.integer
            }
            #expect(listed == replayed, "a list shows what a replay takes")
            return replayed
        }
        let second = Timestamp(microseconds: Guide.now.microseconds + 2000)
        #expect(try found { _ in } == ids)
        #expect(try found { $0.ids = [ids[3], ids[1]] } == [ids[1], ids[3]])
        #expect(try found { $0.source = "other" } == [ids[4]])
        #expect(try found { $0.type = "order.updated" } == [ids[3]])
        #expect(try found { $0.type = "order_update" } == [ids[3]])
        #expect(try found { $0.order = "O2" } == [ids[2]])
        #expect(try found { $0.since = second } == Array(ids[2...]))
        #expect(try found { $0.until = second } == Array(ids[..<2]))
        #expect(try found { $0.state = .completed } == [ids[0], ids[4]])
        #expect(try found { $0.state = .processing } == [ids[1]])
        #expect(try found { $0.state = .failed } == [ids[2]])
        #expect(try found { $0.state = .pending } == [ids[3], ids[5]], "a held job is open")
        #expect(
            try found {
                $0.state = .completed
                $0.source = "other"
                $0.since = second
            } == [ids[4]])
        // The states are those of the view.
        let view = try fixture.ledger.value("select string_agg(status, ' ' order by id) from event_states")
        #expect(view == "completed processing failed pending completed pending")
    }
}
