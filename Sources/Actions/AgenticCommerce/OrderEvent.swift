import Crypto
import JSON
import Jobs
import Outbound
import Rules
import Settings
import Verification
import Webhooks

/// What the events of both protocols of agentic commerce share: the whole order as it is now, sent once for each state of it.
struct OrderEvent: Sendable {
    /// Keys of both kinds.
    static let keys: [ActionKind.Key] = [
        .init("url", .urlOrSecret, required: true, "Where the agent's platform takes order events."),
        .init(
            "permalink", .text, required: true,
            "The order's page for its buyer, a template such as `https://shop.example/orders/{order.id}`."),
        .init("address", .boolean, standard: "true", "Whether the buyer's address is sent, too."),
    ]
    static let defaultCheckout = "{order.extra.checkout_session_id}"

    let url: SecretBytes
    let timeout: Duration
    let tellsAddress: Bool
    private let permalink: Template
    private let checkout: Template

    /// The URL of an action; nil when it is absent.
    static func url(_ settings: ActionSettings) -> SecretBytes? {
        settings.secret("url") ?? settings.text("url").map { SecretBytes(utf8: $0) }
    }

    /// - Parameters:
    ///   - checkoutKey: the key of the action with the name of the checkout.
    ///   - url: where it posts to; empty for a preview.
    init(_ settings: ActionSettings, checkoutKey: String, url: SecretBytes = SecretBytes([])) {
        self.url = url
        timeout = settings.timeout
        tellsAddress = settings.boolean("address") ?? true
        permalink = Template(settings.text("permalink") ?? "")
        checkout = Template(settings.text(checkoutKey) ?? Self.defaultCheckout)
    }

    var destination: String? { HTTPRequest(method: "POST", url: url.text).destination }
    var endpoint: String? { EffectKeys.endpoint(url) }
    var needsBody: Bool { permalink.needsBody || checkout.needsBody }

    /// An order with the two names that the protocols want beside it.
    struct Named {
        let order: AgentOrder
        let checkout: String
        let permalink: String
    }

    /// Why nothing is sent.
    enum Refusal: Error {
        /// The order came by no agent: there is nobody to tell.
        case notOfAgent(String)
        /// Something is missing that the protocol demands.
        case incomplete(String)

        /// The end of the job.
        var outcome: Outcome {
            switch self {
            case .notOfAgent(let reason): .skipped(reason)
            case .incomplete(let reason): .bury(reason)
            }
        }

        /// In words that follow "sends".
        var preview: String {
            switch self {
            case .notOfAgent(let reason): "nothing: \(reason)"
            case .incomplete(let reason): "nothing, and be a dead letter: \(reason)"
            }
        }
    }

    func named(_ subject: JobSubject) throws(Refusal) -> Named {
        guard let order = subject.order else { throw .notOfAgent("the event is about no order") }
        let checkout: String
        do throws(Template.Missing) {
            checkout = try self.checkout.name(of: subject)
        } catch {
            throw .notOfAgent("the order came by no agent: it has no \(error.placeholder)")
        }
        let page: String
        do throws(Template.Missing) {
            page = try permalink.name(of: subject, escape: PercentEncoding.encode)
        } catch {
            throw .incomplete("its permalink needs \(error.placeholder)")
        }
        do throws(AgentOrder.Objection) {
            return Named(order: try AgentOrder(order), checkout: checkout, permalink: page)
        } catch {
            throw .incomplete(error.reason)
        }
    }

    /// The key of the effect: the order, and the state that is sent.
    func key(_ action: some Action, _ subject: JobSubject, state: JSONObject) -> String? {
        guard let order = subject.order else { return nil }
        let text = JSONValue.object(state).serialized() + Array((order.fields["changed_at"]?.string ?? "").utf8)
        let digest = Hex.encode(Array(Digest.sha256.hash(text).prefix(16)))
        return "\(action.kind.name):\(action.name):\(EffectKeys.order(order)):\(digest)"
    }

    /// The call, and the judgement of its answer.
    func post(_ body: [UInt8], _ fields: [HTTPRequest.Header]) -> Step {
        .only(
            .request(
                HTTPRequest(
                    method: "POST", url: url.text, headers: fields, body: body, totalTimeout: timeout,
                    repeatable: true)),
            judge: EventPost.judge)
    }
}
