import JobsSupport
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// What the ledger's door has met and a person must look at is reported once.
@Suite(.blocking) struct DoorAlertTests {
    private let desk: AlertDesk
    private let fixture: JobsFixture

    init() throws {
        desk = try AlertDesk()
        fixture = desk.fixture
    }

    private func expectTold(_ text: String) throws {
        #expect(try desk.raise() == 1)
        #expect(
            try fixture.value("select string_agg(note, ' | ' order by job_id) from jobs where note is not null") == text
        )
        #expect(try desk.raise() == 0)
    }

    @Test func aShopThatNobodyHasListed() throws {
        try fixture.superuser.execute(
            """
            insert into source_shops (source, shop_key, state, changed_by) values
                ('shop', 'a.example', 'listed', 'first'), ('shop', 'b.example', 'unlisted', 'door'),
                ('shop', 'c.example', 'refused', 'cli:root')
            """)
        try expectTold(
            "Unknown shop: b.example has sent something in the name of shop. Its jobs are held: list or refuse it with hookledger shops."
        )
    }

    private func event(_ columns: String, _ values: String) throws {
        try fixture.superuser.execute(
            """
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body, \(columns))
            values (nextval('event_ids'), now(), 'shop', 'woocommerce', 'p', 'order.deleted', 'stored', 'signature', 's',
                'r', '', 'POST', '/', '', '[]', '{}', \(values))
            """)
    }

    @Test func aDeletionThatNamesNoShopAmongSeveral() throws {
        try event("reason", "ambiguous_shop_reason()")
        try event("reason", "ambiguous_shop_reason()")
        let newest = try #require(try fixture.value("select max(id) from events"))
        try expectTold(
            "Ambiguous id: 2 deliveries of shop name no shop, and several shops have their id: nothing was changed. The newest is event \(newest)."
        )
    }

    @Test func aBodyThatComesMoreOftenThanItMayCount() throws {
        try fixture.superuser.execute(
            """
            insert into repetitions (event_id, source, dedupe_key, received_at, over_limit) values
                (7, 'shop', 'k', now(), false), (8, 'shop', 'k', now(), true), (8, 'shop', 'k', now(), true),
                (3, 'shop', 'k', now() - interval '3 hours', true)
            """)
        try expectTold(
            "Repeated deliveries: 2 of shop were kept as repetitions, because their body had made as many events as it may within a day. The newest repeats event 8."
        )
    }

    @Test func aFieldThatCouldNotBeReadForTheFirstTime() throws {
        try event("unread", #"'{"fields": ["total"]}'"#)
        let id = try #require(try fixture.value("select max(id) from events"))
        #expect(try desk.raise() == 1)
        let note = try #require(try fixture.value("select note from jobs"))
        #expect(
            note
                == "Unread field: total of order.deleted (shop) could not be read; it is kept in extra. Event \(id) has one."
        )
        // The second time it is not new, and another one is.
        try event("unread", #"'{"fields": ["total"]}'"#)
        #expect(try desk.raise() == 0)
        try event("unread", #"'{"fields": ["total", "price"]}'"#)
        #expect(try desk.raise() == 1)
    }

    /// The batch processor's own sign of life is what the inspector's banner reads.
    @Test func theHeartbeatIsASignOfTheBatchProcessor() throws {
        try fixture.superuser.execute("delete from upkeep; delete from metrics")
        #expect(try fixture.value("select seen_at from batch_activity") == nil)
        _ = try desk.connection.query("select hookledger.beat()", [])
        #expect(try fixture.value("select seen_at = (select beat_at from heartbeats) from batch_activity") == "true")
    }
}
