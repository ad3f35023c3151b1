import Outbound
import Settings
import Webhooks

/// From the first call of an action until the call is out.
extension Work {
    /// Calls that have the effects of their jobs: each that may go has its place at the destination before the next
    /// one asks.
    mutating func start(_ sends: [(id: Int64, send: Send)]) -> [RunCommand] {
        var (going, probes): ([Int64], [RunCommand]) = ([], [])
        for (id, send) in sends {
            guard let job = held[id]?.job else { continue }
            if let reason = surroundings.pauses.hold(of: job, destination: send.call.destination) {
                hold(id, reason)
                continue
            }
            let paces = paces(of: job, to: send.call.destination)
            guard takesTurns(job, paces) else { continue }
            let place = actions[job]?.place(at: send.call.destination)
            held.change(id) { $0.place = place }
            let crowd = place.map { held.crowd(at: $0.destination, account: $0.account) } ?? JobTable.Numbers()
            let admission = destinations.admit(
                job.action, to: place, crowd,
                perHost: place.map { most(at: $0.destination) } ?? options.perHost,
                mayWait: mayWait(crowd.waiting), now: now, chance: &chance)
            switch admission {
            case .go, .probe:
                held.change(id) {
                    $0.stage = .starting(send)
                    $0.hasPlace = true
                }
                for pace in paces { pacer.start(pace, now: now) }
                if case .probe(let key) = admission {
                    held.change(id) { $0.probe = key }
                    probes.append(.takeProbe(key, for: id))
                } else {
                    going.append(id)
                }
            case .wait(let until):
                giveTurnsBack(job)
                held.change(id) { $0.stage = .waiting(until: until) }
            case .handBack(let delay, let isForPlace):
                if isForPlace { putOffUntil = max(putOffUntil, now + delay + 100) }
                putOff(job, for: delay)
            }
        }
        return beginEffects(going) + probes
    }

    /// How many jobs may wait for one destination: half of the room that those of others leave, so that even several
    /// slow ones leave room.
    func mayWait(_ here: Int) -> Int {
        max(options.perHost, (options.maxHeld - (held.placeless - here)) / 2)
    }

    /// - Returns: false when the job waits for its turn, or has gone back.
    private mutating func takesTurns(_ job: Job, _ paces: [Pace]) -> Bool {
        let time = now
        let has = held[job.id]?.turns ?? []
        // The turn of the next pace is asked for when that of the one before has come: nobody waits for a turn that nobody uses.
        for pace in paces.dropFirst(has.count) {
            switch pacer.turn(pace, isOfReplay: job.isOfReplay, now: time) {
            case .now: held.change(job.id) { $0.turns.append(Held.Turn(at: time, pace: pace)) }
            case .at(let turn):
                held.change(job.id) {
                    $0.turns.append(Held.Turn(at: turn, pace: pace))
                    $0.stage = .waiting(until: turn)
                }
                return false
            case .later(let delay):
                putOff(job, for: delay + random(0...1000))
                return false
            }
        }
        // Turns may have been used late.
        guard let until = has.compactMap({ pacer.pause($0.pace, now: time) }).max() else { return true }
        held.change(job.id) { $0.stage = .waiting(until: until) }
        return false
    }

    mutating func giveTurnsBack(_ job: Job) {
        guard let turns = held[job.id]?.turns, !turns.isEmpty else { return }
        for turn in turns { pacer.giveBack(turn.at, of: turn.pace) }
        held.change(job.id) { $0.turns = [] }
    }

    mutating func putOff(_ job: Job, for delay: Int64) {
        giveTurnsBack(job)
        held.remove(job.id)
        books.handBack(job, after: max(1, delay))
    }

    mutating func probed(_ id: Int64, _ isOurs: Bool) -> [RunCommand] {
        guard let one = held[id], let key = one.probe else { return [] }
        guard isOurs else {
            destinations.yieldProbe(key, now: now)
            putOff(one.job, for: options.breakerWait.wholeMilliseconds + random(0...2000))
            return []
        }
        return beginEffects([id])
    }

