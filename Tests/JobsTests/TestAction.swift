import Outbound
import Settings
import Webhooks

@testable import Jobs

/// An action whose parts a test chooses.
struct TestAction: Action {
    var name = "ops"
    var kind: ActionKind { ActionKind("test", []) { $0.doubt = doubt == .report ? .reported : .settled } }
    var retryPolicy = RetryPolicy(firstDelay: 1)
    var pace: Pace?
    var destination: String?
    var doubt = Doubt.report
    var needsBody = false
    var key: @Sendable (JobSubject) -> String? = { _ in nil }
    var earlier: @Sendable (JobSubject) -> [String] = { _ in [] }
    var prepared: @Sendable (JobSubject) -> Preparation
    var judged: @Sendable (Result<HTTPResponse, OutboundFailure>) -> Outcome = { result in
        switch result {
        case .success(let answer):
            answer.status == 200 ? .done(answer: answer.text) : .retry(counted: true, reason: "\(answer.status)")
        case .failure(let failure):
            failure.reach == .notSent
                ? .retry(counted: false, reason: failure.description) : .unanswered(failure.description)
        }
    }
    var asked: @Sendable (JobSubject) -> HTTPRequest? = { _ in nil }
    var found: @Sendable (Result<HTTPResponse, OutboundFailure>) -> Finding = { _ in .unknown("not asked") }

    /// An action that ends without a request.
    static func ending(_ outcome: Outcome) -> TestAction { TestAction(prepared: { _ in .finished(outcome) }) }

    /// An action that posts to that URL; its effect is one per event.
    static func posting(_ url: String, doubt: Doubt, timeout: Int = 5000) -> TestAction {
        TestAction(
            doubt: doubt, key: { "test:\($0.event.id)" },
            prepared: { subject in
                .request(
                    HTTPRequest(
                        method: "POST", url: url, headers: [.init("X-Key", "\(subject.event.id)")], body: [1],
                        totalTimeout: timeout, repeatable: doubt == .repeatable))
            })
    }

    func effectKey(for subject: JobSubject) -> String? { key(subject) }
    func earlierEffectKeys(for subject: JobSubject) -> [String] { earlier(subject) }
    func prepare(_ subject: JobSubject, now: Timestamp) -> Preparation { prepared(subject) }
    func judge(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Outcome { judged(result) }
    func inquiry(about subject: JobSubject, now: Timestamp) -> HTTPRequest? { asked(subject) }
    func judgeInquiry(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Finding {
        found(result)
    }
}
