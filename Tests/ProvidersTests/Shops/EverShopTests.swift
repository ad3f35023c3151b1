import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("EverShop")
struct EverShopTests {
    func read(_ body: String, window: Int64 = 600) throws -> Event {
        try ProvidersTests.read(body, by: "evershop", window: window)
    }

    @Test("The guide's product")
    func product() throws {
        let event = try read(
            #"""
            {"event":"product.created","timestamp":"2025-10-28T12:00:00Z","data":{"id":"123","name":"New Product",
            "description":"Product description","price":99.99,"sku":"PROD-123","qty":100}}
            """#)
        #expect(event.type == "product.created" && event.subject == "product:123")
        #expect(event.occurredAt == Timestamp(rfc3339: "2025-10-28T12:00:00Z"))
        #expect(event.dedupeKey.windowSeconds == nil)
        #expect(
            event.product
                == Product(
                    id: "123",
                    fields: [
                        .name: "New Product", .description: "Product description", .price: "99.99", .sku: "PROD-123",
                        .quantity: 100, .deleted: false,
                    ]))
    }

    @Test("The guide's order; without items that could be read")
    func order() throws {
        let event = try read(
            #"""
            {"event":"order.updated","timestamp":"2025-10-28T12:00:00Z","data":{"id":"456","orderNumber":"ORD-456",
            "customerId":"789","customerEmail":"customer@example.com","status":"shipped","previousStatus":"processing",
            "items":[{"id":1,"name":"Tee","qty":2,"price":"9.50"}]}}
            """#)
        #expect(event.type == "order.updated" && event.subject == "order:456")
        let order = try #require(event.order)
        #expect(order.fields[.status] == "shipped" && order.fields[.orderNumber] == "ORD-456")
        #expect(order.fields[.email] == "customer@example.com" && order.statusRank == 50)
        #expect(
            try order.fields[.items]
                == json(#"[{"line_id":"1","product_name":"Tee","quantity":2,"unit_price":"9.50"}]"#))
        #expect(order.extra == ["customerId": "789", "previousStatus": "processing"])
    }

    @Test("The same column as a number and as a string is the same money", arguments: ["509.0000", #""509.0000""#])
    func rows(total: String) throws {
        let event = try read(
            #"""
            {"event":"order_placed","data":{"order_id":7,"order_number":"10007","customer_email":"a@b.c","grand_total":\#(total),
            "currency":"USD","status":"canceled","customer_full_name":"A B","created_at":"2026-08-12T10:00:00.000Z"}}
            """#)
        #expect(event.type == "order.cancelled" && event.order?.id == "7")
        #expect(event.order?.fields[.totalAmount] == "509.0000" && event.order?.fields[.customerName] == "A B")
    }

    @Test(
        "Names of the guide and of EverShop",
        arguments: [
            ("customer.created", #"{"id":"1","email":"a@b.c"}"#, "customer.created", "customer:1"),
            ("customer_registered", #"{"customer_id":1}"#, "customer.created", "customer:1"),
            ("product.deleted", #"{"id":1}"#, "product.deleted", "product:1"),
            ("product_updated", #"{"product_id":5}"#, "product.updated", "product:5"),
            (
                "inventory_updated", #"{"old":{},"new":{"product_inventory_product_id":5,"qty":3}}"#,
                "inventory.updated", "product:5"
            ),
            ("order_status_updated", #"{"orderId":9,"before":"a","after":"completed"}"#, "order.updated", "order:9"),
            ("shipment_created", #"{"shipmentId":1,"orderId":9}"#, "package.shipped", "order:9"),
            ("cart.updated", #"{"cartId":"c"}"#, "cart.updated", "cart:c"),
            ("category_created", "{}", "category_created", nil),
        ] as [(String, String, String, String?)])
    func names(event: String, data: String, type: String, subject: String?) throws {
        let event = try read(#"{"event":"\#(event)","data":\#(data)}"#)
        #expect(event.type == type && event.subject == subject)
    }

    @Test("Deletions mark; an inventory event does not mention it")
    func deletions() throws {
        #expect(try read(#"{"event":"product.deleted","data":{"id":1}}"#).product?.fields == [.deleted: true])
        #expect(try read(#"{"event":"customer.deleted","data":{"id":1}}"#).customer?.fields == [.deleted: true])
        let stock = try read(
            #"{"event":"inventory_updated","data":{"new":{"product_inventory_product_id":5,"qty":3}}}"#)
        #expect(stock.product?.fields == [.quantity: 3])
        let status = try read(#"{"event":"order_status_updated","data":{"orderId":9,"after":"completed"}}"#)
        #expect(status.order?.fields == [.status: "completed", .stage: "delivered"])
    }

    @Test("Without a time there is no clock, and an equal body counts for the window only")
    func withoutTime() throws {
        let event = try read(#"{"event":"product.created","data":{"id":"123"}}"#, window: 60)
        #expect(event.occurredAt == nil && event.dedupeKey.windowSeconds == 60)
        #expect(try read("hello").type == "unrecognized")
    }

    @Test("A signed id of Standard Webhooks is the dedupe key; without its signature the id is not")
    func standardWebhooks() throws {
        func key(_ body: String, _ names: [String]) throws -> DedupeKey {
            try ProvidersTests.read(body, by: "evershop", names.map { ($0, "msg_1") }).dedupeKey
        }
        let signed = ["webhook-id", "webhook-signature"]
        #expect(try key("{}", signed) == key(#"{"a":1}"#, signed))
        #expect(try key("{}", ["webhook-id"]) != key(#"{"a":1}"#, ["webhook-id"]))
    }

    @Test("The guide's answers")
    func answers() throws {
        let provider = EverShopProvider()
        let event = try read("{}")
        let receipt = Receipt(eventID: 1, orderRow: nil, isDuplicate: false)
        #expect(
            provider.answer(event, receipt, delivery(body: [])) == .json(200, ["code": 0, "msg": "Webhook received"]))
        #expect(
            provider.answer(Refusal(.missingSignature, "")) == .json(401, ["code": 1, "msg": "Missing signature"]))
        for kind in [Refusal.Kind.noSecretMatched, .malformedSignature, .outsideTolerance] {
            #expect(provider.answer(Refusal(kind, "")) == .json(401, ["code": 1, "msg": "Invalid signature"]))
        }
        #expect(provider.answer(Refusal(.noUsableSecret, "")).status == 503)
    }
}
