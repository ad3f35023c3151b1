import JSON
import Ledger
import LedgerSupport
import Providers
import Testing
import Verification
import Webhooks

/// What a provider sends about one order, product, customer or comment, for the tests that shuffle it. A provider with a
/// clock joins them by a line in ``withClock``, or for other records than orders in ``ofRecords``.
struct EventStory: Sendable, CustomTestStringConvertible {
    /// One delivery: the headers that tell its topic, and the body, with its own time in it.
    struct Step: Sendable {
        let headers: [(name: String, value: String)]
        let body: JSONValue
        /// When it was sent, in seconds from the first one.
        let sent: Int64

        init(_ body: JSONValue, headers: [(name: String, value: String)] = [], sent: Int64 = 0) {
            self.headers = headers
            self.body = body
            self.sent = sent
        }
    }

    /// The provider, in whose name the stored events can be read again.
    let provider: any Provider
    /// What they are about: `order`, `product`, `customer` or `comment`.
    var kind = "order"
    /// The deliveries as they happened.
    let steps: [Step]

    var testDescription: String { "\(provider.name) \(kind)" }

    /// The story of a provider by its name.
    /// - Returns: nil when there is none of that name; the number of stories is tested.
    static func named(_ provider: String, _ kind: String = "order", _ steps: () -> [Step]) -> EventStory? {
        ProviderRegistry.named(provider).map { EventStory(provider: $0, kind: kind, steps: steps()) }
    }

    static let withClock: [EventStory] = [
        tikTokGuide, tikTokShop, everShop, shopify, wooCommerce, square, bigCommerce, etsy,
    ].compactMap(\.self)

    /// All of it, normalized once: the same deliveries can be those of any source.
    func normalized(at received: Timestamp = Guide.now) throws -> [NormalizedDelivery] {
        try steps.map { step in
            try normalize(
                Guide.verified(
                    step.body, headers: step.headers, by: provider, at: received.advanced(bySeconds: step.sent)),
                by: provider)
        }
    }
}

extension JSONObject {
    /// The members of an object literal.
    init(_ value: JSONValue) { self = value.object ?? JSONObject() }
}
