import JobsSupport
import Patience
import Platform
import Postgres
import TestThreads
import Testing

@testable import Jobs

/// A run that waits for jobs is woken by whoever makes some.
@Suite(.blocking) struct WakeTests {
    private let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    /// Makes a job as record_2() does, as soon as a run waits.
    private func feeder(making sql: String) throws -> Thread {
        let name = try SharedClusterName(fixture)
        return try Thread(name: "feeder") {
            _ = eventually { (try? name.isAnyRunWaiting()) == true }
            try? name.execute(sql)
        }
    }

    /// The run looks for work by itself only when it is over, so what it does it was woken for.
    private func run() throws -> RunReport {
        try fixture.run([TestAction.ending(.done())]) {
            $0.once = false
            $0.duration = .milliseconds(6000)
            $0.interval = .milliseconds(8000)
        }
    }

    @Test func anIdleRunIsWokenByNewJobs() throws {
        try fixture.enqueue(1)
        try fixture.superuser.execute("delete from jobs")
        let feeder = try feeder(
            making: """
                set search_path = hookledger;
                select make_jobs(array[id], array[received_at], array[null::bigint], array[null::text],
                    array['ops'], array['test'], array['rule-1'], array[0], array[3], array[null::text],
                    array[null::bigint], array[null::boolean])
                from hookledger.events
                """)
        let report = try run()
        feeder.join()
        #expect(report.done == 1 && report.end == .finished)
        #expect(try fixture.count("run_slots", "is_waiting") == 0)
    }

    @Test func nobodyIsNotifiedWhileNoRunWaits() throws {
        try fixture.enqueue(1)
        let listener = try fixture.connect()
        try listener.listen(Slots.channel)
        let make = """
            select make_jobs(array[id], array[received_at], array[null::bigint], array[null::text], array['ops'],
                array['test'], array['rule-1'], array[0], array[3], array[null::text], array[null::bigint],
                array[null::boolean])
            from events
            """
        func isNotified(_ setting: String) throws -> Bool {
            try fixture.superuser.execute(setting)
            try fixture.superuser.execute(make)
            // Notifications come before the answer to the next statement.
            try listener.execute("select 1")
            return listener.takeNotifications()
        }
        let idle = try isNotified("update run_slots set is_waiting = false")
        let waiting = try isNotified(
            """
            update run_slots set holder = 'me', token = 1, taken_at = now(), is_waiting = true,
                expires_at = now() + interval '1 min' where slot = 1
            """)
        // Its lease is over: the run was killed.
        let killed = try isNotified("update run_slots set expires_at = now() - interval '1 s' where slot = 1")
        #expect(!idle && waiting && !killed)
    }

    @Test func aRunThatIsBusyForASecondIsNotWoken() throws {
        let world = RunWorld([TestAction.ending(.done())]) {
            $0.once = false
            $0.duration = .milliseconds(20_000)
        }
        world.feed = { (2000..<8000).contains($0) ? 20 : 0 }
        _ = try #require(world.run())
        #expect(world.announcements.map(\.isWaiting) == [true, false, true])
        #expect(world.endings.count > 100)
    }
}

extension SharedClusterName {
    fileprivate func isAnyRunWaiting() throws -> Bool {
        try query("select exists (select from hookledger.run_slots where is_waiting)").only().bool(0)
    }
}
