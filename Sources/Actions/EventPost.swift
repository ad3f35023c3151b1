import Crypto
import JSON
import Jobs
import Outbound
import Settings
import Verification
import Webhooks

/// The event as a POST with the headers of Standard Webhooks
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
///
/// `webhook-id` is the same in every attempt, and a receiver takes it as the idempotency key: repeating is safe.
struct EventPost: Carrier, ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "http",
        [
            .init("url", .urlOrSecret, required: true, "The destination."),
            .init("secret", .secret, "Signs the request; for a scheme of public keys, the private key."),
            .init(
                "scheme", .choice(PostSigner.names), standard: PostSigner.standardWebhooks,
                "How `secret` signs: the headers of Standard Webhooks, or HTTP Message Signatures (RFC 9421) with that "
                    + "algorithm (docs/consumers.md)."),
            .init("key_id", .text, standard: "the action's name", "The `keyid` of HTTP Message Signatures."),
            .init(
                "previous_secret", .secret,
                "The secret before a rotation: each request has a signature by both, until this key is removed "
                    + "(docs/consumers.md)."),
            .init("headers", .headers, "Further header fields."),
            .init(
                "body", .mapping, standard: "the event with its own body",
                "The shape of the body, so that a destination gets its own from any provider (docs/mapping.md)."),
        ]
    ) {
        $0.tellsPeople = true
        $0.actsForEveryEvent = true
        $0.check = { section in
            if (section.text("scheme") ?? PostSigner.standardWebhooks) == PostSigner.standardWebhooks {
                section.refuse("key_id", "is for the schemes of RFC 9421, whose names begin with rfc9421_")
            }
            if section.text("key_id")?.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) == false {
                section.refuse("key_id", "must be ASCII")
            }
            if section.has("secret") { return }
            section.refuse("scheme", "needs secret, with which it signs")
            section.refuse("previous_secret", "needs secret, the one that replaces it")
        }
    }
    let retryPolicy: RetryPolicy
    var needsBody: Bool { mapped?.needsBody ?? true }
    var needsFields: Bool { mapped?.needsFields ?? false }
    private let url: SecretBytes
    private let signer: PostSigner
    private let headers: [(name: String, value: SecretBytes)]
    private let timeout: Duration
    private let mapped: MappedBody?

    /// - Returns: nil without a URL.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let url = settings.secret("url") ?? settings.text("url").map({ SecretBytes(utf8: $0) }) else {
            return nil
        }
        let headers = settings.table("headers").compactMap { name, value -> (name: String, value: SecretBytes)? in
            switch value {
            case .text(let text): (name, SecretBytes(utf8: text))
            case .secret(let secret): (name, secret)
            default: nil
            }
        }
        self.init(
            name: settings.name, url: url, secret: settings.secret("secret"),
            previous: settings.secret("previous_secret"), scheme: settings.text("scheme"),
            keyID: settings.text("key_id"), headers: headers,
            retryPolicy: settings.retry, timeout: settings.timeout,
            mapped: settings.mapping("body").map(MappedBody.init))
    }

    /// - Parameters:
    ///   - secret: `whsec_` and base64, or what the scheme takes; nil sends no signature.
    ///   - previous: the one before a rotation, which signs, too.
    ///   - scheme: one of ``PostSigner/names``; nil for Standard Webhooks.
    ///   - keyID: the name of the key, for schemes that send it; nil for the action's name.
    ///   - headers: further fields; they win over Content-Type, not over those of the signature.
    ///   - timeout: of one attempt.
    ///   - mapped: the shape of an event's body; nil for ``EventPayload``.
    init(
        name: String, url: SecretBytes, secret: SecretBytes?, previous: SecretBytes? = nil,
        scheme: String? = nil, keyID: String? = nil,
        headers: [(name: String, value: SecretBytes)] = [],
        retryPolicy: RetryPolicy = .standard, timeout: Duration = .seconds(30), mapped: MappedBody? = nil
    ) {
        self.name = name
        self.url = url
        signer = PostSigner(scheme, keyID: keyID ?? name, secrets: [secret, previous].compactMap(\.self))
        self.headers = headers
        self.retryPolicy = retryPolicy
        self.timeout = timeout
        self.mapped = mapped
    }

    var destination: String? { HTTPRequest(method: "POST", url: url.text).destination }

    var endpoint: String? { EffectKeys.endpoint(url) }

    func effectKey(for subject: JobSubject) -> String? { EffectKeys.ofRule(self, subject) }

    func earlierEffectKeys(for subject: JobSubject) -> [String] { EffectKeys.earlier(self, subject) }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        let key = subject.keptKey ?? EffectKeys.ofRule(self, subject)
        guard let mapped, subject.job.alert == nil else {
            return post(EventPayload.json(subject).serialized(), key: key, now: now)
        }
        do throws(MappedBody.Fault) {
            let body = try mapped.bytes(for: subject.event, order: subject.order, record: subject.record)
            return post(body, key: key, now: now)
        } catch {
            return .ended(.bury(error.reason))
        }
    }

    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? {
        guard let mapping = settings.mapping("body") else { return nil }
        do throws(MappedBody.Fault) {
            let body = try MappedBody(mapping).bytes(
                for: subject.event, order: subject.order, record: subject.record)
            return String(decoding: body, as: UTF8.self)
        } catch {
            return "nothing, and be a dead letter: \(error.reason)"
        }
    }

    func carry(
        _ message: WrittenMessage, _ kind: MessageOccasion.Kind, key: String, about subject: JobSubject, now: Timestamp
    ) -> Step { post(EventPayload.json(message, kind, about: subject).serialized(), key: key, now: now) }

    private func post(_ body: [UInt8], key: String, now: Timestamp) -> Step {
        let url = url.text
        let id = EffectKeys.messageID(key)
        var fields: [HTTPRequest.Header] = [
            .init("webhook-id", id), .init("webhook-timestamp", String(now.seconds)),
        ]
        let taken = Set(fields.map(\.name) + signer.headerNames)
        for header in headers where !taken.contains(header.name.lowercased()) {
            fields.append(.init(header.name, String(decoding: header.value.reveal(), as: UTF8.self)))
        }
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            fields.append(.init("Content-Type", "application/json"))
        }
        do throws(SigningError) {
            let draft = Draft(url: url, headers: HeaderFields(fields.map { ($0.name, $0.value) }), body: body)
            fields += try signer.signature(of: draft, now: now)
        } catch {
            return .ended(.retry(counted: false, reason: "the action \(name) cannot sign: its secret is unusable"))
        }
        return .only(
            .request(
                HTTPRequest(
                    method: "POST", url: url, headers: fields, body: body, totalTimeout: timeout, repeatable: true)),
            judge: Self.judge)
    }

    static func judge(_ reply: Reply) -> Outcome {
        switch reply {
        case .failure(let failure):
            // The status alone says it; the body is not needed.
            guard let status = failure.status else { return AnswerJudgement.outcome(of: failure) }
            return outcome(status: status, header: { _ in nil }, detail: failure.message)
        case .success(let answer):
            return outcome(
                status: answer.status, header: answer.header, detail: AnswerJudgement.excerpt(answer.text))
        }
    }

    private static func outcome(status: Int, header: (String) -> String?, detail: String) -> Outcome {
        if (200..<300).contains(status) { return .done(answer: detail) }
        if status == 410 { return .bury("answered 410: the receiver no longer accepts these") }
        return AnswerJudgement.outcome(status: status, header: header, detail: detail)
    }
}
