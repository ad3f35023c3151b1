import Jobs
import Ledger

/// One seed: senders, a responder, the batch processor, Postgres, a spool and destinations, with the faults of the seed;
/// then all faults end, and everything must come to its end.
final class Simulation {
    static let maxAttempts = 6
    static let actions = SimAction.Settling.allCases.map { SimAction(settling: $0) }

    let world: World
    private let faults: Faults
    private let server: Server
    private let spool = SimSpool()
    private let judge: Judge
    private let network: Network
    private var responder: Responder?
    private var lives: [Responder] = []
    private var runs: [BatchProcess] = []
    private var runCount: Int64 = 0
    private var lastRequest: Int64 = 0
    /// The senders that still want an answer.
    private var open = 0
    private let events: Int64
    private static let second: Int64 = 1_000_000_000

    init(seed: UInt64, plant: Plant? = nil, keepsLines: Bool = false) {
        world = World(seed: seed, plant: plant, keepsLines: keepsLines)
        faults = Faults(world)
        server = Server(world, faults)
        judge = Judge(world, server, spool)
        network = Network(world, server, judge)
        events = world.int(5...60)
    }

    /// The outcome.
    struct Result {
        let hash: UInt64
        let steps: Int
        let acknowledged: Int
        let effects: Int
        let afterClockSteps: Int
        let violation: Violation?
    }

    func run() -> Result {
        var violation: Violation?
        do throws(Violation) {
            try simulate()
        } catch {
            violation = error
        }
        world.clear()
        for life in lives { life.dispose() }
        return Result(
            hash: world.hash, steps: world.steps, acknowledged: judge.acknowledged.count, effects: judge.done.count,
            afterClockSteps: judge.afterClockSteps,
            violation: violation)
    }

    private func simulate() throws(Violation) {
        startResponder()
        cron()
        _ = Importer(world, server, spool, judge)
        send()
        disturb()
        let end = world.now + faults.seconds * Self.second
        try world.run(until: end)
        heal()
        // Waits that were chosen while a clock was an hour ahead are the longest.
        try world.run(until: end + 4 * 3600 * Self.second) { [self] in isDrained }
        guard isDrained else {
            throw Violation(
                rule: "everything comes to its end",
                detail: "senders \(open), files \(spool.files.count), open jobs \(openJobs)")
        }
        world.note(.drained)
        try judge.drained()
    }

    private var openJobs: Int { server.store.jobs.values.count { $0.state != .dead } }
    private var isDrained: Bool { open == 0 && spool.files.isEmpty && openJobs == 0 }

    // MARK: Programs

    private func startResponder() {
        let life = Responder(world, server, spool, judge, committers: 1 + world.index(4))
        lives.append(life)
        responder = life
    }

    /// A run each minute, beside those that still work.
    private func cron() {
        runs.removeAll(where: \.hasEnded)
        // Nobody needs it now.
        if server.isHealed, open == 0 { responder?.kill() }
        if server.isHealed || runs.count < 3 {
            runCount += 1
            runs.append(
                BatchProcess(world, server, judge, network, number: runCount, once: server.isHealed))
        }
        world.after((server.isHealed ? 60 : world.int(10...60)) * Self.second) { [self] in cron() }
    }

    // MARK: Senders

    private func send() {
        let orders = world.int(1...12)
        for event in 1...events {
            var delivery = SimDelivery(request: 0, event: event, order: world.int(1...orders), occurredAt: event)
            delivery.spools = delivery.order % 2 == 0
            delivery.actions = Self.actions.map(\.name).filter { _ in world.happens(500) }
            if world.happens(faults.poison) { delivery.poison = [.values, .trigger, .slow, .ending][world.index(4)] }
            let tries = world.index(6)
            open += 1
            world.after(world.int(0...faults.seconds * Self.second)) { [self] in post(delivery, tries: tries) }
        }
    }

    private func post(_ delivery: SimDelivery, tries: Int) {
        lastRequest += 1
        let request = SimDelivery(request: lastRequest, copy: delivery)
        world.note(.sent, lastRequest, delivery.event)
        var isOver = false
        func end(_ status: Int64) {
            if isOver { return }
            isOver = true
            // Some send again what was acknowledged.
            if status == 200 ? world.happens(950) : tries == 0 { return open -= 1 }
            world.after(world.int(1...20) * Self.second) { [self] in post(delivery, tries: max(0, tries - 1)) }
        }
        guard let responder, responder.isAlive, !responder.state.isClosed else { return end(502) }
        responder.receive(request, end)
        world.after(30 * Self.second) { end(504) }
    }

    // MARK: Faults

    private func disturb() {
        world.after(world.int(50...1000) * 1_000_000) { [self] in
            if server.isHealed { return }
            if world.happens(faults.kills * 10) { strikeResponder() }
            if world.happens(faults.kills * 10), let run = runs.filter({ !$0.hasEnded }).last { run.kill() }
            if world.happens(faults.freezes * 5) { responder?.freeze(world.int(1...10) * Self.second) }
            if world.happens(faults.freezes * 5), let run = runs.filter({ !$0.hasEnded }).first {
                let pause = world.int(1...150) * Self.second
                if world.happens(500) { run.freeze(pause) } else { run.freezeBeforeCall(pause) }
            }
            disturb()
        }
        for _ in 0..<faults.outages where server.hanging.isEmpty && !started {
            spell(15, .databaseDown, begin: { $0.isDown = true }, end: { $0.isDown = false })
        }
        for _ in 0..<faults.fullDisks where !started {
            spell(20, .diskFull, begin: { $0.isFull = true }, end: { $0.isFull = false })
            spoolSpell()
        }
        for _ in 0..<faults.rowLocks where !started {
            let order = world.int(1...12)
            spell(
                10, .locked, begin: { $0.lockedOrders.insert(order) }, end: { _ = $0.lockedOrders.remove(order) })
        }
        for _ in 0..<faults.clockSteps where !started {
            let step = (world.happens(500) ? 1 : -1) * world.int(1...3600) * 1_000_000
            spell(60, .clockStepped, begin: { $0.stepClock(by: step) }, end: { _ in })
        }
        started = true
    }

    private var started = false

    /// Something that lasts for a while.
    private func spell(
        _ seconds: Int64, _ mark: Mark, begin: @escaping (Server) -> Void, end: @escaping (Server) -> Void
    ) {
        world.after(world.int(0...faults.seconds * Self.second)) { [self] in
            if server.isHealed { return }
            world.note(mark)
            begin(server)
            world.after(world.int(1...seconds * 1000) * 1_000_000) { [self] in
                if !server.isHealed { end(server) }
            }
        }
    }

    private func spoolSpell() {
        world.after(world.int(0...faults.seconds * Self.second)) { [self] in
            if server.isHealed { return }
            spool.isFull = true
            world.after(world.int(1...20) * Self.second) { [self] in spool.isFull = false }
        }
    }

    private func strikeResponder() {
        guard let old = responder, old.isAlive else { return }
        if world.happens(500) {
            old.kill()
            world.after(world.int(10...5000) * 1_000_000) { [self] in startResponder() }
        } else {
            old.close()
            world.after(world.int(10...1000) * 1_000_000) { [self] in startResponder() }
        }
        responder = nil
    }

    private func heal() {
        world.note(.healed)
        server.isHealed = true
        server.isDown = false
        server.isFull = false
        server.lockedOrders = []
        server.stepClock(by: -server.clockOffset)
        spool.isFull = false
    }
}
