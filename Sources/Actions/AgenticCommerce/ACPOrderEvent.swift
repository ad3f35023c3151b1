import Crypto
import JSON
import Jobs
import Outbound
import Settings
import Verification
import Webhooks

/// Tells an agent's platform about an order, as the Agentic Commerce Protocol has it: signed by `Merchant-Signature`.
struct ACPOrderEvent: ConfiguredAction {
    static let kind = ActionKind(
        "acp_order_event",
        OrderEvent.keys + [
            .init("secret", .secret, required: true, "The webhook secret that the platform has given."),
            .init(
                checkoutKey, .text, standard: OrderEvent.defaultCheckout,
                "The checkout session that the order came from, a template. An order without one is skipped."),
        ])

    let name: String
    let retryPolicy: RetryPolicy
    private let event: OrderEvent
    private let secret: SecretBytes

    /// - Returns: nil without a URL or a secret.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let secret = settings.secret("secret"), let url = OrderEvent.url(settings) else { return nil }
        name = settings.name
        retryPolicy = settings.retry
        self.secret = secret
        event = OrderEvent(settings, checkoutKey: Self.checkoutKey, url: url)
    }

    private static let checkoutKey = "checkout_session"

    var destination: String? { event.destination }
    var endpoint: String? { event.endpoint }
    var needsBody: Bool { event.needsBody }

    func effectKey(for subject: JobSubject) -> String? {
        (try? Self.data(event, subject)).flatMap { event.key(self, subject, state: $0) }
    }

    private static func data(_ event: OrderEvent, _ subject: JobSubject) throws(OrderEvent.Refusal) -> JSONObject {
        let named = try event.named(subject)
        return ACPOrder.data(
            named.order, session: named.checkout, permalink: named.permalink, tellsAddress: event.tellsAddress)
    }

    private static func body(_ data: JSONObject, of subject: JobSubject) -> [UInt8] {
        let type = subject.event.type == "order.created" ? "order_create" : "order_update"
        let event: JSONValue = ["type": .string(type), "data": .object(data)]
        return event.serialized()
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        do throws(OrderEvent.Refusal) {
            let data = try Self.data(event, subject)
            let body = Self.body(data, of: subject)
            let effect = subject.keptKey ?? event.key(self, subject, state: data) ?? name
            var fields: [HTTPRequest.Header] = [
                .init("Content-Type", "application/json"), .init("Request-Id", EffectKeys.messageID(effect)),
                .init("Timestamp", now.rfc3339),
            ]
            let (draft, key) = (
                Draft(url: event.url.text, body: body), SigningSecret(keyID: name, secret: secret)
            )
            guard let signed = try? Scheme.acpMerchant.sign(draft, secret: key, now: now) else {
                return .ended(
                    .retry(counted: false, reason: "the action \(name) cannot sign: its secret is unusable"))
            }
            fields += signed.map { .init($0.name, $0.value) }
            return event.post(body, fields)
        } catch {
            return .ended(error.outcome)
        }
    }

    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? {
        let event = OrderEvent(settings, checkoutKey: checkoutKey)
        let subject = JobSubject(previewing: subject)
        do throws(OrderEvent.Refusal) {
            return String(decoding: Self.body(try data(event, subject), of: subject), as: UTF8.self)
        } catch {
            return error.preview
        }
    }
}
