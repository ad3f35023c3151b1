import Crypto
import JSON
import Jobs
import Outbound
import Rules
import Settings
import Testing
import Verification
import Webhooks

@testable import Actions

/// The events of orders for the platforms of assistants.
@Suite struct OrderEventTests {
    static let now = Timestamp(microseconds: 1_800_000_123_000_000)

    static let order = """
        {"status": "AWAITING_SHIPMENT", "stage": "to_ship", "currency": "USD", "total_amount": "57.75", "shipping_fee": "4.99",
         "order_number": "1001", "changed_at": "2026-11-02T10:00:00Z", "customer_name": "Jane van der Berg", "items": [
            {"line_id": "l1", "product_id": "p1", "product_name": "Mug", "sku": "A-1", "quantity": 2, "unit_price": "19.95"},
            {"line_id": "l2", "product_id": "p2", "product_name": "Poster", "quantity": 1, "unit_price": "9.90"}],
         "shipping_address": {"name": "Jane van der Berg", "address1": "1 Main St", "city": "Springfield",
            "region": "IL", "zip": "12345", "country": "us"}}
        """

    static func subject(
        _ changes: [String: JSONValue] = [:], extra: JSONObject = extra, type: String = "order.updated"
    ) throws -> JobSubject {
        var fields = try #require(try JSONValue(parsing: Array(order.utf8)).object)
        for (key, value) in changes { fields[key] = value }
        let order = StoredRecord(row: 3, source: "shop", id: "576486316948490001", fields: fields, extra: extra)
        var subject = Subjects.subject(order: order)
        subject.event.type = type
        return subject
    }

    static var extra: JSONObject {
        var extra = JSONObject()
        extra["checkout_session_id"] = "cs_1"
        return extra
    }

    static let pair = Result { try PrivateKey.generate(.p256) }

    static func settings() throws -> Settings {
        try Configured.settings(
            """
            actions:
              acp:
                kind: acp_order_event
                url: https://platform.example/acp
                secret: { env: ACP }
                permalink: "https://shop.example/orders/{order.id}?n={order.order_number}"
              ucp:
                kind: ucp_order_event
                url: https://platform.example/ucp?shop=1
                private_key: { env: UCP }
                key_id: shop-2026
                profile: https://shop.example/.well-known/ucp
                permalink: "https://shop.example/orders/{order.id}"
                address: false
            """,
            ["ACP": "acp-secret", "UCP": String(decoding: pair.get().pem().reveal(), as: UTF8.self)])
    }

