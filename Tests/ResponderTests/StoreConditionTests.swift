import Ledger
import Postgres
import Testing
import Webhooks

@testable import Responder

/// What is known of the store from commits and their time.
@Suite struct StoreConditionTests {
    private static let second: Int64 = 1_000_000_000
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)

    private func condition(_ end: StoreCondition.End, spool: Bool? = nil) -> StoreCondition {
        var condition = StoreCondition()
        let ticket = condition.begin(at: 0)
        condition.end(ticket, end, at: 0)
        condition.spoolWorks = spool
        return condition
    }

    @Test func onlyACommitShowsThatItStores() {
        #expect(StoreCondition().fault(at: 0) == .starting)
        #expect(StoreCondition().storing(at: 0) == .nowhere)
        #expect(condition(.stored).storing(at: Self.second) == .database)
    }

    /// SIGSTOP of Postgres, or a synchronous standby that is gone.
    @Test func aCommitThatHangsStoresNothing() {
        var condition = condition(.stored)
        _ = condition.begin(at: 10 * Self.second)
        #expect(condition.storing(at: 12 * Self.second) == .database)
        #expect(condition.fault(at: 13 * Self.second) == .hanging)
    }

    /// A frozen session of one committer, while others store.
    @Test func oneCommitThatHangsDoesNotHideThoseThatAreStored() {
        var condition = condition(.stored)
        let hanging = condition.begin(at: 10 * Self.second)
        let other = condition.begin(at: 11 * Self.second)
        condition.end(other, .stored, at: 12 * Self.second)
        #expect(condition.fault(at: 13 * Self.second) == nil)
        #expect(condition.fault(at: 15 * Self.second) == .hanging)
        // Another committer tries sooner while one has not ended.
        #expect(condition.isCanaryDue(at: 13 * Self.second))
        // It failed, and a newer commit was stored.
        condition.end(hanging, .failed(.unreachable), at: 16 * Self.second)
        #expect(condition.fault(at: 16 * Self.second) == nil)
    }

    /// A trigger on the events refuses all deliveries, and the canary writes none.
    @Test func aCanaryDoesNotHideThatDeliveriesFail() {
        var condition = condition(.stored)
        func commit(_ end: StoreCondition.End, isCanary: Bool = false, at second: Int64) {
            let ticket = condition.begin(at: second * Self.second, isCanary: isCanary)
            condition.end(ticket, end, at: second * Self.second)
        }
        func fault(at second: Int64) -> StoreCondition.Fault? { condition.fault(at: second * Self.second) }
        // One or two may fail for their own bodies.
        for second in [10, 20] as [Int64] {
            commit(.failed(.refusing), at: second)
            #expect(fault(at: second) == .refusing)
            commit(.stored, isCanary: true, at: second + 1)
            #expect(fault(at: second + 1) == nil)
        }
        commit(.failed(.refusing), at: 30)
        commit(.stored, isCanary: true, at: 31)
        #expect(fault(at: 31) == .refusing)
        commit(.stored, at: 32)
        #expect(fault(at: 32) == nil)
        // Deliveries a minute apart show nothing together, nor do those of a store that was away.
        for second in [100, 161, 222] as [Int64] { commit(.failed(.refusing), at: second) }
        for second in [223, 224, 225] as [Int64] { commit(.failed(.unreachable), at: second) }
        commit(.stored, isCanary: true, at: 226)
        #expect(fault(at: 226) == nil)
        for second in [227, 228] as [Int64] { commit(.failed(.full), at: second) }
        commit(.stored, isCanary: true, at: 280)
        #expect(fault(at: 280) == .full)
        commit(.stored, isCanary: true, at: 289)
        #expect(fault(at: 289) == nil)
    }

    @Test func oneCanaryIsUnderWayAtATime() {
        var condition = StoreCondition()
        let canary = condition.begin(at: 0, isCanary: true)
        #expect(!condition.isCanaryDue(at: 60 * Self.second))
        condition.end(canary, .failed(.unreachable), at: Self.second)
        #expect(condition.isCanaryDue(at: Self.second))
    }

    /// The committing thread has ended: nothing new is heard from it.
    @Test func aCommitOfLongAgoShowsNothing() {
        #expect(condition(.stored).fault(at: 14 * Self.second) == nil)
        #expect(condition(.stored).fault(at: 16 * Self.second) == .silent)
    }

    @Test func theSpoolTakesWhatTheDatabaseDoesNot() {
        let failed = StoreCondition.End.failed(.unreachable)
        #expect(condition(failed).storing(at: 0) == .nowhere)
        #expect(condition(failed, spool: false).storing(at: 0) == .nowhere)
        #expect(condition(failed, spool: true).storing(at: 0) == .spool)
        #expect(condition(.stored, spool: true).storing(at: 0) == .database)
    }

    @Test func theCanaryIsDueOnlyWhileNothingElseIsTried() {
        #expect(StoreCondition().isCanaryDue(at: 0))
        #expect(!condition(.stored).isCanaryDue(at: 4 * Self.second))
        #expect(condition(.stored).isCanaryDue(at: 5 * Self.second))
        #expect(!condition(.failed(.locked)).isCanaryDue(at: Self.second / 2))
        #expect(condition(.failed(.locked)).isCanaryDue(at: Self.second))
        #expect(condition(.failed(.unreachable)).isCanaryDue(at: 0))
    }

    @Test(
        arguments: [
            ("25006", .readOnly), ("55P03", .locked), ("57014", .slow), ("53100", .full), ("42501", .rights),
            ("42883", .schema), ("42P01", .schema), ("55000", .partition), ("08006", .unreachable),
            ("XX000", .refusing),
        ] as [(String, StoreCondition.Fault)])
    func anErrorIsAFault(_ state: String, _ fault: StoreCondition.Fault) {
        #expect(StoreCondition.Fault(PostgresError(state: SQLState(rawValue: state), message: "")) == fault)
    }

    @Test func aDeliverysOwnValuesAreNotTheStoresFault() {
        #expect(RecordFailure.refused(PostgresError(state: .numericValueOutOfRange, message: "")).storeFault == nil)
        #expect(RecordFailure.failed(PostgresError(state: .insufficientPrivilege, message: "")).storeFault != nil)
        #expect(RecordFailure.busy.storeFault == nil)
        #expect(RecordFailure.unavailable(PostgresError(message: "")).storeFault != nil)
    }

    @Test(arguments: [(0, false), (60, false), (-60, false), (61, true), (-61, true)] as [(Int64, Bool)])
    func clocksDifferByMoreThanAMinute(_ seconds: Int64, _ differ: Bool) {
        var condition = condition(.stored)
        #expect(!condition.clocksDiffer(own: Self.now, at: 0))
        condition.hear(
            StoreSigns(clock: Self.now.advanced(bySeconds: seconds), batchSeenAt: nil), own: Self.now, at: 0)
        #expect(condition.clocksDiffer(own: Self.now, at: 0) == differ)
        // Time that passes is no difference.
        #expect(condition.clocksDiffer(own: Self.now.advanced(bySeconds: 900), at: 900_000_000_000) == differ)
        #expect(condition.batchSilence(own: Self.now, at: 0) == nil)
    }

    /// Before Postgres' next answer shows it.
    @Test(arguments: [3600, -3600, 61, -61] as [Int64]) func aStepOfTheOwnClockIsSeenAtOnce(_ step: Int64) {
        var condition = condition(.stored)
        condition.hear(StoreSigns(clock: Self.now, batchSeenAt: nil), own: Self.now, at: 5_000_000_000)
        #expect(!condition.clocksDiffer(own: Self.now.advanced(bySeconds: 1), at: 6_000_000_000))
        #expect(condition.clocksDiffer(own: Self.now.advanced(bySeconds: 1 + step), at: 6_000_000_000))
    }

    /// The clock without the step is still right: Postgres agreed with it.
    @Test(arguments: [3600, -3600, -120 * 86_400] as [Int64]) func aStepDoesNotMoveTheTimeOfReceipt(_ step: Int64) {
        let own = Self.now.advanced(bySeconds: 10 + step)
        let signs = StoreSigns(clock: Self.now, batchSeenAt: nil)
        var condition = condition(.stored)
        #expect(condition.receiptTime(own: own, at: 10_000_000_000) == own)
        condition.hear(signs, own: Self.now, at: 0)
        #expect(condition.receiptTime(own: own, at: 10_000_000_000) == Self.now.advanced(bySeconds: 10))
        let slow = Self.now.advanced(bySeconds: 12)
        #expect(condition.receiptTime(own: slow, at: 10_000_000_000) == slow)
        // Postgres still has the time without the step, and then the new one.
        condition.hear(
            StoreSigns(clock: Self.now.advanced(bySeconds: 10), batchSeenAt: nil), own: own, at: 10_000_000_000)
        #expect(condition.receiptTime(own: own, at: 10_000_000_000) == Self.now.advanced(bySeconds: 10))
        condition.hear(StoreSigns(clock: own, batchSeenAt: nil), own: own, at: 10_000_000_000)
        #expect(condition.receiptTime(own: own, at: 10_000_000_000) == own)
    }

    /// By Postgres' clock, which wrote the report.
    @Test func theSilenceOfTheBatchProcessorIsByOneClock() {
        var condition = condition(.stored)
        let there = Self.now.advanced(bySeconds: 3600)
        condition.hear(StoreSigns(clock: there, batchSeenAt: there.advanced(bySeconds: -90)), own: Self.now, at: 0)
        #expect(condition.batchSilence(own: Self.now, at: 0) == 90_000_000)
        #expect(condition.batchSilence(own: Self.now.advanced(bySeconds: 100), at: 100_000_000_000) == 190_000_000)
    }

    /// A clock that went back leaves a report from the future: it ages anyway.
    @Test func aReportFromTheFutureGrowsOld() {
        var condition = condition(.stored)
        let signs = StoreSigns(clock: Self.now, batchSeenAt: Self.now.advanced(bySeconds: 3600))
        condition.hear(signs, own: Self.now, at: 0)
        condition.hear(signs, own: Self.now, at: 200_000_000_000)
        #expect(condition.batchSilence(own: Self.now.advanced(bySeconds: 200), at: 200_000_000_000) == 200_000_000)
        let next = StoreSigns(clock: Self.now, batchSeenAt: Self.now.advanced(bySeconds: 3660))
        condition.hear(next, own: Self.now, at: 260_000_000_000)
        #expect(condition.batchSilence(own: Self.now.advanced(bySeconds: 260), at: 261_000_000_000) == 1_000_000)
    }
}
