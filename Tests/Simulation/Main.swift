import ArgumentParser
import Platform
import Settings

/// Simulates the ledger's programs with faults, seed by seed.
@main
struct HookledgerSim: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookledger-sim",
        abstract: "Simulate the responder, the batch processor and their faults, seed by seed; a seed replays exactly.")

    @Option(help: "How many seeds.") var seeds: UInt64 = 1000
    @Option(help: "The first seed.") var seed: UInt64 = 1
    @Option(help: "How many threads; each simulates whole seeds.") var threads: Int?
    @Option(help: "End after this many seconds, however many seeds are left.") var seconds: Int?
    @Option(help: "Plant this fault, and stop at the first seed that finds it: \(Self.plants).")
    var plant: String?
    @Flag(help: "Print the trace of each seed.") var verbose = false

    private static let plants = Plant.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        if let plant, Plant(rawValue: plant) == nil { throw ValidationError("there is no planted fault \(plant)") }
        if seeds == 0 { throw ValidationError("--seeds must be at least 1") }
    }

    func run() throws {
        let campaign = Campaign(
            seeds: seed...(seed + (seeds - 1)), plant: plant.flatMap(Plant.init), verbose: verbose,
            nanoseconds: seconds.map { Int64($0) * 1_000_000_000 })
        let report = try campaign.run(threads: threads ?? Processors.usable)
        print(report.text)
        if let found = report.violation {
            print("seed \(found.seed): \(found.violation.rule): \(found.violation.detail)")
            let again = Simulation(seed: found.seed, plant: campaign.plant, keepsLines: true)
            _ = again.run()
            for line in again.world.lines.suffix(40) { print("  \(line)") }
            print("again: hookledger-sim --seeds 1 --seed \(found.seed) --verbose")
            throw ExitCode.failure
        }
    }
}
