import ShopSimulation
import TestThreads
import Testing

/// The short form of `make reconcile-demo`.
@Suite(.blocking) struct SimulationTests {
    @Test func threeDaysWithEveryFault() throws {
        var simulation = try Simulation(days: 3, seed: 1)
        let report = try simulation.run()
        #expect(report.faults.isEmpty, "\(report.text)")
        #expect(Set(report.gaps.keys).isSuperset(of: ["host_away", "not_received", "refused", "webhook_off"]))
        #expect(report.effects > 0 && report.dropped > 0 && report.refused > 0)
    }
}
