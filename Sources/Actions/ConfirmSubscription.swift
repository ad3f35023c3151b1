import JSON
import Jobs
import Outbound
import Settings
import Verification
import Webhooks

/// Visits the `SubscribeURL` of a `SubscriptionConfirmation`: until then Amazon SNS sends nothing more.
///
/// The URL is part of what Amazon signed, and must still be on a host of Amazon's. A second visit confirms what
/// is confirmed: repeating is safe.
/// Source: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html
struct ConfirmSubscription: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "confirm_subscription",
        [.init("base_url", .urlOrSecret, standard: "Amazon's own", "Where the request goes instead.")]
    ) {
        $0.standing = .init(provider: "aws_sns", type: "subscription.confirmation")
    }
    let retryPolicy: RetryPolicy
    let needsBody = true
    private let baseURL: String?
    private let timeout: Duration

    init(_ settings: ActionSettings, in all: Settings) {
        name = settings.name
        retryPolicy = settings.retry
        baseURL = settings.secret("base_url")?.text ?? settings.text("base_url")
        timeout = settings.timeout
    }

    func effectKey(for subject: JobSubject) -> String? { EffectKeys.perEventAndRule(self, subject) }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let url = (try? JSONValue(parsing: subject.event.body))?["SubscribeURL"]?.string else {
            return .ended(.bury("the message has no SubscribeURL"))
        }
        guard Scheme.amazonSNSHosts.contains(where: { $0.accepts(url: url) }),
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            let hosts = Scheme.amazonSNSHosts.map(\.description).joined(separator: " or ")
            return .ended(.bury("the SubscribeURL is not an https URL of \(hosts)"))
        }
        return .only(
            .request(
                HTTPRequest(
                    method: "GET", url: moved(url), totalTimeout: timeout,
                    responseLimit: 16_384, repeatable: true)), judge: Self.judge)
    }

    /// The URL at the host that stands in for Amazon's, when one is configured.
    private func moved(_ url: String) -> String {
        guard let baseURL else { return url }
        let target = url.dropFirst("https://".count).drop { $0 != "/" && $0 != "?" }
        return String(baseURL.trimmed).withoutTrailingSlash + target
    }

    private static func judge(_ reply: Reply) -> Outcome {
        guard case .success(let answer) = reply else { return AnswerJudgement.outcome(of: reply) }
        let detail = AnswerJudgement.excerpt(answer.text)
        if (200..<300).contains(answer.status) { return .done(answer: detail) }
        return AnswerJudgement.outcome(status: answer.status, header: answer.header, detail: detail)
    }
}
