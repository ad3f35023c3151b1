import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// Postgres answers, and locks or errors in it are in the way: only the deliveries concerned are affected, and what is
/// never sent again is kept.
@Suite(.serialized, .alone) struct LedgerFaultTests {
    static let retrying = "/webhook/retrying"

    func postgres(_ host: SpoolHost) throws -> Connection {
        try Connection(
            conninfo: host.cluster.conninfo(), applicationName: "tests", settings: [("search_path", "hookledger")])
    }

    /// Posts each order once, from several threads.
    /// - Returns: the statuses by order.
    private func post(_ orders: [String], to path: String, threads: Int, _ host: SpoolHost) throws -> [String: Int] {
        let left = Monitor(orders)
        let statuses = Monitor([String: Int]())
        let credentials = host.poster
        let senders = try (0..<threads).map { number in
            try Platform.Thread(name: "send-\(number)") {
                while let order = left.withLock({ $0.popLast() }) {
                    let status = credentials.post(order, to: path).status ?? 0
                    statuses.withLock { $0[order] = status }
                }
            }
        }
        for sender in senders { sender.join() }
        return statuses.withLock { $0 }
    }

    @Test(
        arguments: [
            "select from orders where order_id = 'held' for update",
            "update receipts set event_id = event_id where dedupe_key in (select dedupe_key from receipts where event_id = 1)",
        ], [1, 4])
    func besideALockedRowNearlyAllIsStored(lock: String, committers: Int) throws {
        let host = try SpoolHost(committers: committers)
        defer { host.end() }
        #expect(host.post("held", to: Self.retrying, at: 1_735_380_000).status == 200)
        let person = try postgres(host)
        try person.execute("begin; " + lock)
        // Beside it, updates of the locked order, or repetitions of the locked receipt.
        let isReceipt = lock.contains("receipts")
        let heldNow = Monitor([Int?]())
        let poster = host.poster
        let holders = try (0..<8).map { number in
            try Platform.Thread(name: "held-\(number)") {
                let status = poster.post("held", to: Self.retrying, at: isReceipt ? 1_735_380_000 : nil).status
                heldNow.withLock { $0.append(status) }
            }
        }
        let statuses = try post((0..<1000).map { "o\($0)" }, to: Self.retrying, threads: 16, host)
        for holder in holders { holder.join() }
        #expect(statuses.values.count { $0 == 200 } >= 990)
        // The fifth failure of one delivery is its own, while others are recorded: then it is spooled.
        let answered = heldNow.withLock { $0 }
        #expect(answered.count { $0 == 503 } >= 4 && answered.allSatisfy { [503, 200].contains($0) })
        try person.execute("rollback")
        #expect(host.post("held", to: Self.retrying).status == 200)
        #expect(try host.log().contains("another transaction holds its row"))
        #expect(try !host.log().contains("Postgres is away"))
    }