    mutating func beginEffects(_ ids: [Int64]) -> [RunCommand] {
        var (keyed, free): ([EffectStart], [RunCommand]) = ([], [])
        for id in ids {
            guard let one = held[id], case .starting(let send) = one.stage,
                let key = one.subject.flatMap(actions.effectKey)
            else {
                free += proceed(id)
                continue
            }
            held.change(id) { $0.effectKey = key }
            keyed.append(EffectStart(key: key, job: one.job, requestHash: send.call.hash))
        }
        return (keyed.isEmpty ? [] : [.begin(keyed, of: keyed.map(\.job.id))]) + free
    }

    mutating func begun(_ states: [Int64: EffectState]?, _ ids: [Int64]) -> [RunCommand] {
        let time = now
        guard let states else {
            // They are started again.
            for id in ids {
                held.change(id) {
                    $0.hasPlace = false
                    $0.stage = .waiting(until: time)
                }
            }
            return []
        }
        return ids.flatMap { id -> [RunCommand] in
            guard let job = held[id]?.job else { return [] }
            switch states[id] ?? .leaseLost {
            case .begun:
                guard case .starting(let send) = held[id]?.stage else { return [] }
                return callWhileLeased(send, id)
            case .doubtful: return resolve(id, isSame: true)
            case .received: return resolve(id, isSame: held[id]?.subject.map { !actions.isOfEvent($0) } ?? false)
            case .done: end(id, .done(), reason: Self.happenedBefore)
            case .uncertain: end(id, .bury("the effect is uncertain: it may have happened; a person must decide"))
            case .busy:
                end(id, .retry(after: 5000, counted: false, reason: "another job has begun the same effect"))
            case .leaseLost: return drop(job)
            }
            return []
        }
    }

    /// The effect was begun before, and its outcome is unknown.
    /// - Parameter isSame: whether the request names the effect as the one before did, so that the destination knows it.
    private mutating func resolve(_ id: Int64, isSame: Bool) -> [RunCommand] {
        guard let one = held[id], case .starting(let send) = one.stage else { return [] }
        switch actions.doubt(of: one.job, send) {
        case .repeatable where isSame: return proceed(id)
        case .ask(let inquiry): return call(.request(inquiry.request), id, .asking(inquiry, before: send))
        case .report, .repeatable:
            end(id, .unanswered("a worker was lost during the call, or the database was restored"), doubt: .reported)
            return []
        }
    }

    /// Sends what has not happened before, if the lease is fresh. Otherwise another run may have the job and send the same:
    /// this run was stopped since the effect was begun, or its beats fail. If the job is still its own, it begins again.
    mutating func callWhileLeased(_ send: Send, _ id: Int64) -> [RunCommand] {
        guard let one = held[id], now - one.leasedAt > Lease.freshness else {
            return call(send.call, id, .inFlight(send))
        }
        end(id, .retry(after: 0, counted: false, reason: "the lease was too old to begin the call"))
        return []
    }

    /// Sends a further call of an attempt, if the lease is fresh. The calls before may have had the effect, so it stays open.
    mutating func callNext(_ send: Send, _ one: Held, after reply: Reply?) -> [RunCommand] {
        if now - one.leasedAt <= Lease.freshness { return call(send.call, one.job.id, .inFlight(send)) }
        let attempt = attempt(one, reply)
        finish(
            attempt,
            .askAgain(
                "the lease was too old to begin the next call", of: one.job, policy: attempt.policy,
                chance: attempt.chance))
        return []
    }

    private mutating func proceed(_ id: Int64) -> [RunCommand] {
        guard case .starting(let send) = held[id]?.stage else { return [] }
        return call(send.call, id, .inFlight(send))
    }

    mutating func call(_ call: Call, _ id: Int64, _ stage: Held.Stage) -> [RunCommand] {
        let time = now
        held.change(id) {
            $0.stage = stage
            $0.calls += 1
            $0.startedAt = time
            $0.turns = []
        }
        return [.send(traced(call, id), for: id)]
    }

    /// With telemetry, the spans of the destination are below that of the attempt.
    private func traced(_ call: Call, _ id: Int64) -> Call {
        guard let sampler = options.sampler, let one = held[id], let trace = one.subject?.event.trace else {
            return call
        }
        return call.traced(
            TraceParent(
                traceID: trace.traceID, spanID: trace.attemptSpan(id, one.job.tryNumber),
                isSampled: trace.isSampled(sampler)))
    }
}
