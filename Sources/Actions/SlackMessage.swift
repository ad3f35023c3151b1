import Crypto
import JSON
import Jobs
import Outbound
import Settings
import Webhooks

/// A message to a Slack incoming webhook (https://api.slack.com/messaging/webhooks).
///
/// Slack takes the same message twice as two and cannot be asked whether it has one: when no answer came the effect is
/// reported as uncertain and not repeated.
struct SlackMessage: Carrier, ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "slack",
        [
            .init("url", .secret, required: true, "The incoming webhook of Slack."),
            .init("text", .text, standard: defaultText, "The message, a template."),
        ]
    ) {
        $0.doubt = .reported
        $0.tellsPeople = true
        $0.actsForEveryEvent = true
    }
    let retryPolicy: RetryPolicy
    let pace: Pace?
    private let url: SecretBytes
    private let template: Template
    private let timeout: Duration

    static let defaultText = "New order: {order.id}"
    /// Slack cuts longer texts; it takes up to 40,000 characters.
    private static let textLimit = 4000

    /// - Returns: nil without a URL.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let url = settings.secret("url") else { return nil }
        self.init(
            name: settings.name, url: url, text: settings.text("text") ?? Self.defaultText,
            retryPolicy: settings.retry, timeout: settings.timeout)
    }

    /// - Parameter timeout: of one attempt.
    init(
        name: String, url: SecretBytes, text: String, retryPolicy: RetryPolicy = .standard,
        timeout: Duration = .seconds(30)
    ) {
        self.name = name
        self.url = url
        self.retryPolicy = retryPolicy
        self.timeout = timeout
        template = Template(text)
        // "One message per second per webhook", with short bursts allowed.
        pace = Pace(key: "slack:" + EffectKeys.endpoint(url), interval: 1000)
    }

    var destination: String? { HTTPRequest(method: "POST", url: url.text).destination }

    var endpoint: String? { EffectKeys.endpoint(url) }

    var needsBody: Bool { template.needsBody }
    var needsFields: Bool { template.needsFields }

    func effectKey(for subject: JobSubject) -> String? { EffectKeys.ofRule(self, subject) }

    func earlierEffectKeys(for subject: JobSubject) -> [String] { EffectKeys.earlier(self, subject) }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        post(subject.job.alert.map(Self.escape) ?? template.text(for: subject, escape: Self.escape))
    }

    func carry(
        _ message: WrittenMessage, _ kind: MessageOccasion.Kind, key: String, about subject: JobSubject, now: Timestamp
    ) -> Step { post(Self.escape(message.content)) }

    private func post(_ text: String) -> Step {
        let body: JSONValue = ["text": .string(Self.cut(text))]
        return .only(
            .request(
                HTTPRequest(
                    method: "POST", url: url.text,
                    headers: [.init("Content-Type", "application/json; charset=utf-8")], body: body.serialized(),
                    totalTimeout: timeout, responseLimit: 16_384)),
            judge: Self.judge)
    }

    private static func judge(_ reply: Reply) -> Outcome {
        switch reply {
        case .failure: return AnswerJudgement.outcome(of: reply)
        case .success(let answer):
            let word = AnswerJudgement.excerpt(answer.text)
            if answer.status == 200 && word == "ok" { return .done(answer: word) }
            // Slack says with a word of plain text what is wrong; a removed webhook answers some of them with 200s.
            if answer.status < 300 { return .bury("answered \(answer.status) and not ok: \(word)") }
            if permanent.contains(word) { return .bury("answered \(answer.status): \(word)") }
            return AnswerJudgement.outcome(status: answer.status, header: answer.header, detail: word)
        }
    }

    /// What no retry fixes, whatever the status (https://api.slack.com/changelog/2016-05-17-changes-to-errors).
    private static let permanent: Set<String> = [
        "invalid_payload", "user_not_found", "no_text", "no_service", "no_service_id", "no_active_hooks",
        "action_prohibited", "invalid_token", "posting_to_general_channel_denied", "channel_not_found", "no_team",
        "team_disabled", "channel_is_archived",
    ]

    /// What Slack takes of an escaped text; never the half of an escape, which would be shown as it stands.
    private static func cut(_ text: String) -> String {
        guard text.unicodeScalars.count > textLimit else { return text }
        let start = text.unicodeScalars.prefix(textLimit)
        guard let last = start.suffix(4).lastIndex(of: "&"), !start[last...].contains(";") else { return String(start) }
        return String(start[..<last])
    }

    /// The three characters that Slack gives a meaning: a buyer's name cannot call a whole channel.
    static func escape(_ text: String) -> String {
        text.escapingScalars { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: nil
            }
        }
    }
}
