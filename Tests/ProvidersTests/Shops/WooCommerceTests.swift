import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("WooCommerce")
struct WooCommerceTests {
    static let order = #"""
        {"id":727,"number":"727","status":"processing","currency":"EUR","date_created_gmt":"2017-03-22T19:28:02",
        "date_modified_gmt":"2017-03-22T19:28:08","total":"29.35","shipping_total":"10.00","customer_id":0,
        "billing":{"first_name":"John","last_name":"Doe","address_1":"969 Market","city":"San Francisco","state":"CA",
        "postcode":"94103","country":"US","email":"john.doe@example.com","phone":"(555) 555-5555"},
        "shipping":{"first_name":"","last_name":"","address_1":""},
        "line_items":[{"id":315,"name":"Woo Single #1","product_id":93,"variation_id":0,"quantity":2,"price":3,"sku":""},
        {"id":316,"name":"Ship Your Idea &ndash; Color","product_id":22,"variation_id":23,"quantity":1,"price":12.5,"sku":"Bar3"}]}
        """#

    static let product = #"{"id":794,"name":"Quality","price":"21.99","date_modified_gmt":"2017-03-23T17:01:14"}"#

    func read(_ body: String, _ topic: String) throws -> Event {
        try ProvidersTests.read(
            body, by: "woocommerce", [("X-WC-Webhook-Topic", topic), ("X-WC-Webhook-Source", "https://shop.example/")])
    }

    @Test("An order: times are UTC without a letter, the billing address stands in for an empty one")
    func orders() throws {
        let event = try read(Self.order, "order.created")
        #expect(event.type == "order.created" && event.subject == "order:727")
        #expect(event.occurredAt == Timestamp(rfc3339: "2017-03-22T19:28:08Z"))
        #expect(event.shopID == "https://shop.example/")
        let order = try #require(event.order)
        let fields = order.fields.filter { ![.items, .shippingAddress].contains($0.key) }
        #expect(
            fields == [
                .status: "processing", .orderNumber: "727", .currency: "EUR", .totalAmount: "29.35",
                .shippingFee: "10.00", .email: "john.doe@example.com", .phone: "(555) 555-5555",
                .customerName: "John Doe", .placedAt: "2017-03-22T19:28:02.000Z",
                .changedAt: "2017-03-22T19:28:08.000Z", .shopID: "https://shop.example/", .stage: "to_ship",
            ])
        #expect(
            try order.fields[.items]
                == json(
                    #"""
                    [{"line_id":"315","product_id":"93","product_name":"Woo Single #1","quantity":2,"unit_price":"3","sku":null,
                    "variant_id":null},
                    {"line_id":"316","product_id":"22","variant_id":"23","product_name":"Ship Your Idea &ndash; Color",
                    "quantity":1,"unit_price":"12.5","sku":"Bar3"}]
                    """#))
        #expect(order.fields[.shippingAddress]?["name"] == "John Doe")
        #expect(order.fields[.shippingAddress]?["zip"] == "94103")
        #expect(order.statusRank == 30 && order.extra["customer_id"] == 0)
    }

    @Test(
        "Topics",
        arguments: [
            ("order.updated", "order.updated"), ("order.restored", "order.updated"), ("order.deleted", "order.deleted"),
            ("product.created", "product.created"), ("product.deleted", "product.deleted"),
            ("customer.created", "customer.created"), ("coupon.created", "coupon.created"),
            ("action.woocommerce_add_to_cart", "action.woocommerce_add_to_cart"),
        ])
    func topics(topic: String, type: String) throws {
        let kinds = [
            "order": #""total":"1","status":"x""#, "product": #""name":"x","sku":"y""#, "customer": #""email":"x""#,
            "coupon": #""code":"x","amount":"1""#,
        ]
        let marks = kinds[topic.split(separator: ".").first.map(String.init) ?? ""] ?? #""meta_data":[1]"#
        let body = topic.hasSuffix("deleted") ? #"{"id":1}"# : "{\"id\":1,\(marks)}"
        #expect(try read(body, topic).type == type)
    }

    @Test("A status of cancelled makes a cancellation; the trash is a status")
    func cancelled() throws {
        #expect(try read(#"{"id":1,"total":"1","status":"cancelled"}"#, "order.updated").type == "order.cancelled")
        let deleted = try #require(read(#"{"id":1}"#, "order.deleted").order)
        #expect(deleted.fields == [.status: "trash", .stage: "cancelled"])
    }

    @Test("A product and a customer; deletions mark")
    func records() throws {
        let product = try #require(
            read(
                #"""
                {"id":794,"name":"Quality","permalink":"https://x/y","price":"21.99","sku":"","stock_quantity":null,
                "status":"publish","images":[{"src":"https://x/i.jpg"}],"date_modified_gmt":"2017-03-23T17:01:14"}
                """#, "product.updated"
            ).product)
        #expect(
            product.fields == [
                .name: "Quality", .url: "https://x/y", .price: "21.99", .sku: .null, .quantity: .null,
                .status: "publish", .imageURL: "https://x/i.jpg", .changedAt: "2017-03-23T17:01:14.000Z",
                .deleted: false,
            ])
        #expect(try read(#"{"id":794}"#, "product.deleted").product == Product(id: "794", fields: [.deleted: true]))
        let customer = try #require(
            read(
                #"{"id":25,"email":"j@x","first_name":"J","last_name":"D","billing":{"phone":"1"}}"#, "customer.created"
            )
            .customer)
        #expect(customer.fields[.name] == "J D" && customer.fields[.phone] == "1" && customer.fields[.email] == "j@x")
        #expect(try read(#"{"id":25}"#, "customer.deleted").customer?.fields == [.deleted: true])
    }

    @Test("Case 10: two orders of one second share a delivery id and are two events")
    func sharedDeliveryID() throws {
        func key(_ body: String, _ topic: String = "order.created", window: Int64 = 600) throws -> DedupeKey {
            try ProvidersTests.read(
                body, by: "woocommerce", [("x-wc-webhook-topic", topic), ("x-wc-webhook-delivery-id", "same")],
                window: window
            ).dedupeKey
        }
        let time = #""total":"1","status":"x","date_modified_gmt":"2017-03-22T19:28:08""#
        #expect(try key("{\"id\":1,\(time)}") != key("{\"id\":2,\(time)}"))
        #expect(try key("{\"id\":1,\(time)}") == key("{\"id\":1,\(time)}"))
        #expect(try key("{\"id\":1,\(time)}", "order.updated") != key("{\"id\":1,\(time)}"))
        // Deleted, restored, and deleted again: the same bytes, and another event.
        #expect(try key(#"{"id":1}"#, "order.deleted", window: 7).windowSeconds == 7)
        #expect(try key("{\"id\":1,\(time)}").windowSeconds == nil)
        #expect(try key("{\"id\":1,\(time)}", "order.restored", window: 7).windowSeconds == 7)
    }

    @Test(
        "Case 11: the ping is answered by exactly 200, and nothing else is a ping",
        arguments: [
            ("webhook_id=5", "application/x-www-form-urlencoded", nil, true),
            ("webhook_id=5", "application/x-www-form-urlencoded; charset=utf-8", nil, true),
            ("webhook_id=", "application/x-www-form-urlencoded", nil, false),
            ("webhook_id=5&a=b", "application/x-www-form-urlencoded", nil, false),
            ("webhook_id=5", "application/json", nil, false),
            ("webhook_id=5", "application/x-www-form-urlencoded", "order.created", false),
            ("{}", "application/json", nil, false),
        ] as [(String, String, String?, Bool)])
    func ping(body: String, type: String, topic: String?, isPing: Bool) {
        var fields = [HeaderFields.Field(name: "Content-Type", value: type)]
        if let topic { fields.append(HeaderFields.Field(name: "X-WC-Webhook-Topic", value: topic)) }
        let received = delivery(fields, body: Array(body.utf8))
        let answer = WooCommerceProvider().handshake(received, keyring: ring)
        #expect(answer == (isPing ? Answer(status: 200) : nil))
    }

    @Test(
        "The shop is the one that the signed links name",
        arguments: [
            ("https://shop.example/wp-json/wc/v3/orders/1", "shop.example"),
            ("https://www.Shop.example:8443/Sub/wp-json/wc/v3/orders/1", "shop.example/sub"),
            ("http://shop.example/?rest_route=/wc/v3/orders/1", "shop.example"),
            ("http://shop.example/a/index.php?rest_route=%2Fwc%2Fv3%2Forders%2F1", "shop.example/a"),
            ("https://shop.example/api/wc/v2/orders/1", "shop.example"), ("/wp-json/wc/v3/orders/1", ""),
            ("https:///wc/v3/orders/1", ""),
        ])
    func shops(link: String, key: String) throws {
        let body = #"{"id":1,"total":"1","status":"x","_links":{"self":[{"href":"\#(link)"}]}}"#
        let event = try read(body, "order.updated")
        #expect(event.shopKey == key && event.type == "order.updated")
        #expect(try read(Self.order, "order.updated").shopKey == "")
    }

    @Test(
        "What WooCommerce sends instead of a resource is none",
        arguments: ["order.updated", "product.created", "order.deleted"])
    func errors(topic: String) throws {
        let event = try read(
            #"{"code":"woocommerce_rest_cannot_view","message":"Sorry","data":{"status":401}}"#, topic)
        #expect(event.type == "unrecognized" && event.record == .none && event.subject == nil)
        #expect(event.reason?.hasPrefix("the body is an error of WooCommerce's own") == true)
    }

    @Test("The API before REST wraps its resource and spells it otherwise")
    func legacy() throws {
        let event = try read(
            #"""
            {"order":{"id":645,"order_number":"645","created_at":"2015-01-26T20:00:21Z","updated_at":"2015-01-26T20:00:22Z",
            "status":"completed","currency":"USD","total":"79.87","total_shipping":"10.00",
            "billing_address":{"first_name":"Ada","last_name":"Example","address_1":"1 Lane","email":"ada@mail.example"},
            "line_items":[{"id":504,"quantity":1,"price":"69.87","name":"Tee"}]}}
            """#, "order.updated")
        let order = try #require(event.order)
        #expect(order.id == "645" && event.occurredAt == Timestamp(rfc3339: "2015-01-26T20:00:22Z"))
        #expect(order.fields[.totalAmount] == "79.87" && order.fields[.shippingFee] == "10.00")
        #expect(order.fields[.email] == "ada@mail.example" && order.fields[.shippingAddress]?["name"] == "Ada Example")
        #expect(order.fields[.stage] == "delivered" && order.fields[.orderNumber] == "645")
    }

    @Test("Refunds add up, below zero or not; a shop with prices that include tax has no rounded ones")
    func money() throws {
        let order = try #require(
            read(
                #"""
                {"id":1,"status":"processing","total":"40.00","refunds":[{"id":2,"total":"-10.00"},{"id":3,"total":"-5.5"}],
                "line_items":[{"id":4,"quantity":0.5,"price":16.528925619834713}]}
                """#, "order.updated"
            ).order)
        #expect(order.fields[.refundedAmount] == "15.50")
        #expect(
            order.fields[.items] == [
                [
                    "line_id": "4", "quantity": .number(JSONNumber(literal: "0.5") ?? JSONNumber(0)),
                    "unit_price": "16.528925619834713",
                ]
            ])
    }

    @Test("A restore is one, a deletion tells no time, and no delivery id is believed")
    func timing() throws {
        let restored = try read(Self.order, "order.restored")
        #expect(restored.timing == .restore && restored.type == "order.updated" && restored.occurredAt != nil)
        #expect(try read(#"{"id":1}"#, "order.deleted").timing == .deletion)
        #expect(try read(Self.order, "order.updated").timing == .own)
        #expect(
            try ProvidersTests.read(Self.order, by: "woocommerce", [("x-wc-webhook-delivery-id", "d")]).deliveryID
                == nil)
    }

    @Test(
        "A status of an extension's own has the stage of its word, or none, and no older one stays beside it",
        arguments: [
            ("shipped", "shipped"), ("out-for-delivery", "shipped"), ("engraving", .null), ("pending", "unpaid"),
        ]
            as [(String, JSONValue)])
    func ownStatus(status: String, stage: JSONValue) throws {
        let event = try ProvidersTests.read(
            #"{"id":1,"status":"\#(status)","total":"1","line_items":[]}"#, by: "woocommerce",
            [("X-WC-Webhook-Topic", "order.updated")])
        #expect(event.order?.fields[.stage] == stage)
    }
}
