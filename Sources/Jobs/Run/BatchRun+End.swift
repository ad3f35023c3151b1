import Outbound
import Platform
import Postgres
import Webhooks

extension BatchRun {
    /// Takes requests that ended.
    func land(_ finished: [HTTPClient.Finished]) {
        for end in finished {
            guard let id = tickets.removeValue(forKey: end.ticket), let holding = held[id],
                let action = actions[holding.job.action], let subject = holding.subject,
                case .inFlight(let purpose) = holding.stage
            else { continue }
            note(end.result, from: holding.destination)
            switch purpose {
            case .effect: judge(end.result, holding, action) { action.judge(end.result, of: subject) }
            case .next(let externalID):
                judge(end.result, holding, action) {
                    action.judgeNext(end.result, externalID: externalID, of: subject)
                }
            case .inquiry(let call): judgeInquiry(end.result, holding, action, subject, before: call)
            }
        }
    }

    private func judge(
        _ result: Result<HTTPResponse, OutboundFailure>, _ holding: Held, _ action: any Action,
        _ judgement: () -> Outcome
    ) {
        let job = holding.job
        if case .failure(let failure) = result, failure.kind == .cancelled, failure.reach == .notSent {
            end(job, .retry(after: 0, counted: false, reason: "the run ended before the request was sent"), result)
            return
        }
        let outcome = judgement()
        if case .retry(let wish?, _, _) = outcome, let pace = action.pace {
            pacer.hold(pace.key, for: min(wish, action.retryPolicy.longestDelay), now: Self.now())
        }
        goOn(holding, outcome, result)
    }

    /// Another request, or the end.
    func goOn(_ holding: Held, _ outcome: Outcome, _ result: Result<HTTPResponse, OutboundFailure>?) {
        if case .proceed(let request, let externalID) = outcome, holding.steps < Self.mostSteps {
            return send(.request(request), for: holding.job, .next(externalID: externalID))
        }
        end(holding.job, outcome, result)
    }

    private func judgeInquiry(
        _ result: Result<HTTPResponse, OutboundFailure>, _ holding: Held, _ action: any Action, _ subject: JobSubject,
        before call: Call
    ) {
        let job = holding.job
        switch action.judgeInquiry(result, of: subject) {
        case .happened(let externalID):
            end(job, .done(externalID: externalID), result, reason: "the destination had it already")
        case .didNotHappen: send(call, for: job, .effect)
        case .unknown(let reason):
            let transition = Transition.askAgain(
                reason, of: job, policy: action.retryPolicy, chance: Double.random(in: 0..<1))
            finish(job, transition, result)
        }
    }

    /// The attempt is over; what it comes to is written in the next round.
    func end(
        _ job: Job, _ outcome: Outcome, _ result: Result<HTTPResponse, OutboundFailure>? = nil, reason: String? = nil,
        doubt: Doubt? = nil
    ) {
        if case .write(let change) = outcome {
            held[job.id]?.stage = .changing(change, result)
            return
        }
        if case .step(let step) = outcome {
            held[job.id]?.stage = .stepping(step, result)
            return
        }
        var transition = transition(outcome, of: job, doubt: doubt)
        if let reason { transition.reason = reason }
        finish(job, transition, result)
    }

    func transition(_ outcome: Outcome, of job: Job, doubt: Doubt? = nil) -> Transition {
        let action = actions[job.action]
        return Transition(
            outcome, of: job, policy: action?.retryPolicy ?? RetryPolicy(), doubt: doubt ?? action?.doubt ?? .report,
            isOutage: held[job.id]?.destination.map(breakers.isOpen) ?? false, chance: Double.random(in: 0..<1))
    }

    private func finish(_ job: Job, _ transition: Transition, _ result: Result<HTTPResponse, OutboundFailure>?) {
        guard let holding = held.removeValue(forKey: job.id) else { return }
        endings.append(ending(holding, transition, result))
        wakeNext(for: holding.destination)
    }

    func ending(
        _ holding: Held, _ transition: Transition, _ result: Result<HTTPResponse, OutboundFailure>?
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
