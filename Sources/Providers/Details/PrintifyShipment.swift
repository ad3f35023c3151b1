public import JSON
public import Verification
public import Webhooks

/// What Printify has shipped of a shop's order: what the action `track_shipment` makes of Printify's API. No webhook has
/// this form.
///
/// The event stands right after what the shop itself has said last: whatever the shop says later wins, and what it said
/// before does not come back.
public struct PrintifyShipment: Provider {
    /// `printify_shipment`
    public let name = "printify_shipment"
    /// The scheme of Printify's webhooks; what was fetched is not signed.
    public let scheme = Scheme.printify

    /// The contract.
    public init() {}

    /// Never: it comes by no webhook.
    public func recognizes(_ delivery: Delivery) -> Bool { false }

    /// The content of an event.
    public struct Content: Sendable {
        /// The shop's id of the order.
        public var orderID: String
        /// The shop, if ids are unique per shop only; otherwise empty.
        public var shopKey: String
        /// The shop as its events name it: jobs about the order need its token; nil if they name none.
        public var shopID: String?
        /// The time of the greatest clock of the order's row.
        public var saidAt: Timestamp
        /// The sequence of that clock.
        public var saidSequence: Int64
        /// Printify's id of the order.
        public var printed: String
        /// `partially_shipped`, `shipped` or `delivered`; nil if the order's own status and stage stay.
        public var status: String?
        /// Whether nothing is left to be shipped.
        public var isAllShipped: Bool
        /// The parcels so far.
        public var parcels: [Parcel]

        /// A content of those parts.
        public init(
            orderID: String, shopKey: String, shopID: String?, saidAt: Timestamp, saidSequence: Int64, printed: String,
            status: String?,
            isAllShipped: Bool, parcels: [Parcel]
        ) {
            self.orderID = orderID
            self.shopKey = shopKey
            self.shopID = shopID
            self.saidAt = saidAt
            self.saidSequence = saidSequence
            self.printed = printed
            self.status = status
            self.isAllShipped = isAllShipped
            self.parcels = parcels
        }

        /// The body of the event: it holds nothing of the buyer.
        public var body: JSONValue {
            [
                "order": [
                    "id": .string(orderID), "shop_key": .string(shopKey),
                    "shop_id": shopID.map(JSONValue.string) ?? .null,
                ],
                "after": [
                    "time": .number(JSONNumber(saidAt.microseconds)), "sequence": .number(JSONNumber(saidSequence)),
                ],
                "printify_order": .string(printed), "status": status.map(JSONValue.string) ?? .null,
                "all_shipped": .bool(isAllShipped), "parcels": .array(parcels.map(\.json)),
            ]
        }

        /// - Returns: nil if it is no such body.
        init?(_ json: JSONValue?) {
            guard let json, let id = json["order"]?["id"]?.identifierText,
                let shop = json["order"]?["shop_key"]?.string,
                let time = json["after"]?["time"]?.integer, let sequence = json["after"]?["sequence"]?.integer,
                let printed = json["printify_order"]?.string
            else { return nil }
            self.init(
                orderID: id, shopKey: shop, shopID: json["order"]?["shop_id"]?.string,
                saidAt: Timestamp(microseconds: time), saidSequence: sequence,
                printed: printed, status: json["status"]?.string, isAllShipped: json["all_shipped"]?.bool == true,
                parcels: (json["parcels"]?.array ?? []).compactMap(Parcel.init))
        }

        /// What makes two events the same: what is shipped, and what of it is delivered.
        var identity: String {
            let parcels = parcels.map { "\($0.number)\u{0}\($0.deliveredAt == nil ? 0 : 1)" }.sorted()
            return ([shopKey, orderID, printed, isAllShipped ? "1" : "0"] + parcels).joined(separator: "\u{0}")
        }
    }

    /// The event `package.shipped`, or `package.delivered` once nothing is on the way.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        guard let content = Content(ReadBody(verified.delivery.body).json) else {
            return Event(
                provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
                dedupeKey: .body(verified.delivery.body, of: name))
        }
        var event = Event(
            provider: name, providerType: "shipment",
            type: content.status == "delivered" ? "package.delivered" : "package.shipped",
            subject: "order:\(content.orderID)", occurredAt: content.saidAt, sequence: content.saidSequence &+ 1,
            dedupeKey: .id(content.identity, of: name))
        event.shopKey = content.shopKey
        event.shopID = content.shopID
        var order = Order(id: content.orderID)
        let numbers = content.parcels.map { JSONValue.string($0.number) }
        order.fields[.trackingNumber] = numbers.last
        order.fields[.trackingNumbers] = .array(numbers)
        order.fields[.status] = content.status.map(JSONValue.string)
        order.fields[.stage] = content.status.flatMap { Stage(word: $0)?.value }
        order.extra = ["parcels": .array(content.parcels.map(\.json)), "all_shipped": .bool(content.isAllShipped)]
        event.record = .order(order)
        return event
    }
}
