import JSON
import Ledger
import Providers
import Testing
import Verification
import Webhooks

/// What a provider sends about one order, for the tests that shuffle it. A provider with a clock joins them by a line in
/// ``withClock``.
struct EventStory: Sendable, CustomTestStringConvertible {
    /// One delivery: the headers that tell its topic, and the body, with its own time in it.
    struct Step: Sendable {
        let headers: [(name: String, value: String)]
        let body: JSONValue

        init(_ body: JSONValue, headers: [(name: String, value: String)] = []) {
            self.headers = headers
            self.body = body
        }
    }

    /// The provider, in whose name the stored events can be read again.
    let provider: any Provider
    /// The deliveries as they happened.
    let steps: [Step]

    var testDescription: String { provider.name }

    static let withClock: [EventStory] = [tikTokGuide, tikTokShop, everShop, shopify, wooCommerce].compactMap(\.self)

    /// All of it, normalized once: the same deliveries can be told of any source.
    func normalized(at received: Timestamp = Guide.now) throws -> [NormalizedDelivery] {
        try steps.map { step in
            try normalize(
                Guide.verified(step.body, headers: step.headers, by: provider, at: received), by: provider)
        }
    }
}

extension JSONObject {
    /// The members of an object literal.
    init(_ value: JSONValue) { self = value.object ?? JSONObject() }
}
