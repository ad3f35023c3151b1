import Crypto
import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("EverShop's own webhooks (2.3.0)")
struct EverShopWebhooksTests {
    private func body(_ topic: String, _ data: String, event: String = #""e1""#, id: String = "d1") -> String {
        #"{"id":"\#(id)","event_id":\#(event),"topic":"\#(topic)","created_at":"2026-11-14T22:13:20.000Z","data":\#(data)}"#
    }

    private func read(_ body: String) throws -> Event { try ProvidersTests.read(body, by: "evershop_webhooks") }

    @Test("Told from the guide's contract by its headers")
    func contracts() throws {
        let (guide, own) = (EverShopProvider(), EverShopWebhooksProvider())
        func sent(_ fields: [(String, String)]) -> Delivery {
            delivery(fields.map { HeaderFields.Field(name: $0, value: $1) }, body: Array("{}".utf8))
        }
        let signed = sent([("X-EverShop-Signature", "t=1700000000,v1=aa"), ("X-EverShop-Topic", "webhook_ping")])
        #expect(own.recognizes(signed) && !guide.recognizes(signed))
        let bare = sent([("X-EverShop-Signature", "t=1700000000,v1=aa")])
        #expect(own.recognizes(bare) && !guide.recognizes(bare))
        let old = sent([("x-evershop-signature", String(repeating: "a", count: 64))])
        #expect(!own.recognizes(old) && guide.recognizes(old))
        let standard = sent([("webhook-id", "m"), ("webhook-signature", "v1,aa"), ("webhook-timestamp", "1")])
        #expect(!own.recognizes(standard) && guide.recognizes(standard))
    }

    @Test("The rows of an order")
    func order() throws {
        let event = try read(
            body(
                "order_placed",
                #"{"order_id":7,"order_number":"10007","grand_total":"509.0000","currency":"USD","status":"processing","payment_status":"paid","shipment_status":"pending","customer_email":"a@b.c"}"#
            ))
        #expect(event.provider == "evershop_webhooks" && event.subject == "order:7" && event.type == "order.updated")
        #expect(event.order?.fields[.totalAmount] == "509.0000" && event.order?.fields[.stage] == "to_ship")
        #expect(event.occurredAt == Timestamp(rfc3339: "2026-11-14T22:13:20Z"))
    }

