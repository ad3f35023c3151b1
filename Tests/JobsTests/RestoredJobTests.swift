import HTTPReceiver
import JobsSupport
import Ledger
import Outbound
import Platform
import Postgres
import Rules
import Settings
import TestThreads
import Testing

@testable import Jobs

/// Jobs of a restored database: held until a person releases them, and then those that may have run before are in doubt.
@Suite(.blocking) struct RestoredJobTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func advance(_ file: GenerationFile) throws -> RestoreHold.State {
        try RestoreHold.advance(file, unwritten: { Issue.record("\($0)") }, on: fixture.connect())
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try body(folder)
    }

    private func release(since: String? = nil, buries: Bool = false, known: Int64? = nil) throws -> RestoreHold.Release
    {
        try RestoreHold.release(
            since: nil, buries: buries, known: known, actor: "test", reason: nil,
            on: fixture.connect(as: "hookledger_operator"))
    }

    private func hold() throws {
        try RestoreHold.hold(
            "It was restored.", known: nil, knownUntil: nil, on: fixture.connect(as: "hookledger_operator"))
    }

    @Test func aHostCountsUpAndKeepsTheNumber() throws {
        try inFolder { folder in
            let file = GenerationFile(folder + "/a/generation")
            guard case .unknownHost(let reason) = try advance(file) else {
                Issue.record("it has no file")
                return
            }
            #expect(reason.contains("restore --release") && reason.contains(file.path))
            #expect(try fixture.value("select generation from cluster_identity") == "0")
            try file.ensure()
            for number in 1...3 {
                guard case .open = try advance(file) else {
                    Issue.record("held")
                    return
                }
                #expect(try file.read() == Int64(number))
            }
            // Another host is behind, which is no sign of a restore.
            let other = GenerationFile(folder + "/b")
            try other.write(1)
            guard case .open = try advance(other) else {
                Issue.record("held")
                return
            }
            #expect(try other.read() == 4)
            for damaged in ["", "x", "-1", "1 2x"] {
                try Files.write(folder + "/b", text: damaged)
                guard case .unknownHost = try advance(other) else {
                    Issue.record("\(damaged) is no number")
                    return
                }
            }
            #expect(try fixture.count("restores") == 0)
        }
    }

    /// An older dump in the same cluster: its generation is lower than that of the file.
    @Test func anOlderDatabaseIsHeldUntilItIsReleased() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        let action = TestAction.posting(receiver.url, doubt: .report)
        try inFolder { folder in
            let file = GenerationFile(folder + "/generation")
            try file.write(5480)
            try fixture.superuser.execute("update cluster_identity set generation = 5000")
            try fixture.enqueue(3)
            guard case .held(let open) = try advance(file) else {
                Issue.record("not held")
                return
            }
            #expect(open.reason.contains("5480"))
            // A run without the gate (an earlier program) claims nothing either.
            #expect(try fixture.run([action]).claimed == 0)
            try fixture.enqueue(2)
            #expect(try fixture.run([action]).claimed == 0)
            let done = try release(known: 5480)
            #expect(done.released == 5 && done.buried == 0 && done.generation > 5480)
            guard case .open = try advance(file) else {
                Issue.record("still held")
                return
            }
            // The three may have run, and this destination cannot be asked; the two came after the restore.
            let report = try fixture.run([action])
            #expect(report.done == 2 && report.dead == 3 && report.uncertain == 3, "\(report)")
            #expect(receiver.taken.count == 2)
            // The same dump again.
            try fixture.superuser.execute("update cluster_identity set generation = 5000")
            guard case .held = try advance(file) else {
                Issue.record("not noticed again")
                return
            }
            #expect(try release().generation > done.generation)
        }
    }

    @Test func aDumpInAnotherClusterIsHeld() throws {
        try inFolder { folder in
            let file = GenerationFile(folder + "/generation")
            try file.ensure()
            try fixture.superuser.execute("update cluster_identity set system_identifier = 1")
            guard case .held(let open) = try advance(file) else {
                Issue.record("not held")
                return
            }
            #expect(open.reason.contains("another cluster"))
        }
    }

    /// `hookledger migrate` makes the cluster's identity that of the new one: it must not hide the restore.
    @Test func aMigrationHidesNoRestore() throws {
        try fixture.superuser.execute("update cluster_identity set system_identifier = 1")
        try fixture.superuser.execute("select remove_transaction_numbers()")
        #expect(try fixture.value("select is_held()") == "true")
    }

    /// The destination says whether the effect exists: it is not repeated, and not lost.
    @Test func aDestinationIsAskedWhereItCanBe() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try fixture.enqueue(4)
        try hold()
        _ = try release()
        let there: Set<Int64> = [1, 3]
        var action = TestAction.posting(receiver.url, doubt: .ask)
        let asked = try Receiver { _, _ in .answer(200) }
        action.asked = { .init(method: "GET", url: asked.url, headers: [.init("X-Key", "\($0.event.id)")], body: []) }
        let events = Locked<[Int64]>([])
        action.found = { _ in
            let number = events.withLock { all -> Int in
                all.append(0)
                return all.count
            }
            return there.contains(Int64(number)) ? .happened(externalID: nil) : .didNotHappen
        }
        let report = try fixture.run([action])
        #expect(report.done == 4 && report.dead == 0, "\(report)")
        #expect(asked.taken.count == 4)
        #expect(receiver.taken.count == 2)
    }

    /// What a person decides about a job in doubt stands.
    @Test func aPersonRepeatsOne() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        let action = TestAction.posting(receiver.url, doubt: .report)
        try fixture.enqueue(1)
        try hold()
        _ = try release()
        #expect(try fixture.run([action]).uncertain == 1)
        let operating = try fixture.connect(as: "hookledger_operator")
        _ = try operating.query(
            "select * from hookledger.retry_dead_letters(null, null, null, null, null, null, 10, true, '0', true)")
        #expect(try fixture.run([action]).done == 1)
        #expect(receiver.taken.count == 1)
    }

    /// Timers that were not due before the restore cannot have run.
    @Test func aTimerThatWasNotDueRuns() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try fixture.enqueue(1)
        try fixture.superuser.execute("update jobs set run_at = now() + interval '2 seconds'")
        try hold()
        _ = try release()
        SystemClock.sleep(milliseconds: 2100)
        let report = try fixture.run([TestAction.posting(receiver.url, doubt: .report)])
        #expect(report.done == 1 && receiver.taken.count == 1)
    }

    /// An event older than the restore that is received again after it: from the spool, or by a comparison with the provider.
    @Test func anOlderEventThatIsReceivedAgainIsInDoubt() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try hold()
        _ = try release()
        try fixture.enqueue(2)
        try fixture.superuser.execute(
            "update events set occurred_at = now() - interval '1 hour' where id = (select min(id) from events)")
        let report = try fixture.run([TestAction.posting(receiver.url, doubt: .report)])
        #expect(report.done == 1 && report.uncertain == 1, "\(report)")
    }

    /// It has another id than before, so a destination that takes the same request once does not know it, unless the effect
    /// is one of its order.
    @Test(arguments: [false, true]) func aRequestUnderAnotherIdIsNotTheSame(isOfOrder: Bool) throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try hold()
        _ = try release()
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute("update events set occurred_at = now() - interval '1 hour'")
        var action = TestAction.posting(receiver.url, doubt: .repeatable)
        if isOfOrder { action.key = { "order:\($0.order?.id ?? "")" } }
        let report = try fixture.run([action])
        #expect(report.done == (isOfOrder ? 1 : 0) && report.uncertain == (isOfOrder ? 0 : 1), "\(report)")
        #expect(receiver.taken.count == report.done)
    }

    @Test func buriedOnesBecomeDeadLetters() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try fixture.enqueue(3)
        try hold()
        try fixture.enqueue(1)
        let done = try release(buries: true)
        #expect(done.buried == 3 && done.released == 1)
        #expect(try fixture.run([TestAction.posting(receiver.url, doubt: .report)]).done == 1)
        #expect(try fixture.count("dead_letters") == 3)
        #expect(try fixture.count("job_attempts", "outcome = 'dead' and reason = 'not released after a restore'") == 3)
        #expect(try fixture.count("operator_log", "action = 'restore.release'") == 1)
    }

    /// Responders learn of the hold with their commits, and earlier ones read a long silence.
    @Test func respondersHearOfIt() throws {
        let writer = LedgerWriter(
            conninfo: try fixture.conninfo("hookledger_ingest"), deadline: .seconds(5))
        try fixture.superuser.execute("select beat(now())")
        #expect(try writer.commitCanary(now: SystemClock.now).isHeld == false)
        try hold()
        let signs = try writer.commitCanary(now: SystemClock.now)
        #expect(signs.isHeld && signs.batchSeenAt == nil)
        _ = try release()
        #expect(try writer.commitCanary(now: SystemClock.now).batchSeenAt != nil)
    }
}