    /// A row that stays locked costs no subscription, whatever the source's policy.
    @Test func aDeliveryThatIsBusyFiveTimesIsSpooled() throws {
        let host = try SpoolHost()
        defer { host.end() }
        #expect(host.post("one", to: Self.retrying, at: 1_735_380_000).status == 200)
        let person = try postgres(host)
        try person.execute("begin; select from orders for update")
        var answered: [Int?] = []
        for number in 1...5 {
            answered.append(host.post("one", to: Self.retrying, at: 1_735_380_001).status)
            #expect(host.post("between-\(number)", to: Self.retrying).status == 200)
        }
        #expect(answered == [503, 503, 503, 503, 200])
        #expect(try host.hasSpooled())
        try person.execute("rollback")
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try !host.hasSpooled())
        #expect(try host.lines("select count(*) from events where subject = 'order:one'") == ["2"])
        // The responder writes what it has noted once a second.
        let noted = "select source, status from refusals where kind = 'not_recorded'"
        #expect(try eventually { try host.lines(noted) == ["retrying|200"] })
    }

    @Test func aLockThatEndsInTimeIsWaitedForAndOneThatDoesNotIsSpooled() throws {
        let host = try SpoolHost()
        defer { host.end() }
        #expect(host.post("one", at: 1_735_380_000).status == 200)
        let person = try postgres(host)
        try person.execute("begin; select from orders for update")
        let poster = host.poster
        let status = Monitor<Int??>(nil)
        let sender = try Platform.Thread(name: "sender") {
            let answered = poster.post("one", to: "/webhook/tiktok").status
            status.withLock { $0 = .some(answered) }
        }
        // By then it is held back.
        SystemClock.sleep(milliseconds: 300)
        #expect(status.withLock { $0 } == nil)
        try person.execute("rollback")
        sender.join()
        #expect(status.withLock { $0 } == .some(200))
        #expect(try !host.hasSpooled())
        try person.execute("begin; select from orders for update")
        #expect(host.post("one", at: 1_735_380_001).status == 200)
        #expect(try host.hasSpooled())
        try person.execute("rollback")
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try !host.hasSpooled())
        #expect(try host.lines("select count(*) from events") == ["3"])
    }

    /// No right, no function, no partition: nothing is recorded, and nothing is lost.
    @Test(arguments: [
        (
            "revoke execute on function record_2 from hookledger_ingest",
            "grant execute on function record_2 to hookledger_ingest"
        ),
        ("alter function record_2 rename to away", "alter function away rename to record_2"),
        ("alter table events rename to away", "alter table away rename to events"),
    ]) func aFaultOfTheDatabaseCostsNoDelivery(fault: String, cure: String) throws {
        let host = try SpoolHost()
        defer { host.end() }
        let person = try postgres(host)
        #expect(host.post("before").status == 200)
        try person.execute(fault)
        try #require(host.post("spooled").status == 200)
        let answer = host.post("later", to: Self.retrying)
        #expect(answer.status == 503)
        #expect(answer.body == #"{"error":"unavailable"}"#)
        #expect(try host.hasSpooled())
        #expect(try host.log().contains("Postgres failed to record it"))
        #expect(try !host.log().contains("Postgres is away"))
        // The import finds no other delivery that is recorded: all of it stays.
        if !fault.contains("hookledger_ingest") {
            _ = try host.startBatch().wait(timeout: .seconds(patience))
            #expect(try host.hasSpooled())
        }
        try person.execute(cure)
        #expect(host.post("later", to: Self.retrying).status == 200)
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try !host.hasSpooled())
        #expect(
            try host.lines("select order_id from orders order by order_id") == ["before", "later", "spooled"])
        // Written once a second, for the alert.
        #expect(
            eventually {
                let rows = try? host.lines("select source, status from refusals where kind = 'not_recorded'")
                return Set(rows ?? []).isSuperset(of: ["tiktok-shop|200", "retrying|503"])
            })
    }

    /// One body that a trigger refuses: the others are stored, it costs no subscription, and ends in aside/.
    @Test func aBodyThatPostgresFailsAtAffectsNoOther() throws {
        let host = try SpoolHost()
        defer { host.end() }
        let person = try postgres(host)
        try person.execute(
            """
            create function refuse_poison() returns trigger language plpgsql as $$ begin
                if convert_from(new.body, 'UTF8') like '%poison%' then
                    raise exception 'planted' using errcode = 'XX000';
                end if;
                return new;
            end $$;
            create trigger poison before insert on events for each row execute function refuse_poison();
            """)
        let others = (0..<300).map { "o\($0)" }
        let statuses = try post(others + ["poison"], to: Self.retrying, threads: 16, host)
        #expect(statuses["poison"] == 503)
        #expect(others.allSatisfy { statuses[$0] == 200 })
        // Its sender retries. While others are recorded, the fifth failure is the body's own.
        var answered: [Int?] = []
        for _ in 0..<5 {
            answered.append(host.post("retried-poison", to: Self.retrying, at: 1_735_380_000).status)
            #expect(host.post("between-\(answered.count)", to: Self.retrying).status == 200)
        }
        #expect(answered == [503, 503, 503, 503, 200])
        #expect(try host.hasSpooled())
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try !host.hasSpooled())
        #expect(try Files.list(host.spool + "/later").count == 1)
        #expect(try host.log().contains("Spooled delivery failed, retrying later"))
        #expect(try host.lines("select count(*) from events where subject like '%poison'") == ["0"])
        try person.execute("drop trigger poison on events")
        for name in try Files.list(host.spool + "/later") {
            _ = try ChildProcess.run(
                ChildCommand(["touch", "-d", "2 hours ago", host.spool + "/later/" + name]))
        }
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try Files.list(host.spool + "/later").isEmpty)
        #expect(try host.lines("select count(*) from events where subject = 'order:retried-poison'") == ["1"])
    }
}

