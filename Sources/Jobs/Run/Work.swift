import Outbound
import Platform
import Settings

/// The jobs that a run holds, and their way: read what each is about, ask its conditions, begin its effect, take its steps,
/// write its end. As pure as ``RunState``, whose part it is.
struct Work {
    let actions: ActionSet
    let options: RunOptions

    var held = JobTable()
    var books = Books()
    var destinations: Destinations
    var surroundings = Surroundings()
    var pacer = Pacer(horizon: 3000)
    var chance: SplitMix64
    private var moment: Moment
    /// Until when jobs that were handed back for want of a place are due again.
    var putOffUntil: Int64 = 0

    /// How long a job waits for a place before it looks itself, in milliseconds.
    static let placeWait: Int64 = 1000
    /// The reason of an attempt whose effect had happened.
    static let happenedBefore = "the effect had happened before"
    /// More calls than that for one effect are a mistake of its action.
    private static let mostCalls = 32

    init(
        _ actions: [any Action], _ conditions: any ConditionCheck, _ options: RunOptions, at moment: Moment,
        seed: UInt64
    ) {
        self.actions = ActionSet(actions, conditions, revision: options.revision)
        self.options = options
        self.moment = moment
        destinations = Destinations(
            threshold: options.breakerThreshold, firstWait: options.breakerWait.wholeMilliseconds)
        chance = SplitMix64(seed: seed)
    }

    var now: Int64 { moment.now }

    /// It is so late now.
    mutating func tick(_ moment: Moment) { self.moment = moment }

    /// Whether nothing is held and all is written down.
    var isIdle: Bool { held.isEmpty && books.isClosed }
    var heldCount: Int { held.count }
    var hasOneAlone: Bool { held.hasOneAlone }
    var hasTransactions: Bool { held.hasTransactions }
    var unwritten: Int { books.unwritten }
    var nextDue: Int64? { held.nextDue }
    /// Whether nothing that was put off for want of a place is due later.
    var hasNothingPutOff: Bool { now >= putOffUntil }
    /// All whose lease must be extended.
    var leased: [Job] { held.all.map(\.job) + books.jobs }
    var report: RunReport { books.total }

    /// The actions whose jobs would only wait: their destination is open, or has as many as it may have, and as many wait.
    var crowdedActions: [String] {
        destinations.crowded(now: now) { destination in
            let crowd = held.crowd(at: destination)
            return crowd.underWay + crowd.waiting >= 2 * most(at: destination)
        }
    }

    /// How many requests may be under way to a destination.
    func most(at destination: String) -> Int {
        guard let most = options.limits.limit(of: destination)?.limit.concurrency else { return options.perHost }
        return max(1, most / surroundings.runs)
    }

    /// The paces of a job's first call: that of its action, and that of the destination.
    func paces(of job: Job, to destination: String?) -> [Pace] {
        let limit = destination.flatMap(options.limits.limit)
        let ofDestination = limit.flatMap { found in
            found.limit.interval.map {
                Pace(key: "destination:" + found.name, interval: $0 * Int64(surroundings.runs))
            }
        }
        let own = actions[job]?.pace
        return Mutation.isOn("destination-rate-is-ignored")
            ? [own].compactMap(\.self) : [own, ofDestination].compactMap(\.self)
    }

    /// What has to be written.
    var writes: [RunCommand] { books.commands }

    /// The change for the other runs; nil when there is none.
    var nextChange: RunCommand? { destinations.nextChange.map(RunCommand.tellDestination) }
    mutating func changeTold() { destinations.changeTold() }
    mutating func adopt(_ open: [String: (left: Int64, openings: Int)]) { destinations.adopt(open, now: now) }

    /// Where jobs of each action may wait for a destination that is away.
    var waits: RunCommand {
        .bury(
            actions.all.flatMap { action in
                (destinations.last(of: action.name) ?? action.place)?.keys.map {
                    (action: action.name, destination: $0, giveUp: action.retryPolicy.giveUp.wholeMilliseconds)
                } ?? []
            })
    }

    mutating func count(rescued: Int = 0, buried: Int = 0) { books.count(rescued: rescued, buried: buried) }

    mutating func admit(_ job: Job, leasedAt: Int64, alone: Bool = false) {
        held.add(Held(job, until: now, now: now, leasedAt: leasedAt, alone: alone))
        books.count(claimed: 1)
    }

    /// The run is ending: what has not begun goes back, not counted.
    mutating func handBackWaiting() {
        for job in held.takeWaiting() { books.handBack(job, after: 0) }
    }

    /// A call in flight continues: its end is fenced. What has not begun must not begin.
    mutating func keep(_ still: Set<Int64>, leasedAt: Int64) -> [RunCommand] {
        for id in still { held.change(id) { $0.leasedAt = leasedAt } }
        return held.all.filter { $0.due != nil && !still.contains($0.job.id) }.flatMap { drop($0.job) }
    }

