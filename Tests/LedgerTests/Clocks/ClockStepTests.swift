import Ledger
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Settings

/// One wrong clock deletes nothing (docs/RELIABILITY.md, Clocks).
@Suite(.blocking) struct ClockStepTests {
    let ledger: LedgerFixture
    let batch: Connection

    private static let settings = RetentionSettings.standard
    private static let day: Int64 = 86_400_000_000

    /// Three weeks of last month have an event each, and all clocks say the same.
    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
        try ledger.superuser.execute(
            """
            select fill_weeks('events', now() - interval '5 weeks', now());
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body)
            select nextval('event_ids'), now() - make_interval(weeks => n), 's', 'p', 't', 't', 'stored', 'signature', 's',
                'r', '', 'POST', '/', '', '[]', '' from generate_series(3, 5) as n;
            insert into receipts select 's', n::text::bytea, n, now() - make_interval(weeks => n)
            from generate_series(3, 5) as n
            """)
    }

    private func report(of responder: String) throws {
        try ledger.superuser.execute(
            """
            insert into heartbeats (is_batch, beat_at, clock) values (false, now(), now() + interval '\(responder)')
            on conflict (is_batch) do update set beat_at = excluded.beat_at, clock = excluded.clock
            """)
    }

    private func clocks(own: Int64 = 0) throws -> Clocks {
        let known = try Clocks.read(on: batch)
        let responder = try batch.query("select responder_clock from known_clocks()").only().optionalTimestamp(0)
        let database = try #require(known.readings.first { $0.name == "Postgres" }).time
        return Clocks(
            own: Timestamp(microseconds: database.microseconds + own), accuracy: .unknown, database: database,
            responder: responder.map { Timestamp(microseconds: $0) }, lastRetention: known.lastRetention)
    }

    private func events() throws -> String? {
        try ledger.value("select count(*) || ' ' || (select count(*) from receipts) from events")
    }

    @Test(arguments: [120, -120]) func theBatchProcessorsClockAloneIsWrong(_ days: Int64) throws {
        try report(of: "0 s")
        let report = try Retention.apply(Self.settings, by: clocks(own: days * Self.day), over: batch)
        #expect(report.held?.contains("the clocks differ by more than a minute") == true)
        #expect(try report.partitions == [] && events() == "3 3")
    }

    /// To Postgres whose clock is ahead, the responder reported months ago.
    @Test(arguments: ["-120 days", "120 days", "-2 minutes"]) func postgresOrTheResponderIsWrong(_ step: String) throws
    {
        try report(of: step)
        let report = try Retention.apply(Self.settings, by: clocks(), over: batch)
        #expect(report.held != nil)
        #expect(try report.partitions == [] && events() == "3 3")
    }

    /// The whole host is 120 days ahead: no clock differs, but too much would go.
    @Test func everyClockIsWrongAlike() throws {
        let short = RetentionSettings(
            events: .seconds(8 * 86_400), receipts: .seconds(8 * 86_400), refusals: .seconds(8 * 86_400),
            jobs: .seconds(8 * 86_400))
        try report(of: "0 s")
        let report = try Retention.apply(short, by: clocks(), over: batch)
        #expect(report.held?.contains("3 partitions with rows would be dropped at once") == true)
        #expect(try events() == "3 3")
        // Confirmed by a person, it goes.
        let confirmed = try Retention.apply(short, by: clocks(), isConfirmed: true, over: batch)
        #expect(confirmed.held == nil && confirmed.receipts == 3)
        #expect(try events() == "0 0")
    }

    /// The whole host is 45 days ahead: what goes is no partition, or so little that it would go by itself.
    @Test func everyClockStepsSinceTheLastRetention() throws {
        try ledger.superuser.execute("delete from events where received_at < now() - interval '30 days'")
        let short = RetentionSettings(
            events: .seconds(8 * 86_400), receipts: .seconds(8 * 86_400), refusals: .seconds(8 * 86_400),
            jobs: .seconds(8 * 86_400))
        try report(of: "0 s")
        try ledger.superuser.execute(
            "insert into upkeep (task, begun_at) values ('retention', now() - interval '45 days')")
        let held = try Retention.apply(short, by: clocks(), over: batch)
        #expect(held.held?.contains("more than 14 days ago") == true)
        #expect(held.partitions.isEmpty && held.receipts == 0)
        // Confirmed by a person, it goes, and later by itself.
        let confirmed = try Retention.apply(short, by: clocks(), isConfirmed: true, over: batch)
        #expect(confirmed.held == nil && confirmed.receipts == 3)
        #expect(try Retention.objection(short, by: clocks(), over: batch) == nil)
    }

    /// A task that began under a clock that was ahead begins again once the clock is right.
    @Test func aTaskOfTheFutureBeginsAgain() throws {
        func begins() throws -> Bool {
            try batch.query("select begin_upkeep('retention', interval '1 hour')").only().bool(0)
        }
        #expect(try begins())
        #expect(try !begins())
        try ledger.superuser.execute("update upkeep set begun_at = now() + interval '120 days'")
        #expect(try begins())
        #expect(try !begins())
    }

    /// Two weeks in one pass are a week of events and one of attempts, or a batch processor that was off for a week.
    @Test func twoWeeksGoByThemselves() throws {
        try ledger.superuser.execute("delete from events where received_at < now() - interval '30 days'")
        let short = RetentionSettings(
            events: .seconds(8 * 86_400), receipts: .seconds(8 * 86_400), refusals: .seconds(8 * 86_400),
            jobs: .seconds(8 * 86_400))
        try report(of: "0 s")
        let report = try Retention.apply(short, by: clocks(), over: batch)
        #expect(report.held == nil && !report.partitions.isEmpty)
        #expect(try events() == "0 0")
    }

    /// The database refuses, too, whatever a caller asks for.
    @Test func nothingGoesThatTheRespondersClockDoesNotCallOld() throws {
        try report(of: "-40 days")
        #expect(try batch.query("select drop_oldest_partition('events', now())").only().optionalText(0) == nil)
        try report(of: "0 s")
        #expect(try batch.query("select drop_oldest_partition('events', now())").only().optionalText(0) != nil)
    }

    @Test func aHoldIsKeptAndIsOverWithItsReason() throws {
        #expect(try Retention.hold("the clocks differ", over: batch))
        #expect(try !Retention.hold("the clocks differ still", over: batch))
        #expect(try ledger.value("select held from upkeep where task = 'retention'") == "the clocks differ still")
        #expect(try !Retention.hold(nil, over: batch))
        #expect(try ledger.value("select held from upkeep where task = 'retention'") == nil)
    }
}
