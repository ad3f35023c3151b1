import Crypto
import JSON
import Jobs
import Outbound
import Settings
import Verification
import Webhooks

/// Tells an agent's platform about an order, as the Universal Commerce Protocol has it: signed by HTTP Message Signatures with
/// the shop's key, whose public half is in the shop's profile (`/.well-known/ucp`).
struct UCPOrderEvent: ConfiguredAction {
    static let kind = ActionKind(
        "ucp_order_event",
        OrderEvent.keys + [
            .init(
                "private_key", .secret, required: true,
                "The shop's signing key: an elliptic curve key on P-256 as PEM, whose public half is in the profile."),
            .init("key_id", .text, required: true, "The `kid` of that key in the profile."),
            .init(
                "profile", .url, required: true, "The shop's profile, such as `https://shop.example/.well-known/ucp`."),
            .init("version", .text, standard: defaultVersion, "The version of the protocol."),
            .init(
                checkoutKey, .text, standard: OrderEvent.defaultCheckout,
                "The checkout that the order came from, a template. An order without one is skipped."),
        ]
    ) {
        $0.check = { section in
            for key in ["key_id", "profile"] {
                guard let text = section.text(key) else { continue }
                if !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }) {
                    section.refuse(key, "must be ASCII without quotes and backslashes")
                }
            }
        }
    }
    static let defaultVersion = "2026-04-08"

    /// What the signature covers, beside the query of the URL.
    static let scheme = Scheme.messageSignatures(
        name: "ucp", .publicKey(.ecdsaP256SHA256), key: .pem,
        rule: SignatureRule(components: [
            "@method", "@authority", "@path", "ucp-agent", "idempotency-key", "webhook-id", "webhook-timestamp",
            "content-digest", "content-type",
        ]))

    let name: String
    let retryPolicy: RetryPolicy
    private let event: OrderEvent
    private let key: SigningSecret
    private let profile: String
    private let version: String

    /// - Returns: nil without a URL, a key or a profile.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let secret = settings.secret("private_key"), let keyID = settings.text("key_id"),
            let profile = settings.text("profile"), let url = OrderEvent.url(settings)
        else { return nil }
        name = settings.name
        retryPolicy = settings.retry
        key = SigningSecret(keyID: keyID, secret: secret)
        self.profile = profile
        version = Self.version(settings)
        event = OrderEvent(settings, checkoutKey: Self.checkoutKey, url: url)
    }

    private static let checkoutKey = "checkout"

    private static func version(_ settings: ActionSettings) -> String { settings.text("version") ?? defaultVersion }

    var destination: String? { event.destination }
    var endpoint: String? { event.endpoint }
    var needsBody: Bool { event.needsBody }

    func effectKey(for subject: JobSubject) -> String? {
        (try? Self.order(event, version, subject)).flatMap { event.key(self, subject, state: $0.json) }
    }

    private static func order(
        _ event: OrderEvent, _ version: String, _ subject: JobSubject
    ) throws(OrderEvent.Refusal) -> (json: JSONObject, changedAt: Timestamp?) {
        let named = try event.named(subject)
        do throws(AgentOrder.Objection) {
            let json = try UCPOrder.json(
                named.order, checkout: named.checkout, permalink: named.permalink, version: version,
                tellsAddress: event.tellsAddress)
            return (json, named.order.changedAt)
        } catch {
            throw .incomplete(error.reason)
        }
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        do throws(OrderEvent.Refusal) {
            let order = try Self.order(event, version, subject)
            let id = EffectKeys.messageID(subject.keptKey ?? event.key(self, subject, state: order.json) ?? name)
            // A platform refuses a state that is older than the one it has: the time is that of the state.
            let time = order.changedAt ?? subject.event.occurredAt ?? subject.event.receivedAt
            let own: [(name: String, value: String)] = [
                ("Content-Type", "application/json"), ("UCP-Agent", "profile=\"\(profile)\""),
                ("Idempotency-Key", id), ("Webhook-Id", id), ("Webhook-Timestamp", String(time.seconds)),
            ]
            let body = JSONValue.object(order.json).serialized()
            let draft = Draft(url: event.url.text, headers: HeaderFields(own), body: body)
            guard let signed = try? Self.scheme.sign(draft, secret: key, now: now) else {
                return .ended(
                    .retry(counted: false, reason: "the action \(name) cannot sign: its private_key is unusable"))
            }
            return event.post(
                body, own.map { .init($0.name, $0.value) } + signed.map { .init($0.name, $0.value) })
        } catch {
            return .ended(error.outcome)
        }
    }

    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? {
        let event = OrderEvent(settings, checkoutKey: checkoutKey)
        do throws(OrderEvent.Refusal) {
            let order = try order(event, version(settings), JobSubject(previewing: subject))
            return String(decoding: JSONValue.object(order.json).serialized(), as: UTF8.self)
        } catch {
            return error.preview
        }
    }
}
