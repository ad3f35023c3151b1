import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// Partitions cover every moment, whatever the session's time zone, and a missing one is made where the clocks allow it.
@Suite(.blocking) struct WeekTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    /// Berlin's clocks change on 2027-03-28 and 2027-10-31.
    @Test(arguments: ["2027-03-15", "2027-10-18"]) func aSessionInBerlinMakesNoHole(_ day: String) throws {
        try ledger.superuser.execute(
            """
            set timezone = 'Europe/Berlin';
            select fill_weeks('events', '\(day) 12:00+00', timestamptz '\(day) 12:00+00' + interval '3 weeks');
            set timezone = 'Pacific/Auckland';
            select fill_weeks('events', '\(day) 12:00+00', timestamptz '\(day) 12:00+00' + interval '4 weeks');
            set timezone = 'UTC'
            """)
        let bounds = try ledger.superuser.query(
            """
            select bool_and(ends - starts = interval '7 days' and extract(isodow from starts) = 1 and starts::time = '00:00')
                and count(*) = 5
            from partition_bounds('events') where starts >= '\(day)'
            """)
        #expect(try bounds.only().bool(0))
    }

    /// What an earlier version left: a week that begins an hour late, and one that ends an hour late.
    @Test func aHoleIsNoCoverageAndIsFilled() throws {
        try ledger.superuser.execute(
            """
            set timezone = 'UTC';
            do $$
            declare
                v_week timestamptz := date_trunc('week', now()) + interval '1 week';
                p record;
            begin
                for p in select name from partition_bounds('events') where ends > v_week loop
                    execute format('drop table %I', p.name);
                end loop;
                execute format('create table events_late partition of events for values from (%L) to (%L)',
                    v_week + interval '1 hour', v_week + interval '7 days 1 hour');
            end
            $$
            """)
        let days = "select partition_days_ahead() < 8"
        #expect(try ledger.value(days) == "true")
        #expect(try ledger.value("select ensure_partitions()") == "8")
        #expect(try ledger.value("select partition_days_ahead() >= 56") == "true")
        #expect(try ledger.value("select ensure_partitions()") == "0")
        // The names are taken from the week, each once.
        #expect(
            try ledger.value(
                """
                select count(*) = count(distinct name) and min(ends - starts) = interval '1 hour'
                from partition_bounds('events')
                """) == "true")
    }

    @Test func farPartitionsAreNoCoverageWithoutThisWeek() throws {
        try ledger.superuser.execute(dropThisWeek)
        #expect(try ledger.value("select partition_days_ahead()") == "0")
    }

    private let dropThisWeek = """
        do $$
        declare
            v_name text := (select name from partition_bounds('events') where now() >= starts and now() < ends);
        begin
            execute format('drop table %I', v_name);
        end
        $$
        """

    @Test func aDeliveryMakesItsMissingWeek() throws {
        try ledger.superuser.execute(dropThisWeek)
        let body = Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000)
        _ = try ledger.record(Guide.recordable(body))
        #expect(try ledger.value("select count(*) from events") == "1")
        #expect(try ledger.value("select has_week(now())") == "true")
    }

    /// Another one holds the makers' row: the delivery waits a tenth of a second, and its sender retries.
    @Test func aDeliveryDoesNotWaitForAnotherMaker() throws {
        try ledger.superuser.execute(dropThisWeek)
        let other = try ledger.connect(as: "postgres")
        try other.execute("begin; select from exclusive_work where work = 'partitions' for update")
        let recordable = try Guide.recordable(
            Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000))
        #expect(throws: RecordFailure.self) { try ledger.record(recordable) }
        try other.execute("rollback")
        _ = try ledger.record(recordable)
    }

    /// The responder's clock is 120 days off: which of the two is right is unknown, so no table is made for it.
    /// A partition of its own name and bounds is one, too: nothing is made for its deliveries, and nobody is waited for.
    @Test func aPartitionOfAnotherNameIsFound() throws {
        try ledger.superuser.execute(
            """
            do $$ begin execute format('alter table %I rename to events_of_a_person',
                'events' || to_char(now() at time zone 'UTC', '"_"IYYY"w"IW')); end $$
            """)
        let other = try ledger.connect(as: "postgres")
        try other.execute("begin; select from exclusive_work where work = 'partitions' for update")
        let batch = try (1...3).map {
            try Guide.recordable(Guide.body("order_created", order: "\($0)", status: "UNPAID", at: 1_735_380_000))
        }
        for result in ledger.writer.recordOnce(batch) { _ = try result.get() }
        _ = try ledger.writer.commitCanary(now: Guide.now)
        try other.execute("rollback")
    }

    @Test(arguments: [120, -120]) func noWeekIsMadeFarFromPostgresClock(_ days: Int64) throws {
        let received = Guide.now.advanced(bySeconds: days * 86_400)
        let recordable = try Guide.recordable(
            Guide.body("order_created", order: "1", status: "UNPAID", at: received.seconds), at: received)
        let failure = #expect(throws: RecordFailure.self) { try ledger.record(recordable) }
        // Both clocks are named.
        let text = failure.map { "\($0)" } ?? ""
        #expect(text.contains("the receiver's clock") && text.contains("Postgres' clock says"))
        #expect(try ledger.value("select count(*) from events") == "0")
    }

    @Test(arguments: [13, -13]) func aWeekNearBothClocksIsMade(_ days: Int64) throws {
        try ledger.superuser.execute(
            """
            do $$
            declare
                p record;
            begin
                for p in select name from partition_bounds('events') loop execute format('drop table %I', p.name); end loop;
            end
            $$
            """)
        let received = Guide.now.advanced(bySeconds: days * 86_400)
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_created", order: "1", status: "UNPAID", at: received.seconds), at: received))
        #expect(try ledger.value("select count(*) from events") == "1")
    }
}
