import Jobs
import Outbound
import Platform
import Webhooks

/// One run of the batch processor. ``RunState`` decides; this does what it says, one command at a time.
final class BatchProcess {
    let world: World
    let server: Server
    let judge: Judge
    private let network: Network
    private let number: Int64
    private var state: RunState
    /// What is still to do, the next one last.
    private var commands: [RunCommand] = []
    private var phase = 0
    private(set) var hasEnded = false
    private var frozenUntil: Int64 = 0
    private var freezeAtBegin: Int64?
    /// Its machine's clock less the true time, in microseconds.
    let wallOffset: Int64
    /// The calls that have ended.
    private var landed: [(job: Int64, reply: Reply)] = []
    /// Those of them that the run hears of, the next one last.
    private var pending: [(job: Int64, reply: Reply)] = []
    /// Whether it waits for the ends of calls.
    private var waits = 0
    private var isWaiting = false
    // The session.
    private var slot: (number: Int, token: Int64)?
    private var hasSlot: Bool?
    private var slotEnd: Int64 = 0
    private var nextRenewal: Int64 = 0
    private var failures = 0
    private var tryAgainAt: Int64 = 0
    private var awaySince: Int64?

    init(_ world: World, _ server: Server, _ judge: Judge, _ network: Network, number: Int64, once: Bool) {
        self.world = world
        self.server = server
        self.judge = judge
        self.network = network
        self.number = number
        wallOffset = server.isHealed || world.happens(950) ? 0 : world.int(-1...1) * 120 * 86_400_000_000
        var options = RunOptions()
        options.once = once
        options.interval = .milliseconds(1000)
        options.batch = 1 + world.index(20)
        options.maxHeld = 1 + world.index(20)
        options.perHost = 1 + world.index(8)
        let moment = Moment(now: world.now / 1_000_000, wall: Timestamp(microseconds: world.now / 1000 + wallOffset))
        state = RunState(
            actions: Simulation.actions, conditions: AlwaysCalledFor(), options: options, at: moment,
            seed: world.number())
        world.note(.runStarted, number)
        after(0) { [self] () throws(Violation) in try proceed() }
    }

    private var now: Int64 { world.now / 1_000_000 }
    private var moment: Moment { Moment(now: now, wall: Timestamp(microseconds: world.now / 1000 + wallOffset)) }

    private func after(_ nanoseconds: Int64, _ body: @escaping () throws(Violation) -> Void) {
        world.after(nanoseconds) { [self] () throws(Violation) in
            if hasEnded { return }
            if world.now < frozenUntil {
                after(frozenUntil - world.now, body)
            } else {
                try body()
            }
        }
    }

    func kill() {
        world.note(.runKilled, number)
        hasEnded = true
    }

    func freeze(_ nanoseconds: Int64) {
        world.note(.frozen, number, nanoseconds)
        frozenUntil = max(frozenUntil, world.now + nanoseconds)
    }

    /// Stops it when its next effect has been begun and the call is not out yet, where a stop does most harm.
    func freezeBeforeCall(_ nanoseconds: Int64) { freezeAtBegin = nanoseconds }

    // MARK: One command at a time

    private func hear(_ event: RunEvent) { commands += state.handle(event, moment).reversed() }

    /// Works until something takes time.
    private func proceed() throws(Violation) {
        while !hasEnded {
            if let command = commands.popLast() {
                if perform(command) { return }
            } else if let end = pending.popLast() {
                hear(.landed(end.job, end.reply))
            } else {
                hear(.turn(Phase.allCases[phase], situation))
                phase = (phase + 1) % Phase.allCases.count
            }
        }
    }

    private var situation: Situation {
        let slot: Situation.Slot =
            switch hasSlot {
            case nil: .notAsked
            case false: .gone
            case true: now < slotEnd ? .held : .overdue
            }
        return Situation(slot: slot, awaySince: awaySince, error: awaySince.map { _ in "away" })
    }

    /// - Returns: whether it takes time.
    private func perform(_ command: RunCommand) -> Bool {
        switch command {
        case .send(let call, let id):
            if case .request(let request) = call { send(request, id) }
        case .cancelAll: break
        case .wait(let milliseconds): return wait(Int64(milliseconds))
        case .finish(let report):
            world.note(.runEnded, number, Int64(report.claimed), "\(report)")
            hasEnded = true
        case .count, .progress, .log: break
        case .renewSlot where slot == nil || now < nextRenewal: break
        default: return ask(command)
        }
        return false
    }

    private func send(_ request: HTTPRequest, _ id: Int64) {
        world.note(.called, number, id, "\(request.method)")
        network.send(request) { [self] reply in
            after(0) { [self] () throws(Violation) in
                landed.append((id, reply))
                world.note(.landed, number, id)
                if isWaiting { try endWait() }
            }
        }
    }

    private func wait(_ milliseconds: Int64) -> Bool {
        isWaiting = true
        waits += 1
        let wait = waits
        let pause = landed.isEmpty ? max(1, milliseconds) * 1_000_000 : 0
        after(pause) { [self] () throws(Violation) in
            if isWaiting, waits == wait { try endWait() }
        }
        return true
    }

    private func endWait() throws(Violation) {
        isWaiting = false
        // As the run does: one event after the other, each with all that follows from it.
        pending = landed.reversed()
        landed = []
        try proceed()
    }