extension LedgerFaultTests {
    /// The server has no room: whether something was committed does not matter, as nothing is answered 2xx for it.
    @Test func aServerWithoutRoomIsAskedLater() throws {
        let host = try SpoolHost()
        defer { host.end() }
        let person = try postgres(host)
        #expect(host.post("before").status == 200)
        try person.execute(
            """
            create function refuse_all() returns trigger language plpgsql as $$ begin
                raise exception 'planted' using errcode = 'disk_full';
            end $$;
            create trigger full_disk before insert on events for each row execute function refuse_all();
            """)
        #expect(host.post("later", to: Self.retrying).status == 503)
        #expect(host.post("spooled").status == 200)
        #expect(try host.hasSpooled())
        try person.execute("drop trigger full_disk on events")
        try host.awaitStore()
        #expect(host.post("later", to: Self.retrying).status == 200)
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(
            try host.lines("select order_id from orders order by order_id") == ["before", "later", "spooled"])
    }

    /// The synchronous standby is gone: a COMMIT hangs until it is cancelled, and each try would leave a backend.
    @Test func aCommitThatHangsTakesFewSlots() throws {
        let host = try SpoolHost()
        defer { host.end() }
        #expect(host.post("before").status == 200)
        let person = try postgres(host)
        try person.execute("alter system set synchronous_standby_names = 'gone'")
        try person.execute("select pg_reload_conf()")
        // The backends read the new settings at their next statement.
        SystemClock.sleep(milliseconds: 300)
        let most = Monitor(0)
        let isOver = Monitor(false)
        let info = host.cluster.conninfo()
        let watching = try Platform.Thread(name: "watch") {
            guard let watcher = try? Connection(conninfo: info, applicationName: "watch") else { return }
            let count = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'"
            while !isOver.withLock({ $0 }) {
                let hanging = (try? watcher.query(count).only().int(0)) ?? 0
                most.withLock { $0 = max($0, hanging) }
                SystemClock.sleep(milliseconds: 50)
            }
        }
        var statuses: [Int?] = []
        for number in 0..<8 { statuses.append(host.post("hang-\(number)", to: Self.retrying).status) }
        let spooled = host.post("kept").status
        isOver.change { $0 = true }
        watching.join()
        #expect(statuses.allSatisfy { $0 == 503 })
        #expect(spooled == 200)
        // The committer's own, and for a moment the one before it; those of counters and refusals.
        #expect(most.withLock { $0 } > 0 && most.withLock { $0 } <= 4)
        try person.execute("alter system reset synchronous_standby_names")
        try person.execute("select pg_reload_conf()")
        try host.awaitStore()
        #expect(eventually { host.post("after", to: Self.retrying).status == 200 })
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        let doubled = "select count(*) - count(distinct subject) from events where subject like '%hang%'"
        #expect(try host.lines(doubled) == ["0"])
        #expect(try host.lines("select order_id from orders where order_id in ('after', 'kept')").count == 2)
    }
}
