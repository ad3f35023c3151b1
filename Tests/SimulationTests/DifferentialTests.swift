import TestThreads
import Testing

@testable import LedgerSimulation

/// The model of the store does what Postgres does.
@Suite(.blocking) struct DifferentialTests {
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func modelAndPostgresAnswerAlike(seed: UInt64) throws {
        let history = try History(seed: seed)
        for _ in 0..<6 { try history.play(25) }
        #expect(history.differences.isEmpty)
        let kinds = Set(history.operations.keys)
        #expect(kinds.isSuperset(of: ["stored", "duplicate", "claimed", "fenced", "released", "rescued", "passed"]))
    }

    /// The comparison sees what a fault of the model changes.
    @Test(arguments: [Plant.finishWithoutFence, .effectWithoutRow, .ordersJobsRunTogether, .receiptsForgotten])
    func aFaultOfTheModelIsSeen(_ plant: Plant) throws {
        let history = try History(seed: 1, plant: plant)
        for _ in 0..<6 { try history.play(25) }
        #expect(!history.differences.isEmpty)
    }
}
