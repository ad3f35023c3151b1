import Outbound
import Settings
import Webhooks

@testable import Jobs

/// An action whose parts a test chooses.
struct TestAction: Action {
    /// How it settles an effect in doubt.
    enum Doubt { case repeatable, ask, report }

    var name = "ops"
    var kind: ActionKind { ActionKind("test", []) { $0.doubt = doubt == .report ? .reported : .settled } }
    var retryPolicy = RetryPolicy(backoff: .milliseconds(1))
    var account: String?
    var pace: Pace?
    var destination: String?
    var doubt = Doubt.report
    var needsBody = false
    var key: @Sendable (JobSubject) -> String? = { _ in nil }
    var earlier: @Sendable (JobSubject) -> [String] = { _ in [] }
    /// The first step; with a call, its end is judged by `judged`.
    var begun: @Sendable (JobSubject) -> Begin
    var judged: @Sendable (Reply) -> Outcome = { reply in
        switch reply {
        case .success(let answer):
            answer.status == 200 ? .done(answer: answer.text) : .retry(counted: true, reason: "\(answer.status)")
        case .failure(let failure):
            failure.reach == .notSent
                ? .retry(counted: false, reason: failure.description) : .unanswered(failure.description)
        }
    }
    var asked: @Sendable (JobSubject) -> HTTPRequest? = { _ in nil }
    var found: @Sendable (Reply) -> Finding = { _ in .unknown("not asked") }

    /// What a test's action does first.
    enum Begin {
        case request(HTTPRequest)
        case step(Step)
    }

    /// An action that ends without a request.
    static func ending(_ outcome: Outcome) -> TestAction { TestAction(begun: { _ in .step(.ended(outcome)) }) }

    /// An action that posts to that URL; its effect is one per event.
    static func posting(_ url: String, doubt: Doubt, timeout: Int = 5000) -> TestAction {
        TestAction(
            doubt: doubt, key: { "test:\($0.event.id)" },
            begun: { subject in
                .request(
                    HTTPRequest(
                        method: "POST", url: url, headers: [.init("X-Key", "\(subject.event.id)")], body: [1],
                        totalTimeout: .milliseconds(timeout), repeatable: doubt == .repeatable))
            })
    }

    func effectKey(for subject: JobSubject) -> String? { key(subject) }
    func earlierEffectKeys(for subject: JobSubject) -> [String] { earlier(subject) }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        switch begun(subject) {
        case .request(let request): .only(.request(request), doubt: question(subject), judge: judged)
        case .step(let step): step
        }
    }

    private func question(_ subject: JobSubject) -> Jobs.Doubt {
        switch doubt {
        case .repeatable: .repeatable
        case .ask: asked(subject).map { .ask(Inquiry($0, read: found)) } ?? .report
        case .report: .report
        }
    }
}
