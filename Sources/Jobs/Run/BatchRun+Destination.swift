import Outbound
import Postgres

extension BatchRun {
    /// Whether a request to that destination may go out now; if not, the job waits here or is handed back, uncounted.
    func mayGo(_ job: Job, to destination: String?, _ now: Int64) -> Bool {
        guard let destination else { return true }
        actionDestinations[job.action] = destination
        switch breakers.verdict(destination, now: now) {
        case .wait(let until):
            putOff(job, for: until - now + Int64.random(in: 0...2000))
            return false
        case .probe:
            let isOurs = session.attempt(now: now) { (connection) throws(PostgresError) in
                try DestinationTable.takeProbe(destination, on: connection)
            }
            guard isOurs == true else {
                breakers.yieldProbe(destination, now: now)
                putOff(job, for: options.breakerWait + Int64.random(in: 0...2000))
                return false
            }
            breakers.beginProbe(destination)
            return true
        case .go:
            let (underWay, waiting) = crowd(at: destination)
            guard underWay >= options.perHost else { return true }
            if waiting > options.perHost {
                // What waits here takes the room of others.
                let delay = Int64.random(in: 500...1500)
                putOffUntil = max(putOffUntil, now + delay + 100)
                putOff(job, for: delay)
            } else {
                // Woken when a place is free.
                held[job.id]?.stage = .waiting(until: now + 1000)
            }
            return false
        }
    }

    /// A place at a destination is free: the next job that waits for one is due. When several places are free at once,
    /// each wakes another job.
    func wakeNext(for destination: String?) {
        guard let destination else { return }
        let now = Self.now()
        let asleep = held.values.filter {
            $0.isWaiting && !$0.hasPlace && $0.destination == destination && !$0.isDue(now)
        }
        guard let next = asleep.map(\.job.id).min() else { return }
        held[next]?.stage = .waiting(until: now)
    }

    /// The actions whose jobs would only wait: their destination is open, or has as many as it may have.
    var crowdedActions: [String] {
        let now = Self.now()
        return actionDestinations.filter { _, destination in
            if case .wait = breakers.verdict(destination, now: now) { return true }
            let (underWay, waiting) = crowd(at: destination)
            return underWay + waiting >= options.perHost
        }.map(\.key).sorted()
    }

    /// How many jobs are under way to a destination, and how many wait for their turn.
    private func crowd(at destination: String) -> (underWay: Int, waiting: Int) {
        held.values.reduce(into: (underWay: 0, waiting: 0)) { crowd, holding in
            guard holding.destination == destination else { return }
            if holding.hasPlace { crowd.underWay += 1 } else { crowd.waiting += 1 }
        }
    }

    private func putOff(_ job: Job, for delay: Int64) {
        held[job.id] = nil
        handBack.append((job, max(1, delay)))
    }

    /// The end of a request says whether its destination is there.
    func note(_ result: Result<HTTPResponse, OutboundFailure>, from destination: String?) {
        guard let destination else { return }
        let now = Self.now()
        switch breakers.note(destination, Self.sign(result), now: now) {
        case nil: return
        case .closed:
            log.destinationBack(destination)
            changes.append((destination, nil))
        case .opened(let wait, let reason):
            log.destinationAway(destination, wait: wait, reason: reason)
            changes.append((destination, (wait, reason)))
        }
    }

    /// Tells the other runs, and hears what they know.
    func shareDestinations(_ now: Int64) {
        while let (destination, opened) = changes.first {
            let actions = actionDestinations.filter { $0.value == destination }.map(\.key).sorted()
            let told: Void? = session.attempt(now: now) { (connection) throws(PostgresError) in
                if let opened {
                    try DestinationTable.open(
                        destination, for: opened.wait, reason: opened.reason, actions: actions, on: connection)
                } else {
                    try DestinationTable.close(destination, on: connection)
                }
            }
            guard told != nil else { return }
            changes.removeFirst()
        }
        guard now >= nextDestinations else { return }
        guard
            let open = session.attempt(
                now: now, { (connection) throws(PostgresError) in try DestinationTable.load(on: connection) })
        else { return }
        nextDestinations = now + 1000
        breakers.adopt(open, now: now)
    }

    static func sign(_ result: Result<HTTPResponse, OutboundFailure>) -> Breakers.Sign {
        switch result {
        case .success(let answer):
            return [502, 503, 504].contains(answer.status) ? .down(reason: "answered \(answer.status)") : .up
        case .failure(let failure):
            switch failure.kind {
            case .nameLookup, .unreachable, .tls, .timeout, .reset, .garbage: return .down(reason: failure.description)
            case .tooLarge: return .up
            case .invalidRequest, .guarded, .login, .busy, .cancelled, .other: return .none
            }
        }
    }
}