    static func action(_ name: String) throws -> any Action {
        let settings = try settings()
        #expect(settings.problems.allSatisfy { $0.message.contains("no source") }, "\(settings.problems)")
        return ActionTable.action(try #require(settings.action(named: name)), in: settings)
    }

    private func request(_ name: String, _ subject: JobSubject) throws -> HTTPRequest {
        let step = try Self.action(name).prepare(subject, now: Self.now)
        guard case .request(let request) = step else { throw Missing() }
        return request
    }

    private func body(_ name: String, _ subject: JobSubject) throws -> JSONValue {
        try JSONValue(parsing: request(name, subject).body ?? [])
    }

    struct Missing: Error {}

    @Test func theWholeOrderIsSentByACP() throws {
        let body = try body("acp", Self.subject(type: "order.created"))
        let expected = """
            {"type":"order_create","data":{"type":"order","id":"576486316948490001","checkout_session_id":"cs_1",\
            "order_number":"1001","permalink_url":"https://shop.example/orders/576486316948490001?n=1001",\
            "status":"processing","line_items":[\
            {"id":"l1","title":"Mug","product_id":"A-1","quantity":{"ordered":2,"current":2,"fulfilled":0},\
            "unit_price":1995,"subtotal":3990,"status":"processing"},\
            {"id":"l2","title":"Poster","product_id":"p2","quantity":{"ordered":1,"current":1,"fulfilled":0},\
            "unit_price":990,"subtotal":990,"status":"processing"}],"fulfillments":[],"adjustments":[],"totals":[\
            {"type":"subtotal","display_text":"Subtotal","amount":4980},\
            {"type":"fulfillment","display_text":"Shipping","amount":499},\
            {"type":"tax","display_text":"Taxes and fees","amount":296},\
            {"type":"total","display_text":"Total","amount":5775}]}}
            """
        #expect(body == (try JSONValue(parsing: Array(expected.utf8))))
        #expect(try self.body("acp", Self.subject())["type"] == "order_update")
    }

    @Test func theWholeOrderIsSentByUCP() throws {
        let body = try body("ucp", Self.subject())
        let expected = """
            {"ucp":{"version":"2026-04-08","capabilities":{"dev.ucp.shopping.order":[{"version":"2026-04-08"}]}},\
            "id":"576486316948490001","label":"1001","checkout_id":"cs_1",\
            "permalink_url":"https://shop.example/orders/576486316948490001","currency":"USD","line_items":[\
            {"id":"l1","item":{"id":"A-1","title":"Mug","price":1995},"quantity":{"original":2,"total":2,"fulfilled":0},\
            "totals":[{"type":"subtotal","amount":3990},{"type":"total","amount":3990}],"status":"processing"},\
            {"id":"l2","item":{"id":"p2","title":"Poster","price":990},"quantity":{"original":1,"total":1,"fulfilled":0},\
            "totals":[{"type":"subtotal","amount":990},{"type":"total","amount":990}],"status":"processing"}],\
            "fulfillment":{"events":[]},"adjustments":[],"totals":[\
            {"type":"subtotal","display_text":"Subtotal","amount":4980},\
            {"type":"fulfillment","display_text":"Shipping","amount":499},\
            {"type":"tax","display_text":"Taxes and fees","amount":296},\
            {"type":"total","display_text":"Total","amount":5775}]}
            """
        #expect(body == (try JSONValue(parsing: Array(expected.utf8))))
    }

    @Test func parcelsRefundsAndCancellationsAreInIt() throws {
        var extra = Self.extra
        extra["parcels"] = [["number": "1Z", "carrier": "ups", "url": "https://track.example/1Z"]]
        let shipped = try Self.subject(["stage": "shipped"], extra: extra)
        let acp = try body("acp", shipped)["data"]
        #expect(acp?["status"] == "shipped" && acp?["line_items"]?.array?.first?["status"] == "fulfilled")
        let parcel = acp?["fulfillments"]?.array?.first
        #expect(parcel?["tracking_number"] == "1Z" && parcel?["status"] == "shipped" && parcel?["carrier"] == "ups")
        #expect(parcel?["destination"]?["line_one"] == "1 Main St" && parcel?["destination"]?["country"] == "US")
        #expect(parcel?["line_items"] == [["id": "l1", "quantity": 2], ["id": "l2", "quantity": 1]])
        let ucp = try body("ucp", shipped)
        #expect(ucp["fulfillment"]?["events"]?.array?.first?["type"] == "shipped")
        // Its action says address: false.
        #expect(ucp["fulfillment"]?["expectations"] == nil)
        #expect(!ucp.text.contains("Main St") && !ucp.text.contains("Berg"))

        let off = try Self.subject(["stage": "cancelled", "refunded_amount": "57.75"])
        let cancelled = try body("acp", off)["data"]
        #expect(cancelled?["status"] == "canceled" && cancelled?["line_items"]?.array?.first?["status"] == "removed")
        #expect(cancelled?["adjustments"]?.array?.map { $0["type"] } == ["refund", "cancellation"])
        #expect(cancelled?["adjustments"]?.array?.first?["amount"] == 5775)
        #expect(cancelled?["totals"]?.array?.last?["type"] == "amount_refunded")
        #expect(try body("ucp", off)["adjustments"]?.array?.first?["totals"]?.array?.first?["amount"] == -5775)
        let cheaper = try body("acp", Self.subject(["total_amount": "50.00"]))["data"]?["totals"]?.array
        #expect(cheaper?.contains(["type": "discount", "display_text": "Discounts", "amount": 479]) == true)
    }

    @Test func theSignatureOfACPVerifiesAndThatOfAnotherBodyDoesNot() throws {
        let request = try request("acp", Self.subject())
        var delivery = Delivery(
            requestID: "r", receivedAt: Self.now, path: "/acp",
            headers: HeaderFields(request.headers.map { ($0.name, $0.value) }), body: request.body ?? [])
        let ring = Keyring(secrets: [SigningSecret(keyID: "k", secret: SecretBytes(utf8: "acp-secret"))])
        let verified = try Scheme.acpMerchant.verify(delivery, keyring: ring, now: Self.now)
        #expect(verified.verdict.strength == .signature)
        delivery.body.append(0x20)
        #expect(throws: Refusal.self) { _ = try Scheme.acpMerchant.verify(delivery, keyring: ring, now: Self.now) }
    }

    @Test func theSignatureOfUCPCoversWhatTheProtocolDemands() throws {
        let request = try request("ucp", Self.subject())
        let key = try Self.pair.get().publicKey().pem
        var delivery = Delivery(
            requestID: "r", receivedAt: Self.now, host: "platform.example", path: "/ucp", query: "shop=1",
            headers: HeaderFields(request.headers.map { ($0.name, $0.value) }), body: request.body ?? [])
        let ring = Keyring(secrets: [SigningSecret(keyID: "shop-2026", secret: SecretBytes(utf8: key))])
        let verified = try UCPOrderEvent.scheme.verify(delivery, keyring: ring, now: Self.now)
        #expect(verified.verdict.keyID == "shop-2026")
        #expect(
            delivery.headers["signature-input"]
                == #"sig1=("@method" "@authority" "@path" "ucp-agent" "idempotency-key" "#
                + #""webhook-id" "webhook-timestamp" "content-digest" "content-type" "@query")"#
                + #";created=1800000123;keyid="shop-2026""#)
        #expect(delivery.headers["webhook-timestamp"] == "1793613600")
        #expect(delivery.headers["ucp-agent"] == #"profile="https://shop.example/.well-known/ucp""#)
        delivery.query = "shop=2"
        #expect(throws: Refusal.self) { _ = try UCPOrderEvent.scheme.verify(delivery, keyring: ring, now: Self.now) }
    }

    @Test(arguments: ["acp", "ucp"]) func aStateIsSentOnce(name: String) throws {
        let action = try Self.action(name)
        let first = try Self.subject()
        var later = first
        later.event.id = 43
        later.event.receivedAt = Self.now
        later.event.type = "order.created"
        #expect(action.effectKey(for: first) != nil && action.effectKey(for: first) == action.effectKey(for: later))
        let changed = try Self.subject(["stage": "shipped"])
        #expect(action.effectKey(for: changed) != action.effectKey(for: first))
        // Back as it was before, at another time: the platform has to hear of it.
        let back = try Self.subject(["changed_at": "2026-11-03T10:00:00Z"])
        #expect(action.effectKey(for: back) != action.effectKey(for: first))
        var other = first
        other.order?.id = "2"
        #expect(action.effectKey(for: other) != action.effectKey(for: first))
    }

    @Test func anOrderOfNoAssistantIsSkippedAndAnIncompleteOneBuried() throws {
        func outcome(_ name: String, _ subject: JobSubject) throws -> Outcome? {
            let step = try Self.action(name).prepare(subject, now: Self.now)
            return if case .finished(let outcome) = step { outcome } else { nil }
        }
        for name in ["acp", "ucp"] {
            #expect(
                try outcome(name, Self.subject(extra: JSONObject()))
                    == .skipped("the order came by no agent: it has no {order.extra.checkout_session_id}"))
            #expect(try outcome(name, Subjects.subject(order: nil)) == .skipped("the event is about no order"))
            #expect(try outcome(name, Self.subject(["currency": .null])) == .bury("the order has no currency"))
        }
        #expect(
            try outcome("ucp", Self.subject(["total_amount": .null]))
                == .bury("the order has no total, or a line without a price"))
        #expect(try outcome("acp", Self.subject(["total_amount": .null])) == nil)
        #expect(
            try outcome("acp", Self.subject(["order_number": .null]))
                == .bury("its permalink needs {order.order_number}"))
        let half: JSONValue = [["line_id": "l1", "quantity": .number(try #require(JSONNumber(literal: "0.5")))]]
        #expect(
            try outcome("acp", Self.subject(["items": half]))
                == .bury("the line l1 has a quantity that is not a whole number"))
    }

    @Test func namesInThePermalinkAreEncoded() throws {
        let page = try body("acp", Self.subject(["order_number": "1&x=/../ü"]))["data"]?["permalink_url"]
        #expect(page == "https://shop.example/orders/576486316948490001?n=1%26x%3D%2F..%2F%C3%BC")
    }

    @Test func aPreviewNeedsNoSecretAndShowsTheBody() throws {
        let settings = try Self.settings()
        let subject = try Self.subject()
        for name in ["acp", "ucp"] {
            let action = try #require(settings.action(named: name))
            let preview = ActionTable.preview(action, of: PreviewSubject(event: subject.event, record: subject.order))
            #expect(try preview == body(name, subject).text)
            let nothing = ActionTable.preview(action, of: PreviewSubject(event: subject.event, record: nil))
            #expect(nothing == "nothing: the event is about no order")
        }
    }

    @Test func anUnusableKeySendsNothing() throws {
        var settings = try Configured.settings(
            """
            actions:
              ucp: { kind: ucp_order_event, url: "https://p.example", private_key: { env: UCP }, key_id: k,
                profile: "https://shop.example/ucp", permalink: "https://shop.example/{order.id}" }
            """, ["UCP": "no key"])
        #expect(settings.problems.allSatisfy { $0.message.contains("no source") })
        let action = ActionTable.action(try #require(settings.action(named: "ucp")), in: settings)
        guard case .finished(.retry(nil, false, _)) = action.prepare(try Self.subject(), now: Self.now) else {
            Issue.record("nothing may be sent unsigned")
            return
        }
        settings = try Configured.settings(
            """
            actions:
              ucp: { kind: ucp_order_event, url: "https://p.example", private_key: { env: UCP }, key_id: "a\\"b",
                profile: "https://shop.example/ucp", permalink: "https://shop.example/{order.id}" }
            """, ["UCP": "no key"])
        #expect(settings.problems.contains { $0.message.contains("must be ASCII without quotes") })
    }
}
