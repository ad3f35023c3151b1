import JobsSupport
import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

@testable import Jobs

/// How many runs work at once is bounded by leased rows that nobody but the batch processor can hold.
@Suite(.blocking) struct SlotTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    /// A session that holds what a role can hold, until it is closed.
    private func session(_ role: String, _ sql: String) throws -> Connection {
        let connection = try fixture.connect(as: role)
        try connection.execute("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; " + sql)
        return connection
    }

    /// Every advisory lock that this program or the version before it ever took, and a range beside them; the reader
    /// has one half and the responder the other.
    private func holdAdvisoryLocks() throws -> [Connection] {
        try ["hookledger_reader", "hookledger_ingest"].enumerated().map { half, role in
            try session(
                role,
                """
                select pg_advisory_lock(n) from generate_series(0, 1000) as n where n % 2 = \(half);
                select pg_advisory_lock(1212958546, n) from generate_series(0, 64) as n where n % 2 = \(half);
                select pg_advisory_lock(hashtext(name)) from (values
                    (0, 'hookledger.migrate'), (1, 'hookledger.replay'), (0, 'hookledger.ensure_partitions'))
                    as k (half, name) where half = \(half)
                """)
        }
    }

    /// Of whatever class: where no role may take any, everything still works, so that none can hold us up.
    @Test func noAdvisoryLockIsTakenAtAll() throws {
        try fixture.superuser.execute(
            """
            do $$
            declare
                f regprocedure;
            begin
                for f in select oid from pg_proc where proname ~ '^pg_(try_)?advisory' loop
                    execute format('revoke execute on function %s from public', f);
                end loop;
            end
            $$
            """)
        let denied = #expect(throws: PostgresError.self) {
            try fixture.connect(as: "hookledger_batch").execute("select pg_advisory_lock(1)")
        }
        #expect(denied?.state == .insufficientPrivilege)
        try fixture.enqueue(5)
        let report = try fixture.run([TestAction.ending(.done())]) { $0.slots = 1 }
        #expect(report.end == .finished && report.done == 5)
        let batch = try fixture.connect(as: "hookledger_batch")
        try batch.execute("select ensure_partitions(); select begin_upkeep('x', interval '1 hour'); select beat()")
        try batch.execute("select drop_oldest_partition('events', now() - interval '10 years')")
        try fixture.connect(as: "hookledger_operator").execute("begin; select begin_replay(); commit")
        let taking = try fixture.superuser.query(
            """
            select coalesce(string_agg(proname, ' '), '') from pg_proc
            where pronamespace = 'hookledger'::regnamespace and prosrc ~ 'advisory_'
            """
        ).only().text(0)
        #expect(taking.isEmpty, "\(taking)")
    }

    @Test func neitherAdvisoryLocksNorAReadersTransactionHoldUpJobs() throws {
        let holders = try holdAdvisoryLocks()
        let reader = try session(
            "hookledger_reader", "begin; select count(*) from hookledger.job_list, hookledger.event_list")
        try fixture.enqueue(5)
        let report = try fixture.run([TestAction.ending(.done())]) { $0.slots = 1 }
        #expect(report.end == .finished && report.done == 5)
        // Partitions are made beside a reader, who holds the parent table.
        let batch = try fixture.connect()
        try batch.execute("set lock_timeout = '2s'")
        // A week may have begun since the database was migrated.
        _ = try batch.query("select hookledger.ensure_partitions(8)")
        #expect(try batch.query("select hookledger.ensure_partitions(12)").only().int(0) == 8)
        withExtendedLifetime((holders, reader)) {}
    }

    @Test func aReaderCannotHoldASlot() throws {
        let reader = try fixture.connect(as: "hookledger_reader")
        for sql in [
            "select * from hookledger.run_slots for update", "update hookledger.run_slots set holder = 'me'",
            "select * from hookledger.batch_runs for share",
            "do $$ begin lock table hookledger.batch_runs in exclusive mode; end $$",
            "select * from hookledger.exclusive_work for key share", "select hookledger.begin_replay()",
        ] {
            for role in [reader, try fixture.connect(as: "hookledger_ingest")] {
                let error = #expect(throws: PostgresError.self, "\(sql)") { try role.execute(sql) }
                #expect(error?.state == .insufficientPrivilege, "\(sql)")
            }
        }
    }

    @Test func theSlotOfAKilledRunIsFreeAfterItsLease() throws {
        let (dead, living) = (try fixture.connect(), try fixture.connect())
        let old = try #require(try Slots.take(of: 1, for: "dead", on: dead))
        #expect(try Slots.take(of: 1, for: "living", on: living) == nil)
        try fixture.superuser.execute("update run_slots set expires_at = now() - interval '1 ms' where slot = 1")
        let new = try #require(try Slots.take(of: 1, for: "living", on: living))
        #expect(new.number == old.number && new != old)
        // The dead one comes back: it neither renews nor frees what is another's.
        #expect(try !Slots.renew(old, on: dead))
        try Slots.release(old, on: dead)
        #expect(try fixture.value("select holder from run_slots where slot = 1") == "living")
        #expect(try Slots.renew(new, on: living))
        try Slots.release(new, on: living)
        #expect(try fixture.value("select count(*) from batch_runs") == "0")
    }

    @Test func aLeaseThatRanOutAndThatNobodyTookContinues() throws {
        let connection = try fixture.connect()
        let slot = try #require(try Slots.take(of: 1, for: "slow", on: connection))
        try fixture.superuser.execute("update run_slots set expires_at = now() - interval '1 s' where slot = 1")
        #expect(try Slots.renew(slot, on: connection))
        #expect(try Slots.take(of: 1, for: "other", on: connection) == nil)
    }

    @Test func twoAtOnceNeverGetTheSameSlot() async throws {
        let conninfo = try fixture.conninfo()
        let numbers = try await withThrowingTaskGroup { group in
            for place in 0..<8 {
                group.addTask {
                    let connection = try Connection(conninfo: conninfo, applicationName: "hookledger-tests")
                    return try Slots.take(of: 5, for: "\(place)", on: connection)?.number
                }
            }
            return try await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        // One that skips a row that another is taking may find none left, and never the same.
        let taken = numbers.compactMap(\.self)
        #expect(Set(taken).count == taken.count && taken.count <= 5 && !taken.isEmpty)
    }

    @Test func aRunThatLostItsSlotTakesNoMoreJobs() throws {
        let database = fixture.database
        let thief = try Thread(name: "thief") {
            SystemClock.sleep(milliseconds: 500)
            let superuser = try? Connection(
                conninfo: SharedCluster.get().conninfo(database: database), applicationName: "hookledger-tests")
            try? superuser?.execute("update hookledger.run_slots set holder = 'thief', token = -1 where slot = 1")
            // What comes now is the other run's.
            try? superuser?.execute(
                "update hookledger.jobs set run_at = now() + interval '1 s' where run_at > now() + interval '1 min'")
        }
        try fixture.enqueue(2)
        try fixture.superuser.execute(
            "update jobs set run_at = now() + interval '1 hour' where job_id = (select max(job_id) from jobs)")
        let report = try fixture.run([TestAction.ending(.done())]) {
            $0.slots = 1
            $0.once = false
            $0.slotRenewal = .milliseconds(50)
        }
        thief.join()
        #expect(report.end == .finished && report.done == 1 && report.duration < 10_000)
        #expect(try fixture.count("jobs", "state = 0") == 1)
        #expect(try fixture.value("select holder from run_slots where slot = 1") == "thief")
    }

    @Test func noTransactionStaysOpenOverARun() throws {
        let name = try SharedClusterName(fixture)
        let watcher = try Thread(name: "watcher") { name.watch(forMilliseconds: 3500) }
        try fixture.enqueue(20)
        let report = try fixture.run([TestAction.ending(.done())]) {
            $0.once = false
            $0.duration = .milliseconds(4000)
            $0.slotRenewal = .milliseconds(200)
        }
        watcher.join()
        #expect(report.done == 20)
        let seen = try fixture.value("select string_agg(seen::text, ' ') from watched")
        #expect(try fixture.count("watched") > 5, "\(seen ?? "-")")
        #expect(try fixture.count("watched", "oldest > interval '2 s'") == 0, "\(seen ?? "-")")
    }
}

extension SharedClusterName {
    /// Writes down how long the oldest transaction of a batch processor has been open, again and again.
    fileprivate func watch(forMilliseconds time: Int64) {
        let end = SystemClock.monotonicNanoseconds() + time * 1_000_000
        try? execute("create table hookledger.watched (seen timestamptz default now(), oldest interval)")
        while SystemClock.monotonicNanoseconds() < end {
            try? execute(
                """
                insert into hookledger.watched (oldest)
                select coalesce(max(clock_timestamp() - xact_start), '0') from pg_stat_activity
                where datname = current_database() and application_name = 'hookledger-batch'
                """)
            SystemClock.sleep(milliseconds: 100)
        }
    }
}
