import JSON
import Testing
import Verification
import Webhooks

@testable import Providers

/// One genuine delivery, sent again under headers of somebody's choice: Shopify, WooCommerce and GitHub sign the body
/// alone.
@Suite("What unsigned topics cannot do")
struct UnsignedTopicTests {
    static let redact = #"{"shop_id":9,"shop_domain":"a","customer":{"id":7},"orders_to_redact":[1]}"#
    static let request = #"{"shop_id":9,"shop_domain":"a","customer":{"id":7},"orders_requested":[1]}"#

    func shopify(_ body: String, _ topic: String?) throws -> Event {
        try read(body, by: "shopify", topic.map { [("x-shopify-topic", $0)] } ?? [])
    }

    func wooCommerce(_ body: String, _ topic: String?) throws -> Event {
        try read(body, by: "woocommerce", topic.map { [("x-wc-webhook-topic", $0)] } ?? [])
    }

    @Test(
        "Nothing but its own body makes a request to redact",
        arguments: [
            ShopifyTests.order, #"{"id":1}"#, #"{"id":1,"shop_id":9,"shop_domain":"a"}"#, #"{"shop_domain":"a"}"#,
            #"{"shop_id":9,"shop_domain":"a","topic":"x","action":"y"}"#, "{}", "[]", "hello", redact, request,
        ])
    func redactions(body: String) throws {
        for topic in ["shop/redact", "customers/redact", "customers/data_request"] {
            if topic == "customers/redact" && body == Self.redact { continue }
            if topic == "customers/data_request" && body == Self.request { continue }
            let event = try shopify(body, topic)
            // The signed body of Shopify Events names its own topic.
            let isNamed = body.contains("topic")
            #expect(event.type == (isNamed ? "x/y" : "unrecognized"), "\(topic)")
            #expect(event.providerType == (isNamed ? "x/y" : "unrecognized"))
            #expect(event.record == .none && event.subject == nil)
        }
    }

