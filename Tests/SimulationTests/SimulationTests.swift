import LocalStack
import Platform
import TestThreads
import Testing

@testable import LedgerSimulation

/// The simulation itself.
@Suite(.blocking) struct SimulationTests {
    @Test func aSeedReplaysExactly() {
        for seed in 1...10 as ClosedRange<UInt64> {
            let (first, second) = (Simulation(seed: seed).run(), Simulation(seed: seed, keepsLines: true).run())
            #expect(first.hash == second.hash && first.steps == second.steps)
            #expect(first.violation == nil)
        }
        #expect(Simulation(seed: 1).run().hash != Simulation(seed: 2).run().hash)
    }

    /// Another process has other hash values of its own.
    @Test func aSeedReplaysInAnotherProcess() throws {
        let program = try Executable.folder() + "/hookledger-sim"
        let hashes = try (0..<2).map { _ in
            let command = ChildCommand([program, "--seeds", "10", "--seed", "1"])
            let run = try ChildProcess.run(command, timeout: .seconds(300))
            #expect(run.succeeded, "\(run.text)")
            return run.text.split(separator: " ").last.map(String.init)
        }
        #expect(hashes[0] != nil && hashes[0] == hashes[1])
    }

    /// Each planted fault is found, within 300 seeds.
    @Test(arguments: Plant.allCases) func aPlantedFaultIsFound(_ plant: Plant) throws {
        let found = (1...300 as ClosedRange<UInt64>).first { Simulation(seed: $0, plant: plant).run().violation != nil }
        #expect(found != nil, "\(plant.rawValue)")
    }
}
