import JSON
import Providers
import Testing
import Webhooks

@Suite("TikTok Shop: the guide's contract")
struct TikTokShopGuideTests {
    @Test("The guide's payload fills every field it has")
    func payload() throws {
        let event = try guide(guidePayload)
        #expect(event.provider == "tiktok_shop_guide")
        #expect(event.providerType == "order_created")
        #expect(event.type == "order.created")
        #expect(event.subject == "order:987654321")
        #expect(event.shopID == "shop_123456")
        #expect(event.occurredAt?.seconds == 1_735_380_000)
        #expect(event.sequence == 0)
        let order = try #require(event.order)
        #expect(order.id == "987654321")
        #expect(order.statusRank == 30)
        #expect(order.extra.isEmpty)
        let item: JSONValue = [
            "line_id": "item_1", "product_id": "prod_123", "product_name": "Custom T-Shirt", "variant_id": "sku_456",
            "variant_name": "Size M, Color Blue", "sku": "TSHIRT-M-BLUE", "quantity": 2, "unit_price": "24.99",
            "list_price": "29.99", "image_url": "https://...",
        ]
        let address: JSONValue = [
            "name": "John Doe", "phone": "+1234567890", "address1": "123 Main St, Apt 4B", "city": "New York",
            "region": "NY", "zip": "12345", "country": "US", "full_address": "123 Main St, Apt 4B",
        ]
        #expect(
            order.fields == [
                .status: "AWAITING_SHIPMENT", .totalAmount: "49.98", .shippingFee: "5.00",
                .email: "customer@example.com",
                .shopID: "shop_123456", .placedAt: "2024-12-28T10:00:00.000Z", .changedAt: "2024-12-28T10:00:00.000Z",
                .items: [item], .shippingAddress: address, .customerName: "John Doe", .phone: "+1234567890",
                .stage: "to_ship",
            ])
    }

    @Test("The answer is the guide's")
    func answer() throws {
        let provider = TikTokShopGuideProvider()
        let receipt = Receipt(eventID: 7, orderRow: 8, isDuplicate: false)
        func body(_ text: String) throws -> String {
            let answer = provider.answer(try guide(text), receipt, delivery(body: []))
            #expect(answer.status == 200)
            return String(decoding: answer.body, as: UTF8.self)
        }
        let start = #"{"success":true,"message":"Webhook processed successfully","order_id":"#
        #expect(try body(guidePayload) == start + #""987654321"}"#)
        #expect(
            try body(#"{"type":"order_created","data":{"order_id":576486316948490001}}"#) == start
                + #""576486316948490001"}"#)
        #expect(try body(#"{"type":"other","data":{"order_id":"5"}}"#) == start + #""5"}"#)
        #expect(try body("not json") == start + "null}")
    }

    @Test(
        "Types, and the status that they imply",
        arguments: [
            ("order_created", nil, "order.created", nil),
            ("order_status_change", "DELIVERED", "order.updated", "DELIVERED"),
            ("order_status_change", "CANCELLED", "order.cancelled", "CANCELLED"),
            ("order_status_change", "CANCEL", "order.cancelled", "CANCELLED"),
            ("order_cancelled", nil, "order.cancelled", "CANCELLED"),
            ("order_cancelled", "CANCEL", "order.cancelled", "CANCELLED"),
            ("order_cancelled", "AWAITING_SHIPMENT", "order.cancelled", "CANCELLED"),
            ("package_shipped", nil, "package.shipped", "IN_TRANSIT"),
            ("package_shipped", "AWAITING_COLLECTION", "package.shipped", "AWAITING_COLLECTION"),
            ("package_delivered", nil, "package.delivered", "DELIVERED"),
            ("package_delivered", "", "package.delivered", "DELIVERED"),
        ] as [(String, String?, String, String?)])
    func types(sent: String, status: String?, type: String, kept: String?) throws {
        let named = status.map { #","order_status":"\#($0)""# } ?? ""
        let event = try guide(#"{"type":"\#(sent)","data":{"order_id":"1"\#(named)}}"#)
        #expect(event.type == type)
        #expect(event.providerType == sent)
        #expect(event.order?.fields[.status]?.string == kept)
        let stays = sent == "order_cancelled" && status == "AWAITING_SHIPMENT" || status == "" || status == "CANCEL"
        #expect(event.order?.extra["order_status"]?.string == (stays ? status : nil))
    }

    @Test("A null status does not mention the status")
    func nullStatus() throws {
        #expect(
            try guide(#"{"type":"order_created","data":{"order_id":"1","order_status":null}}"#).order?.fields[.status]
                == nil)
        #expect(
            try guide(#"{"type":"order_cancelled","data":{"order_id":"1","order_status":null}}"#).order?.fields[.status]
                == "CANCELLED")
    }

    @Test("Absent fields are absent, null clears")
    func partial() throws {
        let order = try #require(
            try guide(
                #"{"type":"order_status_change","data":{"order_id":"1","buyer_email":null,"total_amount":null,"items":null}}"#
            ).order)
        #expect(order.fields == [.email: .null, .totalAmount: .null])
        #expect(order.extra.isEmpty)
    }

    @Test(
        "What does not fit the contract is stored as what it is",
        arguments: [
            ("", "unrecognized", "unrecognized"), ("not json", "unrecognized", "unrecognized"),
            ("[]", "unrecognized", "unrecognized"),
            ("{}", "unrecognized", "unrecognized"), (#"{"type":[]}"#, "unrecognized", "unrecognized"),
            (#"{"type":"order_created"}"#, "order_created", "unrecognized"),
            (#"{"type":"order_created","data":{"order_id":""}}"#, "order_created", "unrecognized"),
            (#"{"type":"order_created","data":{"order_id":{}}}"#, "order_created", "unrecognized"),
            (#"{"type":"order_created","data":[]}"#, "order_created", "unrecognized"),
            (#"{"type":"new_thing","data":{"order_id":"1"}}"#, "new_thing", "new_thing"),
            (#"{"type":1,"data":{"order_id":"1"}}"#, "1", "1"),
        ])
    func misfits(body: String, providerType: String, type: String) throws {
        let event = try guide(body)
        #expect(event.providerType == providerType)
        #expect(event.type == type)
        #expect(event.record == .none)
    }

    @Test(
        "The clock is the order's update time, else the time of sending, else that of creation",
        arguments: [
            (#""timestamp":2,"data":{"order_id":"1","update_time":1,"create_time":3}"#, 1),
            (#""timestamp":2,"data":{"order_id":"1","update_time":-1,"create_time":3}"#, 2),
            (#""timestamp":"2","data":{"order_id":"1","update_time":1e3,"create_time":3}"#, 2),
            (#""timestamp":99999999999999999999,"data":{"order_id":"1","update_time":[],"create_time":3}"#, 3),
            (#""data":{"order_id":"1","create_time":1735380000000000}"#, nil),
        ] as [(String, Int64?)])
    func clock(members: String, seconds: Int64?) throws {
        #expect(try guide(#"{"type":"order_created",\#(members)}"#).occurredAt?.seconds == seconds)
    }

    @Test("The dedupe key is the whole body's")
    func dedupe() throws {
        let key = try guide(guidePayload).dedupeKey
        #expect(key.bytes.count == 32)
        #expect(key.windowSeconds == nil)
        #expect(try guide(guidePayload).dedupeKey == key)
        #expect(try guide(guidePayload + " ").dedupeKey != key)
    }
}
