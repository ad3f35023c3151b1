import Outbound
import Settings
import Webhooks

extension BatchRun {
    /// Takes calls that ended.
    func land(_ finished: [HTTPClient.Finished]) {
        for end in finished {
            guard let id = tickets.removeValue(forKey: end.ticket), let holding = held[id],
                let action = actions[holding.job.action]
            else { continue }
            switch holding.stage {
            case .inFlight(let send):
                note(end.result, from: holding.destination)
                judge(end.result, holding, action, send)
            case .asking(let inquiry, let send):
                note(end.result, from: holding.destination)
                judge(end.result, holding, action, inquiry, before: send)
            case .waiting, .changing, .stepping: continue
            }
        }
    }

    private func judge(_ reply: Reply, _ holding: Held, _ action: any Action, _ send: Send) {
        if case .failure(let failure) = reply, failure.kind == .cancelled, failure.reach == .notSent {
            end(
                holding.job, .retry(after: 0, counted: false, reason: "the run ended before the request was sent"),
                reply)
            return
        }
        let step = send.then(reply, Self.wallClock())
        if case .ended(.retry(let wish?, _, _)) = step, let pace = action.pace {
            pacer.hold(pace.key, for: min(wish, action.retryPolicy.longestDelay), now: Self.now())
        }
        goOn(holding, step, reply)
    }

    private func judge(
        _ reply: Reply, _ holding: Held, _ action: any Action, _ inquiry: Inquiry, before next: Send
    ) {
        let job = holding.job
        switch inquiry.read(reply) {
        case .happened(let externalID):
            end(job, .done(externalID: externalID), reply, reason: "the destination had it already")
        case .didNotHappen: send(next, for: job)
        case .unknown(let reason):
            let transition = Transition.askAgain(
                reason, of: job, policy: action.retryPolicy, chance: Double.random(in: 0..<1))
            finish(job, transition, reply)
        }
    }

    /// The next step, or the end.
    func goOn(_ holding: Held, _ step: Step, _ reply: Reply?) {
        let job = holding.job
        switch step {
        case .send(let call, let doubt, let then):
            guard holding.steps < Self.mostSteps else { return finish(job, .endless, reply) }
            send(Send(call: call, doubt: doubt, then: then), for: job)
        case .transact(let body): held[job.id]?.stage = .stepping(body, reply)
        case .commit(let body): held[job.id]?.stage = .changing(body, reply)
        case .ended(let outcome): end(job, outcome, reply)
        }
    }

    /// The attempt is over; what it comes to is written in the next round.
    func end(
        _ job: Job, _ outcome: Outcome, _ reply: Reply? = nil, reason: String? = nil, doubt: ActionKind.Doubt? = nil
    ) {
        var transition = transition(outcome, of: job, doubt: doubt)
        if let reason { transition.reason = reason }
        finish(job, transition, reply)
    }

    func transition(_ outcome: Outcome, of job: Job, doubt: ActionKind.Doubt? = nil) -> Transition {
        let action = actions[job.action]
        return Transition(
            outcome, of: job, policy: action?.retryPolicy ?? RetryPolicy(),
            doubt: doubt ?? action?.kind.doubt ?? .reported,
            isOutage: held[job.id]?.destination.map(breakers.isOpen) ?? false, chance: Double.random(in: 0..<1))
    }

    private func finish(_ job: Job, _ transition: Transition, _ result: Reply?) {
        guard let holding = held.removeValue(forKey: job.id) else { return }
        endings.append(ending(holding, transition, result))
        wakeNext(for: holding.destination)
    }

    func ending(
        _ holding: Held, _ transition: Transition, _ result: Reply?
    ) -> Ending {
        var firstByteAfter: Int64?
        var status: Int?
        switch result {
        case .success(let response):
            firstByteAfter = response.firstByteAfter
            status = response.status
        case .failure(let failure): firstByteAfter = failure.firstByteAfter
        case nil: break
        }
        return Ending(
            job: holding.job, transition: transition, effectKey: holding.effectKey,
            requestID: holding.subject?.event.requestID, destination: holding.destination, status: status,
            startedAt: holding.startedAt, firstByteAt: firstByteAfter.map { holding.startedAt + $0 / 1000 },
            finishedAt: Self.now())
    }

    /// More requests than that for one effect are a mistake of its action.
    private static let mostSteps = 32
}