    // MARK: The database

    private func ask(_ command: RunCommand) -> Bool {
        world.note(.command, number, Int64(commands.count), Self.name(command))
        guard now >= tryAgainAt else {
            failed(command)
            return false
        }
        let fate = server.isDown ? .before : server.fate()
        var (there, back) = (world.int(200_000...2_000_000), world.int(200_000...2_000_000))
        if fate == .hangs {
            if world.happens(500) { there = world.int(1_000_000...25_000_000_000) } else { back = 30_000_000_000 }
        }
        // What was sent is executed, even if the program is killed meanwhile.
        world.after(there) { [self] () throws(Violation) in
            let isLost = fate == .before || fate == .conflict || server.isDown
            let event = isLost ? nil : try query(command)
            if case .begin = command, let pause = freezeAtBegin, !hasEnded {
                freezeAtBegin = nil
                freeze(pause)
            }
            let isHeard = !isLost && fate != .after && !(fate == .hangs && back > 20_000_000_000)
            after(back) { [self] () throws(Violation) in
                if isHeard {
                    (failures, awaySince) = (0, nil)
                    if let event = event ?? nil { hear(event) }
                } else {
                    noteFailure()
                    failed(command)
                }
                try proceed()
            }
        }
        return true
    }

    private func noteFailure() {
        awaySince = awaySince ?? now
        failures += 1
        let longest: Int64 = min(200 << Int64(min(failures - 1, 5)), 5000)
        tryAgainAt = now + world.int(longest / 2...longest)
    }

    private func failed(_ command: RunCommand) {
        world.note(.commandFailed, number)
        switch command {
        case .begin(_, let ids): hear(.begun(nil, of: ids))
        case .takeProbe(_, let id): hear(.probed(id, isOurs: false))
        default: break
        }
    }

    private func takeSlot() {
        guard hasSlot == nil else { return }
        slot = server.store.takeSlot(at: server.clock)
        hasSlot = slot != nil
        extendSlot()
    }

    private func extendSlot() {
        slotEnd = now + Slots.seconds * 1000
        nextRenewal = now + Slots.beat
    }

    private func query(_ command: RunCommand) throws(Violation) -> RunEvent? {
        takeSlot()
        let clock = server.clock
        switch command {
        case .prepare: return .prepared
        case .rescue:
            let (ready, dead) = server.store.rescue(delay: world.int(0...200_000), at: clock)
            return .rescued(ready: ready, dead: dead, hasSuspects: server.store.hasSuspects(at: clock))
        case .bury: return .buried([])
        case .tellOfDeadLetters: return .toldOfDeadLetters(told: 0, untold: 0)
        case .tellOfCauses: return .toldOfCauses(0)
        case .beat(let jobs):
            return .beaten(still: server.store.beat(jobs, at: clock))
        case .tellDestination(let change):
            server.store.tell(change, at: clock)
            return .destinationTold
        case .loadDestinations: return .destinations(server.store.openDestinations(at: clock))
        case .loadSurroundings: return .surroundings(Surroundings())
        case .releaseDecided: return .decided(0)
        case .claim(let limit, let crowded):
            let jobs = server.store.claim(limit: limit, but: crowded, at: clock)
            try judge.claimed(jobs.map { ($0.id, $0.leaseToken) })
            return .claimed(jobs, limit: limit)
        case .claimSuspect:
            let job = server.store.claimSuspect(at: clock)
            if let job { try judge.claimed([(job.id, job.leaseToken)]) }
            return .suspect(job)
        case .load(let jobs, _, _): return .loaded(load(jobs), of: jobs)
        case .takeProbe(let destination, let id):
            return .probed(id, isOurs: server.store.takeProbe(destination, at: clock))
        case .begin(let starts, let ids): return .begun(server.store.begin(starts), of: ids)
        case .write(let endings):
            let moved = server.store.finish(endings, at: clock)
            for ending in endings where moved.contains(ending.job.id) {
                try judge.moved(ending.job.id, by: ending.job.leaseToken)
            }
            return .written(moved, of: endings)
        case .handBack(let jobs):
            return .handedBack(server.store.release(jobs, at: clock).count, of: jobs.count)
        case .announce(let isWaiting): return .announced(isWaiting: isWaiting)
        case .renewSlot: return renewSlot()
        case .releaseSlot:
            if let slot { server.store.releaseSlot(slot) }
            slot = nil
            return nil
        default: return nil
        }
    }

    private func renewSlot() -> RunEvent? {
        guard let held = slot else { return nil }
        if server.store.renewSlot(held, at: server.clock) {
            extendSlot()
            return nil
        }
        (slot, hasSlot) = (nil, false)
        return .slotLost
    }

    private func load(_ jobs: [Job]) -> [Int64: JobSubject] {
        var subjects: [Int64: JobSubject] = [:]
        for job in jobs {
            guard let row = server.store.events[job.eventID] else { continue }
            subjects[job.id] = JobSubject(
                job: job,
                event: JobEvent(
                    id: row.id, receivedAt: Timestamp(microseconds: row.receivedAt), source: "shop", provider: "p",
                    providerType: "t", type: "order.updated"),
                order: nil)
        }
        return subjects
    }

    private static func name(_ command: RunCommand) -> String {
        String(String(describing: command).prefix { $0 != "(" })
    }
}
