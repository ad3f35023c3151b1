import Crypto
import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("TikTok Shop: Partner Center")
struct TikTokShopTests {
    /// The example of the overview page, whose key, secret and digest are published.
    static let official =
        #"{"type":1,"tts_notification_id":"7380066284010030890","shop_id":"7495540735365777507","timestamp":1718305585,"data":{"is_on_hold_order":true,"order_id":"576653688135258178","order_status":"UNPAID","update_time":1718305585}}"#

    @Test("A status change points at the order")
    func statusChange() throws {
        let signature = HeaderFields.Field(
            name: "Authorization", value: "5dec0f11ec2f6783b8deee53c9ffbf8d024302f7c7e7fa55a35d17629031ac05")
        let provider = TikTokShopProvider()
        let received = delivery([signature], body: Array(Self.official.utf8))
        let verified = try provider.scheme.verify(received, keyring: ring, now: noon)
        #expect(verified.verdict.keyID == "env:TIKTOK_APP_SECRET")
        let event = try normalize(verified, by: provider).event
        #expect(event.provider == "tiktok_shop")
        #expect(event.providerType == "1")
        #expect(event.type == "order.created")
        #expect(event.subject == "order:576653688135258178")
        #expect(event.shopID == "7495540735365777507")
        #expect(event.occurredAt?.seconds == 1_718_305_585)
        let order = try #require(event.order)
        #expect(
            order.fields == [
                .status: "UNPAID", .needsDetail: true, .shopID: "7495540735365777507",
                .changedAt: "2024-06-13T19:06:25.000Z", .stage: "unpaid",
            ])
        #expect(order.extra == ["is_on_hold_order": true])
        #expect(order.statusRank == 10)
    }

    @Test(
        "Statuses, their types and their order",
        arguments: [
            ("UNPAID", "order.created"), ("ON_HOLD", "order.updated"), ("AWAITING_SHIPMENT", "order.updated"),
            ("PARTIALLY_SHIPPING", "order.updated"), ("AWAITING_COLLECTION", "order.updated"),
            ("IN_TRANSIT", "order.updated"),
            ("DELIVERED", "order.updated"), ("COMPLETED", "order.updated"), ("CANCEL", "order.cancelled"),
            ("CANCELLED", "order.cancelled"),
            ("NEVER_HEARD_OF", "order.updated"),
        ])
    func statuses(status: String, type: String) throws {
        let event = try real(#"{"type":1,"data":{"order_id":"1","order_status":"\#(status)"}}"#)
        #expect(event.type == type)
        // One word for a cancelled order; the one that was sent stays beside it.
        #expect(event.order?.fields[.status]?.string == (status == "CANCEL" ? "CANCELLED" : status))
        #expect(event.order?.extra["order_status"] == (status == "CANCEL" ? "CANCEL" : nil))
    }

    @Test(
        "Of two statuses of one second the later in the order's life has the higher rank; the guide's contract agrees")
    func ranks() throws {
        let life = [
            "X", "UNPAID", "ON_HOLD", "AWAITING_SHIPMENT", "AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED",
            "COMPLETED", "CANCEL",
        ]
        let ranks = try life.map {
            try #require(real(#"{"type":1,"data":{"order_id":"1","order_status":"\#($0)"}}"#).order).statusRank
        }
        #expect(ranks == ranks.sorted() && Set(ranks).count == ranks.count)
        let guides = try life.map {
            try #require(
                guide(#"{"type":"order_status_change","data":{"order_id":"1","order_status":"\#($0)"}}"#).order
            ).statusRank
        }
        #expect(guides == ranks)
        #expect(try guide(#"{"type":"order_cancelled","data":{"order_id":"1"}}"#).order?.statusRank == ranks.last)
    }

    @Test(
        "Types",
        arguments: [
            (3, "order.updated", true), (2, "return.updated", true), (4, "package.updated", true),
            (11, "cancellation.updated", true),
            (12, "return.updated", true), (36, "invoice.updated", true), (67, "refund.completed", true),
            (64, "return.updated", true), (65, "return.updated", true), (5, "product.updated", false),
            (6, "authorization.removed", false),
            (16, "product.created", false),
            (17, "SHOPPABLE_CONTENT_POSTING", false), (71, "inventory.updated", false), (8, "8", false),
            (72, "72", false), (-1, "-1", false),
        ])
    func types(number: Int, type: String, hasOrder: Bool) throws {
        let event = try real(#"{"type":\#(number),"data":{"order_id":"1","create_time":5,"order_status":"DELIVERED"}}"#)
        #expect(event.providerType == "\(number)")
        #expect(event.type == type)
        #expect((event.order != nil) == hasOrder)
        // The time of a part is not the order's: it cannot be compared with that of the details.
        #expect(event.order?.fields[.needsDetail] == (number == 3 ? true : nil))
        #expect(event.order?.fields[.placedAt] == nil)
        if number != 3 { #expect(event.order?.fields[.status] == nil) }
    }

    @Test("Numbers beyond 2^53 keep every digit; the seller stands in for the shop")
    func bigNumbers() throws {
        let event = try real(
            #"{"type":"1","seller_open_id":"abc","data":{"order_id":576486316948490001,"order_status":"ON_HOLD"}}"#)
        #expect(event.order?.id == "576486316948490001")
        #expect(event.type == "order.updated")
        #expect(event.shopID == "abc")
        #expect(try real(#"{"type":5,"shop_id":7495540735365777507,"data":{}}"#).shopID == "7495540735365777507")
    }

    @Test("The dedupe key is the notification's id, else the body")
    func dedupe() throws {
        func key(_ body: String) throws -> DedupeKey { try real(body).dedupeKey }
        #expect(try key(#"{"type":1,"tts_notification_id":"7"}"#) == key(#"{"type":2,"tts_notification_id":"7"}"#))
        #expect(try key(#"{"type":1,"tts_notification_id":"7"}"#) != key(#"{"type":1,"tts_notification_id":"8"}"#))
        #expect(try key(#"{"type":1}"#) == key(#"{"type":1}"#))
        #expect(try key(#"{"type":1}"#) != key(#"{"type":1} "#))
        #expect(try key(#"{"type":1,"tts_notification_id":""}"#) != key(#"{"type":2,"tts_notification_id":""}"#))
        #expect(try key(#"{"type":1,"tts_notification_id":{}}"#) != key(#"{"type":2,"tts_notification_id":{}}"#))
        #expect(try key("x") != guide("x").dedupeKey)
        #expect(try key(#"{"tts_notification_id":"\#(String(repeating: "9", count: 100_000))"}"#).bytes.count == 32)
    }

    @Test(
        "What does not fit is stored as what it is",
        arguments: [
            ("hello", "unrecognized"), ("7", "unrecognized"), ("{}", "unrecognized"),
            (#"{"type":null}"#, "unrecognized"),
            (#"{"type":1}"#, "unrecognized"), (#"{"type":1,"data":{"order_id":[]}}"#, "unrecognized"),
            (#"{"type":4,"data":7}"#, "package.updated"),
            (#"{"type":1.5,"data":{"order_id":"1"}}"#, "1.5"),
            (#"{"type":99999999999999999999}"#, "99999999999999999999"),
            (#"{"type":"\#(String(repeating: "x", count: 256))"}"#, "unrecognized"),
        ])
    func misfits(body: String, type: String) throws {
        let event = try real(body)
        #expect(event.type == type)
        #expect(event.record == .none)
    }

    @Test("The answer is an empty 200")
    func answer() throws {
        let answer = TikTokShopProvider().answer(
            try real(Self.official), Receipt(eventID: 1, orderRow: nil, isDuplicate: true), delivery(body: []))
        #expect(answer == Answer(status: 200))
    }
}
