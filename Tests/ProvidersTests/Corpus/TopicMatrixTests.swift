import JSON
import Testing
import Webhooks

@testable import Providers

/// Every sample under every topic of its provider that is known: what one signed body can be made to say.
@Suite("One body under every topic")
struct TopicMatrixTests {
    /// What each family of topics is about; and of the samples which verbs each confirms beside those that contradict
    /// nothing. Written by hand: the code must not tell the test what is right.
    private static let families = [
        "orders": "order", "products": "product", "customers": "customer", "order": "order", "product": "product",
        "customer": "customer", "coupon": "coupon", "refunds": "refund", "order_transactions": "transaction",
        "returns": "return", "fulfillments": "fulfillment", "checkouts": "checkout", "carts": "cart",
        "inventory_levels": "level", "shop": "shop redaction", "app": "app",
    ]
    private static let exceptions = [
        "orders/edited": "edit", "customers/redact": "redaction", "customers/data_request": "data request",
    ]
    private static let shown: [String: Set<String>] = [
        "orders/create": ["orders/paid"], "orders/updated": ["orders/paid", "orders/fulfilled"],
        "orders/paid": ["orders/paid"],
        "orders/fulfilled": ["orders/paid", "orders/fulfilled"],
        "orders/partially_fulfilled": ["orders/paid", "orders/partially_fulfilled"],
        "orders/cancelled": ["orders/paid", "orders/cancelled"],
        "customers/create": ["customers/enable"], "customers/update": ["customers/enable"],
        "customers/enable": ["customers/enable"], "customers/disable": ["customers/disable"],
    ]
    private static let always: Set<String> = [
        "create", "created", "update", "updated", "restored", "edited", "redact", "data_request", "uninstalled",
    ]

    private static func kind(_ topic: String) -> String {
        exceptions[topic] ?? families[topic.split { $0 == "/" || $0 == "." }.first.map(String.init) ?? ""] ?? topic
    }

    private static func verb(_ topic: String) -> String {
        topic.split { $0 == "/" || $0 == "." }.last.map(String.init) ?? ""
    }

    static let samples = CorpusSample.all.filter { ["shopify", "woocommerce"].contains($0.provider) }

    @Test(
        "Another kind makes nothing; the same kind changes its own record, as an update where the verb is not shown",
        arguments: samples)
    func matrix(_ sample: CorpusSample) throws {
        let isShopify = sample.provider == "shopify"
        let topics = isShopify ? ShopifyTopics.known : WooCommerceProvider.topics
        let own = try #require(try sample.event())
        let isDeletion = ["delete", "deleted"].contains(Self.verb(sample.name))
        for (topic, meant) in topics {
            let event = try #require(try sample.event([(isShopify ? "X-Shopify-Topic" : "X-WC-Webhook-Topic", topic)]))
            let note = Comment(rawValue: "\(sample.name) as \(topic)")
            let isOfDeletion = ["delete", "deleted"].contains(Self.verb(topic))
            if isDeletion, isOfDeletion, sample.name != "customers/delete" || topic == sample.name {
                // It names an id and no kind.
                #expect(event.type == meant.type && event.timing == .deletion, note)
                #expect(meant.record.map { event.subject == "\($0.rawValue):1000000000001001" } ?? true, note)
            } else if isDeletion || Self.kind(topic) != Self.kind(sample.name) {
                #expect(event.type == "unrecognized" && event.providerType == "unrecognized", note)
                #expect(event.record == .none && event.furtherRecords.isEmpty && event.subject == nil, note)
                #expect(event.reason != nil && event.claimedType == topic, note)
            } else {
                #expect(event.subject == own.subject, note)
                let kind = Self.kind(topic)
                let isShown =
                    Self.always.contains(Self.verb(topic)) || Self.shown[sample.name]?.contains(topic) == true
                    || kind == "return"
                #expect(event.claimedType == (isShown ? nil : topic), note)
                #expect(event.type == (isShown ? meant.type : "\(kind).updated"), note)
                #expect((event.providerType == topic) == isShown, note)
                #expect(event.record.id == own.record.id, note)
            }
        }
    }

    @Test(
        "Of a body all topics that it does not confirm are one event, all that it does an event each",
        arguments: samples)
    func keys(_ sample: CorpusSample) throws {
        let isShopify = sample.provider == "shopify"
        let topics = isShopify ? ShopifyTopics.known : WooCommerceProvider.topics
        let events = try topics.keys.map { topic in
            try #require(try sample.event([(isShopify ? "X-Shopify-Topic" : "X-WC-Webhook-Topic", topic)]))
        }
        let shown = events.filter { $0.claimedType == nil }
        #expect(Set(shown.map(\.dedupeKey)).count == shown.count)
        for type in Set(events.map(\.type)) {
            #expect(Set(events.filter { $0.type == type && $0.claimedType != nil }.map(\.dedupeKey)).count <= 1)
        }
    }

    @Test("GitHub: another event's name makes nothing", arguments: CorpusSample.all.filter { $0.provider == "github" })
    func gitHub(_ sample: CorpusSample) throws {
        guard let own = try sample.event() else { return }
        for name in GitHubEvents.marks.keys where name != sample.name {
            let event = try #require(try sample.event([("X-GitHub-Event", name)]))
            #expect(event.type == "unrecognized" && event.providerType == "unrecognized", "\(name)")
            #expect(event.dedupeKey != own.dedupeKey, "\(name)")
        }
        #expect(own.type.hasPrefix(sample.name))
    }
}

extension Record {
    /// The id of the record.
    fileprivate var id: String? {
        switch self {
        case .none: nil
        case .order(let it): it.id
        case .product(let it): it.id
        case .customer(let it): it.id
        case .comment(let it): it.id
        }
    }
}
