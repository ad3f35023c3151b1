import Crypto
import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("ROMS")
struct ROMSTests {
    private let provider = ROMSProvider()

    func order(_ body: String) throws -> Order {
        try #require(try event(Array(body.utf8), by: provider).order)
    }

    /// Taken without a signature, as the guide allows.
    func unsigned(_ body: String, _ headers: [(String, String)] = []) throws -> Event {
        let received = delivery(headers.map { HeaderFields.Field(name: $0, value: $1) }, body: Array(body.utf8))
        let verified = try provider.scheme.verify(received, keyring: ring, policy: .optional, now: noon)
        #expect(verified.verdict.strength == .unverified)
        return try normalize(verified, by: provider).event
    }

    @Test(
        "The table of field mappings: every alias makes its column",
        arguments: [
            (["product", "product_name", "item"], OrderField.product, #""Nike Shoes""#, "Nike Shoes"),
            (["price", "unit_price"], .price, "99.99", "99.99"),
            (["total", "total_price", "amount"], .totalAmount, "199.98", "199.98"),
            (["commission", "profit"], .commission, "-15.00", "-15.00"),
            (["quantity", "qty"], .quantity, "2", "2"),
            (["email", "customer_email"], .email, #""test@email.com""#, "test@email.com"),
            (["customer_name", "name"], .customerName, #""John Doe""#, "John Doe"),
            (["profile"], .profile, #""Profile1""#, "Profile1"),
            (["proxy_list", "proxy"], .proxyList, #""Proxy1""#, "Proxy1"),
            (["reference", "reference_number"], .referenceNumber, #""REF123""#, "REF123"),
            (["status", "order_status"], .status, #""pending""#, "pending"),
            (["tracking", "tracking_number", "shipment_id"], .trackingNumber, #""1Z999""#, "1Z999"),
            (["order_date", "created_at", "date"], .placedAt, #""2024-10-27T10:30:00Z""#, "2024-10-27T10:30:00.000Z"),
        ])
    func mappings(aliases: [String], field: OrderField, sent: String, kept: String) throws {
        for (place, alias) in aliases.enumerated() {
            let fields = try order(#"{"order_number":"1","\#(alias)":\#(sent)}"#).fields
            #expect(fields[field]?.identifier == kept, "\(alias)")
            #expect(fields.filter { $0.key != .stage }.count == 2)
            for later in aliases.dropFirst(place + 1) {
                let both = try order(#"{"\#(later)":"other","order_number":"1","\#(alias)":\#(sent)}"#)
                #expect(both.fields[field]?.identifier == kept, "\(alias) before \(later)")
                #expect(both.extra == [later: "other"])
            }
        }
    }

    @Test("Only the order number is required, as text or as a number; unknown fields are kept")
    func minimal() throws {
        #expect(try order(#"{"order_number":"ORD-001"}"#) == Order(id: "ORD-001", fields: [.orderNumber: "ORD-001"]))
        #expect(try order(#"{"order_number":12345}"#).id == "12345")
        let extra = try order(#"{"order_number":"1","gift":{"note":"hi"},"quantity":"many","status":null}"#)
        #expect(extra.extra == ["gift": ["note": "hi"], "quantity": "many"])
        #expect(extra.fields == [.orderNumber: "1", .status: .null, .stage: .null])
    }

    @Test("It has no clock, and an equal body is the same event within the window")
    func clock() throws {
        let event = try event(Array(#"{"order_number":"1","created_at":"2024-10-27"}"#.utf8), by: provider)
        #expect(event.occurredAt == nil && event.dedupeKey.windowSeconds == 600)
        #expect(event.order?.fields[.placedAt] == "2024-10-27T00:00:00.000Z")
        #expect(event.type == "order.updated" && event.subject == "order:1")
    }

    @Test(
        "What is no order is refused with a reason",
        arguments: [
            "", "hello", "[]", "{}", #"{"order_number":""}"#, #"{"order_number":null}"#, #"{"order_number":{}}"#,
        ])
    func invalid(body: String) throws {
        let refusal = try #require(throws: Refusal.self) { _ = try unsigned(body) }
        #expect(refusal.kind == .invalidPayload)
        let answer = provider.answer(refusal)
        let told = try json(String(decoding: answer.body, as: UTF8.self))
        #expect(answer.status == 400 && told["success"] == false)
        #expect(told["detail"]?.string == refusal.reason)
    }

    @Test(
        "What another shop's headers mark is never taken as an unsigned order",
        arguments: [
            [("X-Shopify-Topic", "orders/create")], [("X-Shopify-Hmac-Sha256", "AAAA")], [("Shopify-Topic", "orders")],
            [("X-WC-Webhook-Topic", "order.created")], [("X-WC-Webhook-Signature", "AAAA")],
        ])
    func foreign(headers: [(String, String)]) throws {
        let refusal = try #require(throws: Refusal.self) { _ = try unsigned(#"{"order_number":1001}"#, headers) }
        #expect(refusal.kind == .noUsableSecret)
        #expect(provider.answer(refusal).status == 503)
    }

    @Test("Answers: the row's id, and the same to a repetition")
    func answers() throws {
        let event = try unsigned(#"{"order_number":12345}"#)
        for isDuplicate in [false, true] {
            #expect(
                provider.answer(
                    event, Receipt(eventID: 9, orderRow: 7, isDuplicate: isDuplicate), delivery(body: []))
                    == .json(
                        200,
                        [
                            "success": true, "message": "Order received and processed successfully", "order_id": 7,
                            "order_number": "12345",
                        ]))
        }
        #expect(
            provider.answer(Refusal(.noSecretMatched, ""))
                == .json(401, ["success": false, "error": "Invalid signature"]))
        #expect(provider.answer(Refusal(.missingSignature, "")).status == 401)
    }
}
