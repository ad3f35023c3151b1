import Platform

/// Many seeds, each simulated on one thread.
final class Campaign: Sendable {
    struct Report: Sendable {
        var seeds = 0
        var steps = 0
        var acknowledged = 0
        var effects = 0
        var afterClockSteps = 0
        /// Of all seeds, whatever thread simulated which.
        var hash: UInt64 = 0
        var violation: (seed: UInt64, violation: Violation)?
        var nanoseconds: Int64 = 0

        var text: String {
            "\(seeds) seeds, \(steps) steps, \(acknowledged) acknowledged, \(effects) effects, "
                + "\(afterClockSteps) asked for too early after a step of Postgres' clock, \(violation == nil ? 0 : 1) violations, \(nanoseconds / 1_000_000) ms, hash \(String(hash, radix: 16))"
        }
    }

    let plant: Plant?
    private let seeds: ClosedRange<UInt64>
    private let verbose: Bool
    private let nanoseconds: Int64?
    private let next: Locked<UInt64>
    private let report = Locked(Report())

    init(seeds: ClosedRange<UInt64>, plant: Plant? = nil, verbose: Bool = false, nanoseconds: Int64? = nil) {
        self.seeds = seeds
        self.plant = plant
        self.verbose = verbose
        self.nanoseconds = nanoseconds
        next = Locked(seeds.lowerBound)
    }

    /// Simulates the seeds until the first violation.
    func run(threads count: Int) throws(SystemCallError) -> Report {
        let begin = SystemClock.monotonicNanoseconds()
        var threads: [Thread] = []
        for number in 0..<max(1, count) {
            threads.append(try Thread(name: "simulate-\(number)") { self.simulate(since: begin) })
        }
        for thread in threads { thread.join() }
        return report.withLock { report in
            var report = report
            report.nanoseconds = SystemClock.monotonicNanoseconds() - begin
            return report
        }
    }

    private func simulate(since begin: Int64) {
        while let seed = take(since: begin) {
            let simulation = Simulation(seed: seed, plant: plant, keepsLines: verbose)
            let result = simulation.run()
            if verbose { print((["seed \(seed)"] + simulation.world.lines).joined(separator: "\n")) }
            report.withLock { report in
                report.seeds += 1
                report.steps += result.steps
                report.acknowledged += result.acknowledged
                report.effects += result.effects
                report.afterClockSteps += result.afterClockSteps
                report.hash ^= (result.hash &+ seed) &* 0x9E37_79B9_7F4A_7C15
                if let violation = result.violation, seed < report.violation?.seed ?? .max {
                    report.violation = (seed, violation)
                }
            }
        }
    }

    private func take(since begin: Int64) -> UInt64? {
        if report.withLock({ $0.violation != nil }) { return nil }
        if let nanoseconds, SystemClock.monotonicNanoseconds() - begin > nanoseconds { return nil }
        return next.withLock { next in
            guard next <= seeds.upperBound else { return nil }
            defer { next += 1 }
            return next
        }
    }
}