    /// Starts the jobs whose turn has come: reads what they are about, asks the conditions, begins the effects.
    mutating func startDue() -> [RunCommand] {
        var starting: [String: Int] = [:]
        let jobs = held.due(now).filter { !isPaused($0) && !isLeftWaiting($0, &starting) }
        if jobs.isEmpty { return [] }
        return [.load(jobs, needs: jobs.map(needs), budget: max(0, options.bodyBudget - held.bodyBytes))]
    }

    private func needs(of job: Job) -> SubjectNeeds {
        options.sampler == nil ? actions.needs(of: job) : actions.needs(of: job).union(.trace)
    }

    /// Holds a job that is known to be paused before anything of it is read.
    private mutating func isPaused(_ job: Job) -> Bool {
        guard let reason = surroundings.pauses.hold(of: job, destination: actions.place(of: job)?.destination) else {
            return false
        }
        hold(job.id, reason)
        return true
    }

    /// Leaves a job where it is if its destination has no place for it: it would only be read in vain.
    ///
    /// - Parameter starting: how many jobs start now at each destination; this one is added.
    private mutating func isLeftWaiting(_ job: Job, _ starting: inout [String: Int]) -> Bool {
        guard let place = actions.place(of: job) else { return false }
        let crowd = held.crowd(at: place.destination)
        guard crowd.underWay + starting[place.destination, default: 0] >= most(at: place.destination),
            crowd.waiting <= mayWait(crowd.waiting)
        else {
            starting[place.destination, default: 0] += 1
            return false
        }
        let until = now + Self.placeWait
        held.change(job.id) {
            $0.place = place
            $0.stage = .waiting(until: until)
        }
        return true
    }

    mutating func loaded(_ subjects: [Int64: JobSubject], _ jobs: [Job]) -> [RunCommand] {
        let time = now
        var called: [JobSubject] = []
        for job in jobs {
            if let reason = surroundings.pauses.hold(of: job, source: subjects[job.id]?.event.source) {
                hold(job.id, reason)
                held.wakeNext(for: actions.place(of: job)?.destination)
                continue
            }
            let (verdict, subject) = actions.verdict(on: job, subjects[job.id])
            held.change(job.id) {
                $0.startedAt = time
                $0.subject = subject
            }
            switch verdict {
            case .called:
                if let subject { called.append(subject) }
                continue
            case .over(let outcome): end(job.id, outcome)
            case .held(let reason):
                held.remove(job.id)
                books.hold(job, reason)
            case .unread: held.change(job.id) { $0.stage = .waiting(until: time + 50) }
            }
            // It does not take the place that was kept for it.
            held.wakeNext(for: actions.place(of: job)?.destination)
        }
        let ids = called.map(\.job.id)
        let asked = called.filter { actions.hasEarlierKeys($0) || actions.mayBeDone($0) }
        return asked.isEmpty ? begin(ids, KeptEffects()) : [.findKeys(asked, of: ids)]
    }

    /// - Parameter kept: what is known of effects that are kept already.
    mutating func begin(_ ids: [Int64], _ kept: KeptEffects) -> [RunCommand] {
        var sends: [(id: Int64, send: Send)] = []
        var commands: [RunCommand] = []
        for id in ids {
            guard var subject = held[id]?.subject, let action = actions[subject.job] else { continue }
            subject.keptKey = kept.keys[id]
            held.change(id) { $0.subject = subject }
            // Before it takes a turn, which it would not use.
            if kept.done.contains(id), let key = actions.effectKey(for: subject) {
                held.change(id) { $0.effectKey = key }
                end(id, .done(), reason: Self.happenedBefore)
                continue
            }
            let step = action.begin(subject, now: moment.wall)
            if case .send(let call, let doubt, let then) = step {
                sends.append((id, Send(call: call, doubt: doubt, then: then)))
            } else {
                held.wakeNext(for: actions.place(of: subject.job)?.destination)
                commands += goOn(id, step, nil)
            }
        }
        return commands + start(sends)
    }

    /// The steps in the database that held jobs wait for.
    var transactions: [RunCommand] {
        held.inTransactions.compactMap { one in
            if case .transacting(let body, _) = one.stage { .transact(body, one.job) } else { nil }
        }
    }

    /// The changes that end their jobs.
    mutating func commits() -> [RunCommand] {
        held.inCommits.compactMap { one in
            guard case .committing(let body, let reply) = one.stage else { return nil }
            return .commit(body, attempt(one, reply))
        }
    }

    /// A call ended.
    mutating func land(_ id: Int64, _ reply: Reply) -> [RunCommand] {
        guard let one = held[id] else { return [] }
        switch one.stage {
        case .inFlight(let send): return judge(reply, one, send)
        case .asking(let inquiry, let send):
            return note(reply, nil, one) + judge(reply, one, inquiry, before: send)
        case .waiting, .starting, .transacting, .committing: return []
        }
    }

    private mutating func note(_ reply: Reply, _ wish: Destinations.Wish?, _ one: Held) -> [RunCommand] {
        destinations.note(reply, wish, from: one.place, now: now).map(RunCommand.log)
    }

