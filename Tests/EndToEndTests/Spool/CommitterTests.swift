import JSON
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// Several committers: a batch that waits in Postgres, and a session that fails, hold up only their own deliveries.
@Suite(.serialized, .alone) struct CommitterTests {
    private static let retrying = LedgerFaultTests.retrying

    private static let sleeping = "select pid::text from pg_stat_activity where wait_event = 'PgSleep'"

    /// A trigger keeps the batches of some deliveries asleep until the gate is open.
    /// - Parameter pause: seconds between two looks at the gate.
    private func closeGate(_ host: SpoolHost, to word: String, pause: Double) throws -> Connection {
        let person = try Connection(
            conninfo: host.cluster.conninfo(), applicationName: "tests", settings: [("search_path", "hookledger")])
        try person.execute(
            """
            create table gate ();
            insert into gate default values;
            grant select on gate to public;
            create function wait_at_gate() returns trigger language plpgsql as $$ begin
                if convert_from(new.body, 'UTF8') like '%\(word)%' then
                    while exists (select from hookledger.gate) loop perform pg_sleep(\(pause)); end loop;
                end if;
                return new;
            end $$;
            create trigger gate before insert on events for each row execute function wait_at_gate();
            """)
        return person
    }

    /// With one committer all others would wait, too.
    @Test func aSlowBatchHoldsUpOnlyItsOwn() throws {
        let host = try SpoolHost(committers: 4)
        defer { host.end() }
        let person = try closeGate(host, to: "slow", pause: 0.005)
        try host.awaitStore()
        let poster = host.poster
        let slow = Monitor<Int??>(nil)
        let sender = try Platform.Thread(name: "slow") {
            let status = poster.post("slow", to: Self.retrying).status
            slow.withLock { $0 = .some(status) }
        }
        #expect(try eventually { try !person.query(Self.sleeping).isEmpty })
        var stored = 0
        // Few, as the slow one has two seconds on a busy machine, too.
        while stored < 3, slow.withLock({ $0 }) == nil {
            #expect(host.post("other-\(stored)", to: Self.retrying).status == 200)
            stored += 1
        }
        #expect(stored == 3)
        try person.execute("delete from gate")
        sender.join()
        #expect(slow.withLock { $0 } == .some(200))
        #expect(try host.lines("select count(*) from events") == ["4"])
    }

    /// SIGSTOP of one backend: its batch fails after its deadline. The others store, and the store is never away. The backend
    /// is stopped while it sleeps: one that holds a lock on the log or on a page would stop the others, too.
    @Test func aFrozenSessionIsNotALostStore() throws {
        let host = try SpoolHost(committers: 4)
        defer { host.end() }
        let person = try closeGate(host, to: "frozen", pause: 60)
        try host.awaitStore()
        let (isOver, statuses) = (Monitor(false), Monitor([Int?]()))
        let poster = host.poster
        let senders = try (0..<8).map { number in
            try Platform.Thread(name: "send-\(number)") {
                var count = 0
                while !isOver.withLock({ $0 }) {
                    let status = poster.post("o\(number)-\(count)", to: Self.retrying).status
                    statuses.withLock { $0.append(status) }
                    count += 1
                }
            }
        }
        let freezing = try Platform.Thread(name: "frozen") {
            let status = poster.post("frozen", to: Self.retrying).status
            statuses.withLock { $0.append(status) }
        }
        var frozen: Int32?
        #expect(
            try eventually {
                frozen = try person.query(Self.sleeping).first?.optionalText(0).flatMap { Int32($0) }
                return frozen != nil
            })
        let pid = try #require(frozen)
        ChildProcess.Signal.stop.send(to: pid)
        defer { ChildProcess.Signal.resume.send(to: pid) }
        var pages: [Bool] = []
        for _ in 0..<35 {
            pages.append(try host.page("/ready").values["storing"] == true)
            SystemClock.sleep(milliseconds: 100)
        }
        isOver.change { $0 = true }
        for sender in senders + [freezing] { sender.join() }
        #expect(pages.allSatisfy { $0 })
        let answers = statuses.withLock { $0 }
        let failed = answers.filter { $0 != 200 }
        // Those of the batch of the frozen delivery.
        #expect(failed.allSatisfy { $0 == 503 } && (1...9).contains(failed.count), "\(failed.count) failed")
        #expect(try #require(Int(host.lines("select count(*) from events")[0])) >= answers.count - failed.count)
    }
}
