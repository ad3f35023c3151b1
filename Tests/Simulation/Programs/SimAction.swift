import Jobs
import Outbound
import Settings
import Webhooks

/// An action that sends one request per event, and settles an effect in doubt in one of the three ways.
struct SimAction: Action {
    enum Settling: String, CaseIterable { case repeats, asks, reports }

    let settling: Settling

    var name: String { settling.rawValue }
    var kind: ActionKind { ActionKind("simulated", []) { $0.doubt = settling == .reports ? .reported : .settled } }
    var retryPolicy: RetryPolicy {
        RetryPolicy(
            retries: Simulation.maxAttempts - 1, backoff: .seconds(1), longestDelay: .seconds(30),
            giveUp: .seconds(86_400))
    }

    func effectKey(for subject: JobSubject) -> String? { "\(name):\(subject.event.id)" }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        let key = "\(name):\(subject.event.id)"
        let doubt: Doubt =
            switch settling {
            case .repeats: .repeatable
            case .asks: .ask(Inquiry(Self.request("GET", name, key), read: Self.found))
            case .reports: .report
            }
        return .only(.request(Self.request("POST", name, key)), doubt: doubt, judge: Self.judge)
    }

    private static func request(_ method: String, _ host: String, _ key: String) -> HTTPRequest {
        HTTPRequest(
            method: method, url: "http://\(host).example/effects", headers: [HTTPRequest.Header("X-Key", key)],
            totalTimeout: .seconds(15))
    }

    private static func judge(_ reply: Reply) -> Outcome {
        switch reply {
        case .success(let answer):
            switch answer.status {
            case 200: .done()
            case 503: .retry(counted: false, reason: "503")
            default: .retry(counted: true, reason: "\(answer.status)")
            }
        case .failure(let failure):
            failure.reach == .notSent
                ? .retry(counted: false, reason: failure.description) : .unanswered(failure.description)
        }
    }

    private static func found(_ reply: Reply) -> Finding {
        guard case .success(let answer) = reply else { return .unknown("no answer") }
        return switch answer.status {
        case 200: .happened(externalID: nil)
        case 404: .didNotHappen
        default: .unknown("\(answer.status)")
        }
    }
}

/// Every job is called for.
struct AlwaysCalledFor: ConditionCheck {
    func objection(to subject: JobSubject) -> String? { nil }
}