    @Test(
        "Each of the 21 topics is about its record",
        arguments: [
            (
                "order_created", #"{"order_id":9,"status":"new","payment_status":"pending","payment_method":"stripe"}"#,
                "order.created", "order:9"
            ),
            ("order_placed", #"{"order_id":9,"status":"canceled"}"#, "order.cancelled", "order:9"),
            ("order_status_updated", #"{"orderId":9,"before":"new","after":"completed"}"#, "order.updated", "order:9"),
            ("order_canceled", #"{"orderId":9,"reason":"x"}"#, "order.cancelled", "order:9"),
            ("order_refunded", #"{"orderId":9,"amount":5}"#, "refund.completed", "order:9"),
            ("shipment_created", #"{"shipmentId":1,"orderId":9}"#, "package.shipped", "order:9"),
            ("shipment_status_changed", #"{"shipmentId":1,"orderId":9,"after":"x"}"#, "package.updated", "order:9"),
            ("shipment_delivered", #"{"shipmentId":1,"orderId":9}"#, "package.delivered", "order:9"),
            ("shipment_label_created", #"{"shipmentId":1,"orderId":9}"#, "package.updated", "order:9"),
            ("shipment_label_voided", #"{"shipmentId":1,"orderId":9}"#, "package.updated", "order:9"),
            ("product_created", #"{"product_id":5}"#, "product.created", "product:5"),
            ("product_updated", #"{"product_id":5}"#, "product.updated", "product:5"),
            ("product_deleted", #"{"product_id":5}"#, "product.deleted", "product:5"),
            (
                "inventory_updated", #"{"before":{"qty":2},"after":{"product_inventory_product_id":5,"qty":1}}"#,
                "inventory.updated", "product:5"
            ),
            ("category_created", #"{"category_id":1}"#, "category_created", nil),
            ("category_updated", #"{"category_id":1}"#, "category_updated", nil),
            ("category_deleted", #"{"category_id":1}"#, "category_deleted", nil),
            ("customer_created", #"{"customer_id":1}"#, "customer.created", "customer:1"),
            ("customer_registered", #"{"customer_id":1}"#, "customer.created", "customer:1"),
            ("customer_updated", #"{"customer_id":1}"#, "customer.updated", "customer:1"),
            ("customer_deleted", #"{"customer_id":1}"#, "customer.deleted", "customer:1"),
        ] as [(String, String, String, String?)])
    func topics(topic: String, data: String, type: String, subject: String?) throws {
        let event = try read(body(topic, data))
        #expect(event.providerType == topic && event.type == type && event.subject == subject)
        #expect((event.record == .none) == (subject == nil))
    }

    @Test(
        "What happens to a part of an order does not mention the order's own status",
        arguments: [
            (
                "shipment_status_changed", #""before":"pending","after":"delivered","phase":"delivered""#,
                [.stage: "delivered"]
            ),
            ("shipment_status_changed", #""before":"a","after":"b","phase":"c""#, [:]),
            ("shipment_delivered", #""shipmentId":1"#, [.stage: "delivered"]),
            ("shipment_created", #""shipmentId":1,"notify":true"#, [:]),
            ("shipment_label_created", #""trackingNumber":"1Z","labelUrl":"""#, [.trackingNumber: "1Z"]),
            ("shipment_label_voided", #""trackingNumber":"1Z""#, [:]),
            (
                "order_refunded", #""amount":"12.5000","currency":"USD","full":false"#,
                [.refundedAmount: "12.5000", .currency: "USD"]
            ),
            ("order_canceled", #""reason":"x""#, [.status: "canceled", .stage: "cancelled", .cancelRequested: false]),
        ] as [(String, String, Fields<OrderField>)])
    func parts(topic: String, members: String, fields: Fields<OrderField>) throws {
        #expect(try read(body(topic, #"{"orderId":9,\#(members)}"#)).order?.fields == fields)
    }

    @Test("A refund is kept by the id of its event, so that two of one payment and amount are two")
    func refunds() throws {
        let data = #"{"orderId":9,"amount":"5.00","currency":"USD","full":false,"transaction":"pi"}"#
        let orders = try ["1", "2"].map { id in
            try read(
                #"{"id":"d","event_id":"\#(id)","topic":"order_refunded","created_at":"2026-01-01T00:00:00Z","data":\#(data)}"#
            ).order
        }
        #expect(orders.map { $0?.extra["refunds/1"] } == ["5.00", nil])
        #expect(orders.map { $0?.extra["refunds/2"] } == [nil, "5.00"])
        #expect(orders.allSatisfy { $0?.fields[.refundedAmount] == "5.00" })
    }

    @Test(
        "The stage follows from what the order's three words say",
        arguments: [
            (#""status":"new","payment_status":"pending","payment_method":"cod""#, "to_ship"),
            (#""status":"new","payment_status":"pending","payment_method":"stripe""#, "unpaid"),
            (#""status":"processing","shipment_status":"partially_shipped""#, "to_ship"),
            (#""status":"closed","shipment_status":"delivered""#, "delivered"),
            (#""status":"closed","payment_status":"stripe_refunded","shipment_status":"shipped""#, "returned"),
            (#""status":"closed","payment_status":"paypal_refunded""#, "cancelled"),
            (#""status":"processing","payment_status":"stripe_partial_refunded""#, "to_ship"),
            (#""status":"refunded""#, "returned"), (#""status":"canceled","shipment_status":"shipped""#, "cancelled"),
            // A word of a shop's own: no older stage stays beside it.
            (#""status":"being_engraved""#, .null), (#""status":"new""#, nil),
        ] as [(String, JSONValue?)])
    func stages(members: String, stage: JSONValue?) throws {
        let order = try read(body("order_placed", #"{"order_id":9,\#(members)}"#)).order
        #expect(order != nil && order?.fields[.stage] == stage)
    }

    @Test("One event of a shop is one event, whichever of its webhooks brings it; two topics are two")
    func dedupe() throws {
        func key(_ topic: String, _ event: String, _ id: String) throws -> [UInt8] {
            try read(body(topic, "{}", event: event, id: id)).dedupeKey.bytes
        }
        #expect(try key("order_created", #""e1""#, "a") == key("order_created", #""e1""#, "b"))
        #expect(try key("order_created", #""e1""#, "a") != key("order_placed", #""e1""#, "a"))
        #expect(try key("order_created", #""e1""#, "a") != key("order_created", #""e2""#, "a"))
        #expect(try key("order_created", "null", "a") == key("order_created", "null", "a"))
        #expect(try key("order_created", "null", "a") != key("order_created", "null", "b"))
        #expect(try key("order_created", #""a""#, "x") != key("order_created", "null", "a"))
    }

    @Test("The test of the settings page is answered and no event; it must be signed")
    func ping() throws {
        let provider = EverShopWebhooksProvider()
        let ping = body("webhook_ping", #"{"message":"m","webhook_uuid":"w"}"#, event: "null")
        let received = delivery(body: Array(ping.utf8))
        let verified = try provider.scheme.verify(received, keyring: ring, policy: .none, now: noon)
        #expect(provider.challenge(verified) == Answer(status: 200))
        #expect(provider.handshake(received, keyring: ring) == nil)
    }

    @Test(
        "A credential is taken out of the body before it is kept, and out of the record; the rest stays",
        arguments: ["evershop_webhooks", "evershop"])
    func credentials(name: String) throws {
        let data =
            #"{"customer_id":1,"email":"a@b.c","password":"$2b$10$hash","nested":[{"access_token":"t"}],"api_key":null}"#
        let text =
            name == "evershop" ? #"{"event":"customer_updated","data":\#(data)}"# : body("customer_updated", data)
        let provider = try #require(ProviderRegistry.named(name))
        let received = delivery(body: Array(text.utf8))
        let verified = try provider.scheme.verify(received, keyring: ring, policy: .none, now: noon)
        let kept = try normalize(verified, by: provider)
        let stored = String(decoding: kept.verified.delivery.body, as: UTF8.self)
        #expect(!stored.contains("$2b$") && !stored.contains(#""t""#) && stored.contains("a@b.c"))
        #expect(try json(stored)["data"]?["password"] == "[removed]" && json(stored)["data"]?["api_key"] == .null)
        #expect(kept.verified.verdict == verified.verdict)
        #expect(kept.received.body == received.body && kept.bodyHash == Digest.sha256.hash(parts: [received.body]))
        #expect(kept.event.customer?.extra["password"] == nil && kept.event.customer?.fields[.email] == "a@b.c")
        // Read again, what was reduced is the same event.
        let again = try normalize(
            provider.scheme.verify(kept.verified.delivery, keyring: ring, policy: .none, now: noon), by: provider)
        #expect(again.event == kept.event && again.bodyHash == nil)
        // What has none stays byte for byte.
        let plain = delivery(body: Array(#" {"topic":"x", "data":{"password":""}}"#.utf8))
        let untouched = try normalize(
            provider.scheme.verify(plain, keyring: ring, policy: .none, now: noon), by: provider)
        #expect(untouched.verified.delivery.body == plain.body && untouched.bodyHash == nil)
    }
}
