import Crypto
import JSON
import Jobs
import Outbound
import Providers
import Rules
import Settings
import Webhooks

/// Tells the marketplace that an order is shipped, with its tracking numbers: once for each set of them.
///
/// Each attempt begins with the order as the marketplace has it, and does only what is missing there. So repeating is
/// safe, and an order that was cancelled there meanwhile is not shipped.
struct FulfillOrder: ConfiguredAction {
    static let kind = ActionKind(
        "fulfill_order",
        [.init("provider", .choice(providers), required: true, "The marketplace.")] + FetchOrder.accessKeys
            + [
                .init(
                    "status", .text, standard: WooCommerceOrderAPI.shippedStatus,
                    "The status of a shipped order, for woocommerce."),
                .init(
                    "notify_buyer", .boolean, standard: "false",
                    "Whether the shop sends a mail to the buyer, for shopify and woocommerce."),
                .init(
                    "carriers", .texts,
                    "The marketplace's word for each carrier, such as `usps: USPS`; for tiktok_shop the id of the "
                        + "shipping provider, which it needs."),
            ]
    ) {
        $0.waitsForCancelRequests = true
        $0.asksWithTokens = true
    }
    private static let providers = ["tiktok_shop", "shopify", "woocommerce"]

    let name: String
    let retryPolicy: RetryPolicy
    private let access: OrderAccess
    private let options: Fulfillment.Options
    private let timeout: Duration

    /// - Returns: nil when a setting is missing that the marketplace's API needs.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let access = OrderAccess(settings, in: all) else { return nil }
        name = settings.name
        retryPolicy = settings.retry
        timeout = settings.timeout
        self.access = access
        options = Fulfillment.Options(settings)
    }

    var destination: String? { access.base.flatMap { HTTPRequest(method: "GET", url: $0).destination } }

    func effectKey(for subject: JobSubject) -> String? {
        guard let order = subject.order, let fulfillment = try? Fulfillment(order, options) else { return nil }
        return "\(kind.name):\(name):\(EffectKeys.order(order)):\(fulfillment.key)"
    }

    func earlierEffectKeys(for subject: JobSubject) -> [String] {
        [effectKey(for: subject.withoutShop)].compactMap(\.self).filter { $0 != effectKey(for: subject) }
    }

    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? {
        guard let order = subject.order, let provider = settings.text("provider") else { return nil }
        do throws(Fulfillment.Objection) {
            let fulfillment = try Fulfillment(order, Fulfillment.Options(settings))
            let parcels = fulfillment.parcels.map { parcel in
                [fulfillment.carrier(of: parcel), parcel.number].compactMap(\.self).joined(separator: " ")
            }
            return "tells \(provider) that the order \(order.id) is shipped: \(parcels.joined(separator: ", "))"
        } catch {
            return "nothing: \(error.reason)"
        }
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let order = subject.order else { return .ended(.bury("the event is about no order")) }
        do throws(Fulfillment.Objection) {
            let fulfillment = try Fulfillment(order, options)
            return access.step(for: subject.event) { api, token in
                guard let api = api as? any FulfillmentAPI else {
                    return .ended(.bury("the provider takes no reports of shipments"))
                }
                return OrderAccess.holding(api.fulfill(fulfillment, now: now, timeout: timeout), token)
            }
        } catch {
            return .ended(.skipped(error.reason))
        }
    }
}

/// A marketplace that takes reports of shipped orders.
protocol FulfillmentAPI: OrderAPI {
    /// The steps: what it has of the order, then what it lacks.
    func fulfill(_ fulfillment: Fulfillment, now: Timestamp, timeout: Duration) -> Step
}

/// The report of a shipped order to its marketplace.
struct Fulfillment: Sendable {
    /// What the action's settings say.
    struct Options: Sendable {
        /// The status of a shipped order; nil for the marketplace's usual one.
        let status: String?
        /// Whether the marketplace sends a mail to the buyer.
        let notifiesBuyer: Bool
        /// The marketplace's words for carriers, by carrier in lower case.
        let carriers: [String: String]

        init(_ settings: ActionSettings) {
            status = settings.text("status")
            notifiesBuyer = settings.boolean("notify_buyer") ?? false
            let words = settings.table("carriers").compactMap { name, value -> (String, String)? in
                if case .text(let word) = value { (name.lowercased(), word) } else { nil }
            }
            carriers = Dictionary(words, uniquingKeysWith: { $1 })
        }
    }

    /// Why an order is not to be fulfilled.
    struct Objection: Error {
        let reason: String
    }

    /// The marketplace's id of the order.
    let orderID: String
    /// Its parcels, at least one.
    let parcels: [Parcel]
    let options: Options

    /// The first parcel.
    let first: Parcel

    /// - Throws: why the marketplace gets no report yet, or none at all.
    init(_ order: StoredRecord, _ options: Options) throws(Objection) {
        if order.isCancelled { throw Objection(reason: "the order is cancelled") }
        let shipped = ShippedParcels(order.extra)
        guard let first = shipped.parcels.first else { throw Objection(reason: "nothing of the order is shipped") }
        guard shipped.isAllShipped else { throw Objection(reason: "not all of the order is shipped yet") }
        orderID = order.id
        parcels = shipped.parcels
        self.first = first
        self.options = options
    }

    /// The tracking numbers.
    var numbers: [String] { parcels.map(\.number) }

    /// A name for the set of its tracking numbers.
    var key: String {
        let text = numbers.sorted().map(EffectKeys.part).joined(separator: "+")
        return text.utf8.count <= 100 ? text : EffectKeys.messageID(text)
    }

    /// The marketplace's word for a parcel's carrier; the carrier itself where there is none.
    func carrier(of parcel: Parcel) -> String? {
        parcel.carrier.map { options.carriers[$0.lowercased()] ?? $0 }
    }
}
