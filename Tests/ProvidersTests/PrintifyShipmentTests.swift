import JSON
import Providers
import Testing
import Verification
import Webhooks

/// The contract of what `track_shipment` records.
@Suite struct PrintifyShipmentTests {
    private func content(_ status: String?, _ parcels: [JSONValue], saidAt: Int64 = 5_000_000)
        -> PrintifyShipment.Content
    {
        PrintifyShipment.Content(
            orderID: "1001", shopKey: "shop.example", shopID: "7001", saidAt: Timestamp(microseconds: saidAt),
            saidSequence: 1, printed: "5eed", status: status, isAllShipped: status != "partially_shipped",
            parcels: parcels.compactMap(Parcel.init))
    }

    private func event(_ content: PrintifyShipment.Content) throws -> Event {
        let now = Timestamp(microseconds: 9_000_000)
        let delivery = Delivery(
            requestID: "r", receivedAt: now, method: "GET", path: "/fetched/track", headers: HeaderFields(),
            body: content.body.serialized())
        let verified = try Scheme.printify.verify(delivery, keyring: Keyring(secrets: []), policy: .none, now: now)
        return try normalize(verified, by: PrintifyShipment()).event
    }

    private let first: JSONValue = ["number": "9400", "carrier": "usps", "url": "https://t.example/9400"]

    @Test func standsRightAfterWhatTheShopHasSaidLast() throws {
        let event = try event(content("shipped", [first, ["number": "9401"]]))
        #expect(event.type == "package.shipped" && event.subject == "order:1001" && event.shopKey == "shop.example")
        #expect(event.occurredAt == Timestamp(microseconds: 5_000_000) && event.sequence == 2 && event.timing == .own)
        let order = try #require(event.order)
        #expect(order.fields[.trackingNumber] == "9401" && order.fields[.trackingNumbers] == ["9400", "9401"])
        #expect(order.fields[.status] == "shipped" && order.fields[.stage] == "shipped")
        #expect(
            order.extra["all_shipped"] == true
                && order.extra["parcels"]?.array?.first?["url"] == "https://t.example/9400")
    }

    @Test(arguments: [
        ("partially_shipped", "to_ship", "package.shipped"), ("delivered", "delivered", "package.delivered"),
    ])
    func theStageIsThatOfTheStatus(status: String, stage: String, type: String) throws {
        let event = try event(content(status, [first]))
        #expect(event.order?.fields[.stage] == .string(stage) && event.type == type)
    }

    @Test func withoutAStatusTheOrdersOwnStays() throws {
        let order = try #require(try event(content(nil, [first])).order)
        #expect(order.fields[.status] == nil && order.fields[.stage] == nil && order.fields[.trackingNumber] == "9400")
    }

    /// The place among the shop's events is no part of its identity, so a repeated webhook is the same event.
    @Test func theSameParcelsAreTheSameEvent() throws {
        let key = try event(content("shipped", [first])).dedupeKey
        #expect(try event(content(nil, [first], saidAt: 8_000_000)).dedupeKey == key)
        #expect(try event(content("shipped", [first, ["number": "9401"]])).dedupeKey != key)
        var delivered = first.object ?? JSONObject()
        delivered["delivered_at"] = "2026-01-05 13:24:28+00:00"
        #expect(try event(content("delivered", [.object(delivered)])).dedupeKey != key)
        #expect(try event(content("partially_shipped", [first])).dedupeKey != key)
    }

    @Test(arguments: [#"{"number":""}"#, "{}", "[]", #"{"number":{"a":1}}"#])
    func aParcelWithoutANumberIsNone(json: String) throws {
        #expect(Parcel(try JSONValue(parsing: Array(json.utf8))) == nil)
    }

    @Test func aURLThatIsNoneIsLeftOut() throws {
        let parcel = try #require(Parcel(["number": 9400, "carrier": "", "url": "javascript:alert(1)"]))
        #expect(parcel.number == "9400" && parcel.url == nil && parcel.carrier == nil)
    }

    @Test(arguments: ["", "{}", "[]", #"{"order":{"id":"1"}}"#, #"{"order":{"id":"1","shop_key":""},"after":{}}"#])
    func anotherBodyIsNotRecognized(body: String) throws {
        let delivery = Delivery(
            requestID: "r", receivedAt: Timestamp(microseconds: 1), path: "/x", headers: HeaderFields(),
            body: Array(body.utf8))
        let verified = try Scheme.printify.verify(
            delivery, keyring: Keyring(secrets: []), policy: .none, now: Timestamp(microseconds: 1))
        #expect(try normalize(verified, by: PrintifyShipment()).event.type == Event.unrecognized)
    }
}
