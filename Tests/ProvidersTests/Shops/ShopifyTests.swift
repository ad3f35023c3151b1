import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("Shopify")
struct ShopifyTests {
    static let order = #"""
        {"id":820982911946154508,"name":"#9999","order_number":1234,"email":"jon@example.com","contact_email":"x@example.com",
        "created_at":"2021-12-31T19:00:00-05:00","updated_at":"2021-12-31T19:00:01-05:00","currency":"USD",
        "total_price":"398.00","total_tax":null,"financial_status":"paid","fulfillment_status":null,"cancelled_at":null,
        "total_shipping_price_set":{"shop_money":{"amount":"10.00","currency_code":"USD"}},
        "customer":{"id":115310627314723954,"first_name":"John","last_name":"Smith"},"test":true,
        "line_items":[{"id":866550311766439020,"product_id":788032119674292922,"variant_id":null,"title":"Tee","quantity":1,
        "price":"199.00","sku":"TEE-1","grams":567}],
        "shipping_address":{"first_name":"Steve","last_name":"Shipper","address1":"123 Shipping St","city":"Shippington",
        "province":"Kentucky","zip":"40003","country":"United States","country_code":"US","phone":"555-555-SHIP"},
        "fulfillments":[{"tracking_number":"1Z"}]}
        """#

    func read(_ body: String, _ topic: String) throws -> Event {
        try ProvidersTests.read(
            body, by: "shopify", [("X-Shopify-Topic", topic), ("X-Shopify-Shop-Domain", "a.myshopify.com")])
    }

    @Test("An order with its lines and its address; ids above 2^53 keep every digit")
    func orders() throws {
        let event = try read(Self.order, "orders/create")
        #expect(event.type == "order.created" && event.providerType == "orders/create")
        #expect(event.subject == "order:820982911946154508" && event.shopID == "a.myshopify.com")
        #expect(event.occurredAt == Timestamp(rfc3339: "2022-01-01T00:00:01Z"))
        let order = try #require(event.order)
        #expect(order.id == "820982911946154508" && order.statusRank == 30)
        let fields = order.fields.filter { ![.items, .shippingAddress].contains($0.key) }
        #expect(
            fields == [
                .status: "paid", .orderNumber: "#9999", .email: "jon@example.com", .currency: "USD",
                .totalAmount: "398.00", .shippingFee: "10.00", .customerName: "John Smith", .trackingNumber: "1Z",
                .trackingNumbers: ["1Z"], .stage: "to_ship",
                .placedAt: "2022-01-01T00:00:00.000Z", .changedAt: "2022-01-01T00:00:01.000Z",
                .shopID: "a.myshopify.com",
            ])
        #expect(
            try order.fields[.items]
                == json(
                    #"""
                    [{"line_id":"866550311766439020","product_id":"788032119674292922","variant_id":null,
                    "product_name":"Tee","quantity":1,"unit_price":"199.00","sku":"TEE-1","extra":{"grams":567}}]
                    """#))
        #expect(order.fields[.shippingAddress]?["name"] == "Steve Shipper")
        #expect(order.fields[.shippingAddress]?["region"] == "Kentucky")
        #expect(order.fields[.shippingAddress]?["country"] == "US")
        #expect(order.extra["test"] == true && order.extra["financial_status"] == "paid")
    }

    @Test(
        "The one status out of payment and delivery",
        arguments: [
            (#""financial_status":"pending""#, "pending"),
            (#""financial_status":"paid","fulfillment_status":null"#, "paid"),
            (#""financial_status":"paid","fulfillment_status":"partial""#, "partial"),
            (#""financial_status":"refunded","fulfillment_status":"fulfilled""#, "refunded"),
            (#""financial_status":"paid","cancelled_at":"2022-01-01T00:00:00Z""#, "cancelled"),
        ])
    func statuses(members: String, status: String) throws {
        let order = try #require(read("{\"id\":1,\(members)}", "orders/updated").order)
        #expect(order.fields[.status]?.string == status)
        #expect(order.statusRank > 0)
    }

    @Test(
        "Topics",
        arguments: [
            (
                "orders/cancelled", #"{"id":1,"order_number":1,"cancelled_at":"2022-01-01T00:00:00Z"}"#,
                "order.cancelled", "order:1"
            ),
            ("orders/delete", #"{"id":1}"#, "order.deleted", "order:1"),
            ("products/create", #"{"id":1,"product_type":"x"}"#, "product.created", "product:1"),
            ("products/update", #"{"id":1,"variants":[{"id":2}]}"#, "product.updated", "product:1"),
            ("products/delete", #"{"id":1}"#, "product.deleted", "product:1"),
            ("customers/create", #"{"id":1,"email":"a@b.example"}"#, "customer.created", "customer:1"),
            ("customers/delete", #"{"id":1}"#, "customer.deleted", "customer:1"),
            ("carts/update", #"{"id":"c","token":"c"}"#, "cart.updated", "cart:c"),
            ("checkouts/create", #"{"id":9,"token":"t","cart_token":"c"}"#, "checkout.created", "cart:c"),
            ("checkouts/update", #"{"id":9,"token":"t","cart_token":null}"#, "checkout.updated", "cart:t"),
            (
                "customers/data_request",
                #"{"shop_id":1,"shop_domain":"a.example","customer":{"id":7},"orders_requested":[]}"#,
                "customer.data_request",
                "customer:7"
            ),
            (
                "inventory_levels/update", #"{"inventory_item_id":7,"available":6}"#, "inventory.updated",
                "inventory_item:7"
            ),
            ("fulfillments/create", #"{"id":5,"order_id":1,"tracking_number":null}"#, "package.shipped", "order:1"),
            ("checkouts/update", #"{"token":"t","cart_token":"c"}"#, "checkout.updated", "cart:c"),
            ("orders/edited", #"{"order_edit":{"id":7,"order_id":1}}"#, "order.updated", "order:1"),
            ("refunds/create", #"{"id":5,"order_id":1,"refund_line_items":[]}"#, "refund.completed", "order:1"),
            (
                "order_transactions/create", #"{"id":5,"order_id":1,"kind":"sale","gateway":"x"}"#, "order.updated",
                "order:1"
            ),
            ("returns/request", #"{"id":5,"order_id":1,"return_line_items":[]}"#, "return.updated", "order:1"),
            (
                "returns/close", #"{"admin_graphql_api_id":"gid://shopify/Return/5","order":{"id":1}}"#,
                "return.updated", "order:1"
            ),
            ("shop/redact", #"{"shop_id":1,"shop_domain":"a.example"}"#, "shop.redact", nil),
            ("app/uninstalled", #"{"id":1,"domain":"x"}"#, "authorization.removed", nil),
            ("themes/publish", #"{"id":1}"#, "themes/publish", nil),
        ] as [(String, String, String, String?)])
    func topics(topic: String, body: String, type: String, subject: String?) throws {
        let event = try read(body, topic)
        #expect(event.type == type && event.providerType == topic && event.subject == subject)
    }

    @Test("A product: the stock of all variants, the price of the first")
    func products() throws {
        let product = try #require(
            read(
                #"""
                {"id":1,"title":"Tee","body_html":"<b>x</b>","status":"active","updated_at":"2022-01-01T00:00:00Z","vendor":"v",
                "image":{"src":"https://x/y.png"},"variants":[
                {"id":11,"sku":"A","price":"1.50","inventory_quantity":-2,"title":"S"},
                {"id":12,"sku":"","price":"2.50","inventory_quantity":5,"title":"M"}]}
                """#, "products/update"
            ).product)
        #expect(product.fields[.quantity] == 3 && product.fields[.price] == "1.50" && product.fields[.sku] == "A")
        #expect(product.fields[.deleted] == false && product.fields[.description] == "<b>x</b>")
        #expect(product.fields[.variants]?.array?.count == 2)
        #expect(product.fields[.variants]?.array?.first?["quantity"] == -2)
        #expect(product.extra["vendor"] == "v")
        #expect(try read(#"{"id":1}"#, "products/delete").product == Product(id: "1", fields: [.deleted: true]))
    }

    @Test("A customer; a request to redact marks it")
    func customers() throws {
        let body = #"{"id":706405506930370084,"email":"","first_name":"Bob","last_name":"Norman","state":"disabled"}"#
        let customer = try #require(read(body, "customers/update").customer)
        #expect(customer.id == "706405506930370084" && customer.fields[.name] == "Bob Norman")
        #expect(customer.fields[.email] == .null && customer.fields[.status] == "disabled")
        let redact = try read(
            #"{"shop_id":1,"shop_domain":"a.example","customer":{"id":191167,"email":"j@x"},"orders_to_redact":[]}"#,
            "customers/redact")
        #expect(redact.type == "customer.redact" && redact.customer == Customer(id: "191167", fields: [.deleted: true]))
    }

    @Test("Topic and body make the dedupe key; the unsigned ids do not count")
    func dedupe() throws {
        func key(_ topic: String, _ id: String, _ body: String = #"{"id":1,"order_number":1}"#) throws -> DedupeKey {
            try ProvidersTests.read(body, by: "shopify", [("x-shopify-topic", topic), ("x-shopify-webhook-id", id)])
                .dedupeKey
        }
        #expect(try key("orders/create", "a") == key("orders/create", "b"))
        #expect(try key("orders/create", "a") != key("orders/updated", "a"))
        #expect(try key("orders/create", "a") != key("orders/create", "a", #"{"id":2,"order_number":1}"#))
        // What tells no time is repeatable: an order can be deleted once, a return can be closed and reopened.
        #expect(try key("orders/delete", "a", #"{"id":1}"#).windowSeconds == 600)
        #expect(try key("orders/create", "a", Self.order).windowSeconds == nil)
        #expect(
            try key("orders/updated", "a", #"{"id":1,"order_number":1,"created_at":"2022-01-01T00:00:00Z"}"#)
                .windowSeconds == 600)
    }

    @Test("Shopify Events: headers without X-, topic and action apart")
    func events() throws {
        let event = try ProvidersTests.read(
            Self.order, by: "shopify_events",
            [("Shopify-Topic", "orders"), ("Shopify-Action", "create"), ("Shopify-Shop-Domain", "b.myshopify.com")])
        #expect(event.type == "order.created" && event.provider == "shopify_events")
        #expect(event.shopID == "b.myshopify.com" && event.order?.id == "820982911946154508")
        let thin = try ProvidersTests.read(
            #"{"topic":"Product","action":"update","handle":"tee"}"#, by: "shopify_events",
            [("Shopify-Resource-Id", "gid://shopify/Product/1")])
        #expect(thin.type == "Product/update" && thin.subject == "gid://shopify/Product/1")
        // The body is signed, the headers are not.
        let forged = try ProvidersTests.read(
            #"{"topic":"Product","action":"update","handle":"tee"}"#, by: "shopify_events",
            [("Shopify-Topic", "products"), ("Shopify-Action", "delete"), ("Shopify-Resource-Id", "order:1")])
        #expect(forged.type == "Product/update" && forged.providerType == "Product/update")
        #expect(forged.subject == nil && forged.dedupeKey == thin.dedupeKey)
    }

    @Test("What does not fit is stored", arguments: ["hello", "7", "[]"])
    func misfits(body: String) throws {
        let event = try read(body, "orders/create")
        #expect(event.type == "unrecognized" && event.record == .none && event.providerType == "unrecognized")
        #expect(event.claimedType == "orders/create" && event.reason == "the body is not a JSON object")
        #expect(try ProvidersTests.read(body, by: "shopify").type == "unrecognized")
    }

    @Test("All parcels' tracking numbers, all refunds, and the stage")
    func parts() throws {
        let body = #"""
            {"id":1,"financial_status":"partially_refunded","fulfillment_status":"fulfilled","fulfillments":{"0":
            {"tracking_numbers":["1Z","2Z"],"shipment_status":"delivered"},"1":{"tracking_number":"3Z","shipment_status":"in_transit"},
            "2":{"tracking_number":"4Z","status":"cancelled"},"3":{"tracking_number":null}},"refunds":[
            {"transactions":[{"kind":"refund","status":"success","amount":"5.10"},{"kind":"refund","status":"failure","amount":"9"}]},
            {"transactions":[{"kind":"refund","status":"success","amount":"4.90"}]}]}
            """#
        let order = try #require(read(body, "orders/updated").order)
        #expect(order.fields[.trackingNumbers] == ["1Z", "2Z", "3Z"] && order.fields[.trackingNumber] == "3Z")
        #expect(order.fields[.refundedAmount] == "10.00" && order.fields[.stage] == "shipped")
        let none = try #require(read(#"{"id":1,"financial_status":"pending","refunds":[]}"#, "orders/updated").order)
        #expect(none.fields == [.status: "pending", .stage: "unpaid", .refundedAmount: .null])
    }

    @Test("Each refund is kept by its id, from the order's own body and from refunds/create")
    func refunds() throws {
        let refund = #""transactions":[{"kind":"refund","status":"success","amount":"5.00"}]"#
        let order = try #require(
            read(
                #"{"id":1,"financial_status":"paid","refunds":[{"id":7,\#(refund)},{"id":8,\#(refund)},{"id":9}]}"#,
                "orders/updated"
            ).order)
        #expect(order.fields[.refundedAmount] == "10.00")
        #expect(order.extra["refunds/7"] == "5.00" && order.extra["refunds/8"] == "5.00")
        #expect(order.extra["refunds/9"] == nil)
        let single = try #require(
            read(#"{"id":8,"order_id":1,"refund_line_items":[],\#(refund)}"#, "refunds/create").order)
        #expect(single.extra["refunds/8"] == "5.00")
    }

    @Test("A shop that no longer has a domain is a shop, no customer")
    func shop() throws {
        let body = #"{"id":5,"name":"N","email":"a@example.com","phone":"1","domain":null,"myshopify_domain":null,"#
        for mark in [#""shop_owner":"A""#, #""plan_name":"basic""#, #""money_format":"${{amount}}""#] {
            #expect(try read(body + mark + "}", "app/uninstalled").type == "authorization.removed")
            #expect(try read(body + mark + "}", "customers/update").type == "unrecognized")
        }
    }

    @Test("What a topic without a record says of an order is about that order")
    func ofOrder() throws {
        for topic in ["disputes/create", "fulfillment_events/create", "tender_transactions/create"] {
            let event = try read(#"{"id":3,"order_id":1,"status":"x"}"#, topic)
            #expect(event.subject == "order:1" && event.record == .none && event.type == topic)
        }
        // Another kind of body under a known topic is about nothing.
        #expect(try read(#"{"id":3,"order_id":1,"status":"x"}"#, "orders/updated").subject == nil)
    }

    @Test(
        "What belongs to an order says its part of it, by its own time",
        arguments: [
            (
                "fulfillments/update",
                #"{"order_id":1,"tracking_number":"1Z","tracking_numbers":["1Z"],"updated_at":"2022-01-01T00:00:00Z"}"#,
                [.trackingNumber: "1Z"]
            ),
            (
                "refunds/create",
                #"{"order_id":1,"created_at":"2022-01-01T00:00:00Z","refund_line_items":[],"transactions":[{"kind":"refund","amount":"5.10"}]}"#,
                [.refundedAmount: "5.10"]
            ),
            (
                "returns/approve",
                #"{"status":"open","order":{"id":1},"admin_graphql_api_id":"gid://shopify/Return/2","updated_at":"2022-01-01T00:00:00Z"}"#,
                [.returnStatus: "open"]
            ),
            (
                "order_transactions/create",
                #"{"id":3,"order_id":1,"kind":"capture","gateway":"x","amount":"5","created_at":"2022-01-01T00:00:00Z"}"#,
                [:]
            ),
        ] as [(String, String, Fields<OrderField>)])
    func belonging(topic: String, body: String, fields: Fields<OrderField>) throws {
        let event = try read(body, topic)
        #expect(event.order?.id == "1" && event.order?.fields == fields && event.order?.statusRank == 0)
        #expect(event.occurredAt == Timestamp(rfc3339: "2022-01-01T00:00:00Z") && event.dedupeKey.windowSeconds == nil)
    }

    @Test("A deleted order is marked, without a time")
    func deleted() throws {
        let event = try read(#"{"id":1}"#, "orders/delete")
        #expect(event.order?.fields == [.status: "deleted", .stage: "cancelled"])
        #expect(event.timing == .deletion && event.occurredAt == nil)
        #expect(try read(#"{"id":1}"#, "products/delete").timing == .deletion)
        #expect(try read(Self.order, "orders/create").timing == .own)
    }

    @Test("The id of the delivery is kept, from either spelling of the headers")
    func deliveryIDs() throws {
        for name in ["X-Shopify-Webhook-Id", "Shopify-Webhook-Id"] {
            #expect(try ProvidersTests.read("{}", by: "shopify", [(name, "b1d2")]).deliveryID == "b1d2")
        }
        #expect(try read("{}", "orders/create").deliveryID == nil)
    }
}
