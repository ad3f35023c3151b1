import JSON
import Testing
import Verification
import Webhooks

@testable import Providers

/// What holds of values of the shops' own contracts holds of every contract that makes records.
@Suite("Values in another spelling, of every contract")
struct EverySpellingTests {
    /// A body with an É where it says `$`, as a sender with Latin-1 writes it.
    private func latin(_ body: String, by name: String) throws -> NormalizedDelivery {
        let provider = try #require(ProviderRegistry.named(name))
        let bytes = Array(body.utf8).map { $0 == UInt8(ascii: "$") ? 0xC9 : $0 }
        let verified = try provider.scheme.verify(delivery(body: bytes), keyring: ring, policy: .none, now: noon)
        return try normalize(verified, by: provider)
    }

    @Test(
        "A byte of Latin-1 loses no record, and its member is named",
        arguments: [
            ("tiktok_shop", #"{"type":1,"timestamp":1,"data":{"order_id":"1","note":"$"}}"#, "data"),
            ("tiktok_shop_guide", #"{"type":"order_created","timestamp":1,"data":{"order_id":"1","n":"$"}}"#, "data"),
            ("tiktok_shop_detail", #"{"id":"1","update_time":1,"buyer_message":"$"}"#, "buyer_message"),
            ("evershop", #"{"event":"order.created","data":{"id":"1","customerName":"$"}}"#, "data"),
            (
                "evershop_webhooks",
                #"{"id":"u","topic":"order_created","data":{"order_id":1,"customer_full_name":"$"}}"#, "data"
            ),
            ("tiktok_comments_guide", #"{"type":"video_comment_created","comment_id":"1","text":"$"}"#, "text"),
            (
                "tiktok_business",
                #"{"event":"comment.update","content":{"comment_id":1,"comment_action":"insert","text":"$"}}"#,
                "content"
            ),
        ])
    func latin(provider: String, body: String, member: String) throws {
        let event = try latin(body, by: provider).event
        #expect(event.record != .none)
        #expect(event.unreadFields == [member])
    }

    @Test("A byte of Latin-1 hides no credential")
    func credentials() throws {
        let body = #"{"id":"u","topic":"customer_created","data":{"customer_id":1,"full_name":"$","password":"open"}}"#
        let kept = try latin(body, by: "evershop_webhooks")
        #expect(kept.event.customer?.fields[.name] == "É")
        #expect(!String(decoding: kept.verified.delivery.body, as: UTF8.self).contains("open"))
    }

    @Test("A form around the JSON is no body of EverShop's", arguments: ["evershop", "evershop_webhooks"])
    func wrapped(provider: String) throws {
        let event = try read("payload=%7B%22event%22%3A%22order.created%22%7D", by: provider)
        #expect(event.type == Event.unrecognized && event.record == .none)
    }

    @Test(
        "What does not fit its field is named",
        arguments: [
            (
                "tiktok_shop_guide",
                #"{"type":"order_created","data":{"order_id":"1","total_amount":"5 EUR","items":[{"quantity":"x"}]}}"#,
                ["total_amount", "items.quantity"]
            ),
            (
                "tiktok_shop_detail", #"{"id":"1","update_time":1,"line_items":[{"sale_price":"5 EUR"}]}"#,
                ["line_items.sale_price"]
            ),
            (
                "tiktok_shop", #"{"type":1,"timestamp":1,"data":{"order_id":"1","update_time":"now"}}"#,
                ["update_time"]
            ),
            ("evershop", #"{"event":"order.updated","data":{"id":"1","grandTotal":"5 EUR"}}"#, ["grandTotal"]),
            (
                "evershop_webhooks", #"{"id":"u","topic":"product_updated","data":{"product_id":1,"qty":"many"}}"#,
                ["qty"]
            ),
            (
                "evershop_webhooks", #"{"id":"u","topic":"order_refunded","data":{"orderId":1,"amount":"x"}}"#,
                ["amount"]
            ),
            (
                "evershop_webhooks", #"{"id":"u","topic":"customer_updated","data":{"customer_id":1,"email":5}}"#,
                ["email"]
            ),
            ("evershop", #"{"event":"order.updated","data":{"id":"1","status":"","grandTotal":5}}"#, []),
            ("tiktok_comments_guide", #"{"type":"video_comment_created","comment_id":"1","text":5}"#, ["text"]),
        ])
    func named(provider: String, body: String, members: [String]) throws {
        #expect(try read(body, by: provider).unreadFields == members)
    }

    @Test("Lists as PHP writes them name their orders")
    func lists() throws {
        let packages = #"{"1":{"order_id_list":{"0":"1","2":"2"}},"2":{"order_id_list":["3"]}}"#
        let event = try read("{\"type\":4,\"data\":{\"package_list\":\(packages)}}", by: "tiktok_shop")
        #expect(event.order?.id == "1" && event.furtherRecords.count == 2)
        let second = try #require(event.furtherRecords.last)
        guard case .order(let order) = second else { return #expect(Bool(false)) }
        #expect(order.id == "3" && order.extra["package_list"] == [["order_id_list": ["3"]]])
    }
}