    private mutating func judge(_ reply: Reply, _ one: Held, _ send: Send) -> [RunCommand] {
        let id = one.job.id
        if case .failure(let failure) = reply, failure.kind == .cancelled, failure.reach == .notSent {
            let noted = note(reply, nil, one)
            end(id, .retry(after: 0, counted: false, reason: "the run ended before the request was sent"), reply)
            return noted
        }
        let step = send.then(reply, moment.wall)
        return note(reply, wish(in: step, reply, one.job), one) + goOn(id, step, reply)
    }

    /// What the destination asks of everybody of the account; a counted failure is one of the job.
    private func wish(in step: Step, _ reply: Reply, _ job: Job) -> Destinations.Wish? {
        guard case .ended(.retry(let wait, counted: false, let reason)) = step, case .success(let answer) = reply,
            wait != nil || answer.status == 429
        else { return nil }
        let longest = actions[job]?.retryPolicy.longestDelay.wholeMilliseconds ?? .max
        return Destinations.Wish(wait: wait.map { min($0, longest) }, reason: reason)
    }

    private mutating func judge(
        _ reply: Reply, _ one: Held, _ inquiry: Inquiry, before send: Send
    ) -> [RunCommand] {
        let id = one.job.id
        switch inquiry.read(reply) {
        case .happened(let externalID):
            end(id, .done(externalID: externalID), reply, reason: "the destination had it already")
        case .didNotHappen: return callWhileLeased(send, id)
        case .unknown(let reason):
            let attempt = attempt(one, reply)
            finish(attempt, .askAgain(reason, of: one.job, policy: attempt.policy, chance: attempt.chance))
        }
        return []
    }

    /// A transaction of its own came to that.
    mutating func stepped(_ id: Int64, _ step: Step) -> [RunCommand] {
        guard case .transacting(_, let reply) = held[id]?.stage else { return [] }
        return goOn(id, step, reply)
    }

    /// The next step, or the end.
    private mutating func goOn(_ id: Int64, _ step: Step, _ reply: Reply?) -> [RunCommand] {
        switch step {
        case .send(let next, let doubt, let then):
            let send = Send(call: next, doubt: doubt, then: then)
            guard let one = held[id] else { return [] }
            if one.calls == 0 { return start([(id, send)]) }
            if one.calls < Self.mostCalls { return callNext(send, one, after: reply) }
            finish(attempt(one, reply), .endless)
        case .transact(let body): held.change(id) { $0.stage = .transacting(body, reply) }
        case .commit(let body): held.change(id) { $0.stage = .committing(body, reply) }
        case .ended(.hold(let reason)): hold(id, reason)
        case .ended(let outcome): end(id, outcome, reply)
        }
        return []
    }

    /// The job waits until the reason is over.
    mutating func hold(_ id: Int64, _ reason: String) {
        guard let job = held[id]?.job else { return }
        giveTurnsBack(job)
        let one = held.remove(id)
        held.wakeNext(for: one?.destination)
        books.hold(job, reason)
    }

    /// A change of the database that ends its job came to that.
    mutating func committed(_ id: Int64, _ commitment: Commitment) -> [RunCommand] {
        guard let one = held[id], case .committing(_, let reply) = one.stage else { return [] }
        switch commitment {
        case .ended(let ending):
            held.remove(id)
            held.wakeNext(for: one.destination)
            return books.settle(ending)
        case .leaseLost: return drop(one.job)
        case .refused(let outcome):
            end(id, outcome, reply)
            return []
        }
    }

    /// The attempt is over; what it comes to is written next.
    mutating func end(
        _ id: Int64, _ outcome: Outcome, _ reply: Reply? = nil, reason: String? = nil, doubt: ActionKind.Doubt? = nil
    ) {
        guard let one = held[id] else { return }
        let attempt = attempt(one, reply)
        var transition = attempt.transition(outcome, doubt: doubt)
        if let reason { transition.reason = reason }
        finish(attempt, transition)
    }

    mutating func finish(_ attempt: Attempt, _ transition: Transition) {
        giveTurnsBack(attempt.job)
        held.remove(attempt.job.id)
        books.add(attempt.ending(transition, at: now))
        held.wakeNext(for: attempt.destination)
    }

    mutating func attempt(_ one: Held, _ reply: Reply?) -> Attempt {
        let action = actions[one.job]
        return Attempt(
            job: one.job, effectKey: one.effectKey, requestID: one.subject?.event.requestID,
            destination: one.destination, reply: reply, startedAt: one.startedAt,
            policy: action?.retryPolicy ?? .standard, doubt: action?.kind.doubt ?? .reported,
            isOutage: destinations.isOpen(one.destination), chance: Double.random(in: 0..<1, using: &chance))
    }

    mutating func drop(_ job: Job) -> [RunCommand] {
        giveTurnsBack(job)
        let one = held.remove(job.id)
        held.wakeNext(for: one?.destination)
        return books.lost(job)
    }

    mutating func wrote(_ endings: [Ending], moved: Set<Int64>) -> [RunCommand] { books.wrote(endings, moved: moved) }
    mutating func handedBack(_ moved: Int, of count: Int) { books.handedBack(moved, of: count) }
    mutating func wasHeld(_ moved: Set<Int64>, of count: Int) -> [RunCommand] { books.held(moved, of: count) }

    mutating func random(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &chance) }
}