    @Test("Shopify's own requests are taken")
    func requests() throws {
        #expect(try shopify(#"{"shop_id":9,"shop_domain":"a"}"#, "shop/redact").type == "shop.redact")
        let redact = try shopify(Self.redact, "customers/redact")
        #expect(redact.type == "customer.redact" && redact.subject == "customer:7")
        #expect(try shopify(Self.request, "customers/data_request").type == "customer.data_request")
        // Whoever has captured one cannot make it count again.
        for (body, topic) in [
            (Self.redact, "customers/redact"), (Self.request, "customers/data_request"),
            (#"{"shop_id":9,"shop_domain":"a"}"#, "shop/redact"),
        ] {
            #expect(try shopify(body, topic).dedupeKey.windowSeconds == nil)
        }
        #expect(redact.timing == .deletion)
    }

    @Test(
        "A known event of GitHub keeps its name, an event that is not known yet gets its own",
        arguments: [
            (#"{"action":"created","starred_at":"x","repository":{}}"#, "star", "star.created"),
            (#"{"action":"created","starred_at":"x","repository":{},"sender":{}}"#, "nonsense", "unrecognized"),
            (#"{"action":"created","starred_at":"x","repository":{}}"#, "star.deleted", "unrecognized"),
            (#"{"action":"created","starred_at":"x","planet":{}}"#, "star.deleted", "unrecognized"),
            (#"{"action":"created","planet":{},"repository":{}}"#, "planet", "planet.created"),
            (#"{"action":"added","sub_issue":{},"parent_issue":{},"repository":{}}"#, "sub_issues", "sub_issues.added"),
            (#"{"action":"opened","issue":{},"repository":{}}"#, "watch", "unrecognized"),
            (#"{"action":"started","repository":{},"sender":{}}"#, "watch", "watch.started"),
        ])
    func namesOfEvents(body: String, name: String, type: String) throws {
        #expect(try read(body, by: "github", [("x-github-event", name)]).type == type)
    }

    @Test("A name of ours in a header is not ours", arguments: Vocabulary.types)
    func borrowedNames(name: String) throws {
        let body = #"{"id":1,"name":"x","updated_at":"2022-01-01T00:00:00Z"}"#
        #expect(try shopify(body, name).type == "shopify:" + name)
        #expect(try read(body, by: "github", [("x-github-event", name)]).type == "github:" + name)
        if !WooCommerceProvider.topics.keys.contains(name) {
            #expect(try wooCommerce(body, name).type == "woocommerce:" + name)
        }
        let parts = name.split(separator: ".")
        if parts.count == 2 {
            let event = try read("{\"action\":\"\(parts[1])\"}", by: "github", [("x-github-event", "\(parts[0])")])
            #expect(event.type == "github:" + name && event.providerType == name)
        }
    }

    @Test("Unknown topics make one event of a body, as many as are invented")
    func inventedTopics() throws {
        let invented = ["themes/publish", "x", "order.created", "customers/redact", "shop.redact", nil]
        #expect(try Set(invented.map { try shopify(ShopifyTests.order, $0).dedupeKey }).count == 1)
        #expect(
            try Set(
                invented.filter { $0 != "order.created" }.map {
                    try wooCommerce(WooCommerceTests.product, $0).dedupeKey
                }
            )
            .count == 1)
        // Those that the order confirms are an event each; those whose verb it does not show are one; all others are
        // one.
        let keys = try Dictionary(
            grouping: ShopifyTopics.known.keys + ["x", "y"], by: { try shopify(ShopifyTests.order, $0).dedupeKey })
        let sets = Set(keys.values.map(Set.init))
        #expect(sets.isSuperset(of: [["orders/create"], ["orders/updated"], ["orders/paid"]]))
        #expect(sets.contains(["orders/cancelled", "orders/fulfilled", "orders/partially_fulfilled", "orders/delete"]))
        #expect(sets.count == 5)
    }

    @Test(
        "A deletion tells the id and no more, all else does",
        arguments: [
            ("shopify", "products/delete", ["products/create", "products/update"], "product"),
            ("shopify", "customers/delete", ["customers/create", "customers/enable"], "customer"),
            ("shopify", "orders/delete", ["orders/create", "orders/cancelled", "orders/edited"], "order"),
            ("woocommerce", "order.deleted", ["order.created", "order.restored"], "order"),
            ("woocommerce", "product.deleted", ["product.created", "product.updated"], "product"),
            ("woocommerce", "customer.deleted", ["customer.created", "customer.updated"], "customer"),
        ])
    func deletions(provider: String, deletion: String, others: [String], kind: String) throws {
        func event(_ topic: String, _ body: String) throws -> Event {
            try read(body, by: provider, [(provider == "shopify" ? "x-shopify-topic" : "x-wc-webhook-topic", topic)])
        }
        let gone = [
            #"{"id":1}"#,
            #"{"id":1,"phone":null,"addresses":[],"note":"","admin_graphql_api_id":"gid://shopify/\#(kind)/1"}"#,
        ]
        let marks = [
            "order": #""financial_status":"paid","status":"x","total":"1""#,
            "product": #""variants":[1],"name":"x","price":"1""#,
            "customer": #""email":"a@b.example""#,
        ]
        let alive = #"{"id":1,"updated_at":"2022-01-01T00:00:00Z",\#(marks[kind] ?? "")}"#
        for body in gone {
            let deleted = try event(deletion, body)
            #expect(deleted.type == "\(kind).deleted" && deleted.subject == "\(kind):1" && deleted.timing == .deletion)
            for topic in others {
                let event = try event(topic, body)
                #expect(event.type == "unrecognized" && event.record == .none && event.subject == nil, "\(topic)")
                #expect(event.reason != nil && event.claimedType == topic && event.providerType == "unrecognized")
            }
        }
        // What is there is not deleted: its record changes, and no more.
        let deleted = try event(deletion, alive)
        #expect(deleted.type == "\(kind).updated" && deleted.subject == "\(kind):1" && deleted.claimedType == deletion)
        #expect(deleted.timing == .own && deleted.providerType != deletion)
        for topic in others where topic != "orders/edited" {
            #expect(try event(topic, alive).subject == "\(kind):1", "\(topic)")
        }
        // An id and something that is no mark of any kind.
        for topic in others + [deletion] {
            #expect(try event(topic, #"{"id":1,"tags":"x"}"#).type == "unrecognized", "\(topic)")
        }
    }

    @Test("A body that says what it is, is nothing else")
    func kinds() throws {
        let time = #""updated_at":"2022-01-01T00:00:00Z","date_modified_gmt":"2022-01-01T00:00:00""#
        for kind in ["order", "product", "customer"] {
            let gid =
                "{\"id\":1,\"admin_graphql_api_id\":\"gid://shopify/\(kind.first?.uppercased() ?? "")\(kind.dropFirst())/1\",\(time)}"
            for (topic, meant) in ShopifyTopics.known {
                let event = try shopify(gid, topic)
                #expect((event.type != "unrecognized") == (meant.body == kind), "\(kind): \(topic)")
                #expect(event.record == .none || event.subject == "\(kind):1")
            }
            for href in ["https://a.example/wp-json/wc/v3/\(kind)s", "https://a.example/?rest_route=/wc/v3/\(kind)s"] {
                let body = "{\"id\":1,\"_links\":{\"collection\":[{\"href\":\"\(href)\"}]},\(time)}"
                for topic in WooCommerceProvider.topics.keys {
                    #expect((try wooCommerce(body, topic).type != "unrecognized") == topic.hasPrefix(kind), "\(topic)")
                }
            }
        }
    }

    @Test(
        "A verb that the body does not show is an update, and no rule for it runs",
        arguments: [
            ("orders/cancelled", #""cancelled_at":null"#), ("orders/paid", #""financial_status":"pending""#),
            ("orders/fulfilled", #""fulfillment_status":"partial""#),
            ("orders/partially_fulfilled", #""fulfillment_status":null"#),
        ])
    func verbs(topic: String, member: String) throws {
        let body = #"{"id":1,"order_number":5,"updated_at":"2022-01-01T00:00:00Z",\#(member)}"#
        let event = try shopify(body, topic)
        #expect(event.type == "order.updated" && event.providerType == "orders/updated" && event.claimedType == topic)
        #expect(event.order?.id == "1" && event.reason == nil)
        // All topics that one body does not confirm are one event.
        #expect(try event.dedupeKey == shopify(body, "orders/delete").dedupeKey)
        #expect(try event.dedupeKey != shopify(body, "orders/updated").dedupeKey)
    }

    @Test(
        "What is no order is never one, whatever its topic",
        arguments: [
            #"{"id":5,"order_id":1,"status":"success","tracking_number":"1Z","line_items":[{"id":2}]}"#,
            #"{"id":"c","token":"c","line_items":[{"id":2}],"updated_at":"2022-01-01T00:00:00Z"}"#,
            #"{"id":9,"token":"t","cart_token":"c","total_price":"5","line_items":[{"id":2}],"abandoned_checkout_url":"https://a.example"}"#,
            ##"{"id":7,"name":"#D1","invoice_url":"https://a.example","total_price":"5","line_items":[{"id":2}]}"##,
            #"{"id":7,"admin_graphql_api_id":"gid://shopify/DraftOrder/7","total_price":"5","line_items":[{"id":2}],"order_id":null}"#,
            #"{"id":7,"code":"SAVE","amount":"5","discount_type":"percent"}"#, #"{"id":7,"shipment_status":"x"}"#,
        ])
    func noOrders(body: String) throws {
        for topic in ShopifyTopics.known.keys where topic.hasPrefix("orders/") {
            let event = try shopify(body, topic)
            #expect(event.type == "unrecognized" && event.record == .none && event.reason != nil, "\(topic)")
        }
        for topic in WooCommerceProvider.topics.keys where topic.hasPrefix("product") || topic.hasPrefix("customer") {
            #expect(try wooCommerce(body, topic).record == .none, "\(topic)")
        }
    }

    @Test("The same body under another topic is no later than itself, and a body without a time names no shop")
    func shops() throws {
        let keys = try ["orders/create", "orders/updated", "orders/paid"].map {
            try shopify(ShopifyTests.order, $0).dedupeKey.bytes
        }
        #expect(Set(keys).count == 3 && Set(keys.map { $0.prefix(8) }).count == 1)
        let headers = [("x-shopify-topic", "orders/updated"), ("x-shopify-shop-domain", "a.example")]
        let order = try read(#"{"id":1,"financial_status":"paid"}"#, by: "shopify", headers).order
        #expect(order?.fields == [.status: "paid", .stage: "to_ship"])
    }

    @Test("What a shop's own system signs in our words, it means", arguments: ["order.created", "shop.redact"])
    func ownWords(type: String) throws {
        for provider in ["standard_webhooks", "standard_webhooks_v1a", "generic_hmac_sha256_hex", "api_key"] {
            #expect(try read("{\"type\":\"\(type)\"}", by: provider).type == type, "\(provider)")
        }
        #expect(try read("{\"event\":\"\(type)\"}", by: "evershop").type == type)
        #expect(try read(#"{"type":"shop.redact"}"#, by: "stripe").type == "stripe:shop.redact")
        #expect(try read(#"{"type":"customer.created"}"#, by: "stripe").type == "customer.created")
    }

    @Test("The vocabulary holds every type that a table gives")
    func vocabulary() {
        let shops = [ShopifyTopics.known, WooCommerceProvider.topics, EverShopTopics.known].flatMap(\.values)
        let envelopes = ProviderRegistry.all.compactMap { $0 as? EnvelopeProvider }.flatMap(\.envelope.types.values)
        let tikTok = (0...100).compactMap { TikTokShopType.numbered($0) }.filter { $0.type != $0.name }
        let given = Set(shops.map(\.type) + envelopes + tikTok.map(\.type))
        #expect(given.subtracting(Vocabulary.types) == [])
    }
}
