import Glibc
import Platform

/// Deliveries on their way through the machines of a layout, as a discrete-event simulation: nginx and a worker, the queue of
/// the responder, a committer with its batch, the router, the batch's part in each cell with its flush, and the answer.
///
/// Left out: locks between rows, which deliveries of different orders do not share; checkpoints, which the measured
/// processor time contains; jobs.
final class Queueing {
    struct Result {
        var perSecond = 0.0
        /// Microseconds from the sender's request to its answer.
        var p50 = 0.0
        var p99 = 0.0
        var meanBatch = 0.0
        /// Processor time of Postgres for each delivery.
        var postgres = 0.0
        /// The share of its capacity that each kind of machine used.
        var front = 0.0
        var router = 0.0
        var cell = 0.0
        var disk = 0.0
        /// The share of the time in which a flush was under way.
        var flushing = 0.0
    }

    private final class Front {
        let machine: Machine
        let router: Machine
        var queue = Waiting<Double>()
        var idle: Int

        init(machine: Machine, router: Machine, committers: Int) {
            self.machine = machine
            self.router = router
            idle = committers
        }
    }

    private let timeline = Timeline()
    private let costs: Costs
    private let layout: Layout
    private let load: Load
    private let fronts: [Front]
    private let cells: [(machine: Machine, log: WriteAheadLog)]
    private var random: SplitMix64
    private var latencies: [Double] = []
    private var batches = 0
    private var committed = 0
    private var postgresTime = 0.0
    private var isMeasured = false

    init(layout: Layout, costs: Costs, load: Load, seed: UInt64 = 1) {
        let timeline = timeline
        let one = layout.isOneMachine ? Machine(cores: layout.coresOfFront, timeline: timeline) : nil
        let routers = (0..<layout.routers).map { _ in Machine(cores: layout.coresOfRouter, timeline: timeline) }
        fronts = (0..<layout.fronts).map { number in
            let machine = one ?? Machine(cores: layout.coresOfFront, timeline: timeline)
            let router = routers.isEmpty ? machine : routers[number % routers.count]
            return Front(machine: machine, router: router, committers: layout.committers)
        }
        cells = (0..<layout.cells).map { _ in
            (
                one ?? Machine(cores: layout.coresOfCell, timeline: timeline),
                WriteAheadLog(timeline: timeline, latency: costs.flush, microsecondsPerDelivery: costs.write)
            )
        }
        self.layout = layout
        self.costs = costs
        self.load = load
        random = SplitMix64(seed: seed)
    }

    /// Runs the warm-up and the measured time.
    /// - Parameter seconds: of simulated time that are measured; a third of it comes before.
    func run(seconds: Double) -> Result {
        switch load {
        case .connections(let count):
            for number in 0..<count { arrive(at: number % fronts.count) }
        case .rate(let perSecond):
            expect(meanDelay: 1e6 / perSecond)
        }
        timeline.run(until: seconds * 1e6 / 3)
        isMeasured = true
        let before = (
            fronts: used(fronts.map(\.machine)), cells: used(cells.map(\.machine)), disks: sum(\.used),
            flushes: sum(\.occupied)
        )
        let routersBefore = used(fronts.map(\.router))
        timeline.run(until: timeline.now + seconds * 1e6)
        let time = seconds * 1e6
        latencies.sort()
        var result = Result()
        result.perSecond = Double(latencies.count) / seconds
        result.p50 = latencies.isEmpty ? .infinity : latencies[latencies.count / 2]
        result.p99 = latencies.isEmpty ? .infinity : latencies[latencies.count * 99 / 100]
        result.meanBatch = Double(committed) / Double(max(1, batches))
        result.postgres = postgresTime / Double(max(1, committed))
        result.front = (used(fronts.map(\.machine)) - before.fronts) / (time * capacity(fronts.map(\.machine)))
        result.router = (used(fronts.map(\.router)) - routersBefore) / (time * capacity(fronts.map(\.router)))
        result.cell = (used(cells.map(\.machine)) - before.cells) / (time * capacity(cells.map(\.machine)))
        result.disk = (sum(\.used) - before.disks) / (time * Double(cells.count))
        result.flushing = (sum(\.occupied) - before.flushes) / (time * Double(cells.count))
        return result
    }

    // MARK: - The way of a delivery

    private func expect(meanDelay: Double) {
        // The time to the next of many independent senders has an exponential distribution.
        timeline.after(-meanDelay * log(Double.random(in: 0x1p-53..<1, using: &random))) { [self] in
            arrive(at: Int.random(in: 0..<fronts.count, using: &random))
            expect(meanDelay: meanDelay)
        }
    }

    private func arrive(at number: Int) {
        let front = fronts[number]
        let begin = timeline.now
        front.machine.use(costs.client + costs.nginx / 2 + costs.responder * (1 - costs.committing)) { [self] in
            front.queue.append(begin)
            commit(front, number: number)
        }
    }

    private func commit(_ front: Front, number: Int) {
        guard front.idle > 0, front.queue.count > 0 else { return }
        let batch = front.queue.take(layout.batch)
        front.idle -= 1
        front.machine.use(costs.responder * costs.committing * Double(batch.count)) { [self] in
            guard layout.cells > 1 else {
                return record(batch.count, in: 0) { [self] in answer(batch, of: front, number: number) }
            }
            front.router.use(costs.router * Double(batch.count)) { [self] in
                split(batch) { [self] in answer(batch, of: front, number: number) }
            }
        }
    }

    /// Each cell commits its part; the batch ends with the last one.
    private func split(_ batch: [Double], then end: @escaping () -> Void) {
        var parts = Array(repeating: 0, count: cells.count)
        for _ in batch { parts[Int.random(in: 0..<cells.count, using: &random)] += 1 }
        var open = parts.count { $0 > 0 }
        for (cell, count) in parts.enumerated() where count > 0 {
            record(count, in: cell) {
                open -= 1
                if open == 0 { end() }
            }
        }
    }

    private func record(_ count: Int, in cell: Int, then end: @escaping () -> Void) {
        let each = costs.postgres + (layout.cells > 1 ? costs.cell : 0)
        let demand = costs.postgresBatch + each * Double(count)
        if isMeasured {
            batches += 1
            committed += count
            postgresTime += demand
        }
        timeline.after(costs.roundTrip / 2) { [self] in
            cells[cell].machine.use(demand) { [self] in
                cells[cell].log.flush(deliveries: count) { [self] in
                    timeline.after(costs.roundTrip / 2, end)
                }
            }
        }
    }

    private func answer(_ batch: [Double], of front: Front, number: Int) {
        front.idle += 1
        commit(front, number: number)
        for begin in batch {
            front.machine.use(costs.nginx / 2) { [self] in
                if isMeasured { latencies.append(timeline.now - begin) }
                if case .connections = load { arrive(at: number) }
            }
        }
    }

    // MARK: - Sums

    /// Of different machines: several roles may be on one.
    private func different(_ machines: [Machine]) -> [ObjectIdentifier: Machine] {
        Dictionary(machines.map { (ObjectIdentifier($0), $0) }) { first, _ in first }
    }

    private func used(_ machines: [Machine]) -> Double {
        different(machines).values.map(\.used).sorted().reduce(0, +)
    }

    private func capacity(_ machines: [Machine]) -> Double {
        Double(different(machines).values.reduce(0) { $0 + $1.cores })
    }

    private func sum(_ figure: KeyPath<WriteAheadLog, Double>) -> Double {
        cells.reduce(0) { $0 + $1.log[keyPath: figure] }
    }
}
