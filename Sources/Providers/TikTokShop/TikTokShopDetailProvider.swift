import JSON
public import Verification
public import Webhooks

/// An order from TikTok Shop's API (`GET /order/202309/orders`): the result of `fetch_order`, stored as the event
/// `order.fetched`. No webhook has this form.
///
/// Every sold unit is its own line there; lines have no quantity. Source:
/// https://partner.tiktokshop.com/docv2/page/get-order-detail-202309
public struct TikTokShopDetailProvider: Provider {
    /// `tiktok_shop_detail`
    public var name: String { "tiktok_shop_detail" }
    /// The scheme of the shop's webhooks; fetched data is not signed.
    public var scheme: Scheme { .tikTokShop }

    /// The provider.
    public init() {}

    /// Never: it comes by no webhook.
    public func recognizes(_ delivery: Delivery) -> Bool { false }

    /// The event. Its dedupe key is the whole order: fetched again unchanged, it is the same event.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        let read = ReadBody(bytes)
        guard let object = read.bareObject, let id = object["id"]?.identifierText else {
            return event
        }
        event.providerType = "order_detail"
        event.type = "order.fetched"
        event.subject = "order:\(id)"
        event.occurredAt = object["update_time"]?.secondsMoment ?? object["create_time"]?.secondsMoment
        // The webhook has the same time and says less.
        event.sequence = 1
        var unread = read.repaired
        event.record = .order(Self.order(id, object, unread: &unread))
        event.note(unread: unread)
        return event
    }

    private static func order(_ id: String, _ object: JSONObject, unread: inout [String]) -> Order {
        var reader = FieldReader(object)
        reader.drop("id")
        var fields = map.read(&reader)
        fields[.needsDetail] = false
        fields[.status] = reader.takeStatus("status")
        fields[.stage] = Stage.value(of: fields[.status], in: Stage.ofTikTokShop)
        fields[.trackingNumbers] = trackingNumbers(object)
        fields[.customerName] = fields[.shippingAddress]?["name"]
        fields[.phone] = fields[.shippingAddress]?["phone"]
        let payment = object["payment"]
        fields[.totalAmount] = reader.look(payment?["total_amount"], "payment.total_amount", as: .money)
        fields[.shippingFee] = reader.look(payment?["shipping_fee"], "payment.shipping_fee", as: .money)
        fields[.currency] = reader.look(payment?["currency"], "payment.currency", as: .text)
        unread += reader.unread
        return Order(
            id: id, fields: fields, extra: reader.extra, statusRank: TikTokOrderStatus.rank(fields[.status]?.string))
    }

    private static let map = FieldMap<OrderField>([
        (.email, ["buyer_email"], .text), (.cancelRequested, ["is_buyer_request_cancel"], .truth),
        (.placedAt, ["create_time"], .moment), (.changedAt, ["update_time"], .moment),
        (.trackingNumber, ["tracking_number"], .text), (.items, ["line_items"], .by(items)),
        (.shippingAddress, ["recipient_address"], .by(address)),
    ])

    /// Those of the order and of its lines, each once; nil when there is none.
    private static func trackingNumbers(_ object: JSONObject) -> JSONValue? {
        var numbers: [JSONValue] = []
        for holder in [.object(object)] + (object["line_items"]?.array ?? []).prefix(1000) {
            guard let number = holder["tracking_number"]?.asIdentifier, !numbers.contains(number) else { continue }
            numbers.append(number)
        }
        return numbers.isEmpty ? nil : .array(numbers)
    }

    @Sendable private static func address(_ value: JSONValue) -> JSONValue? {
        guard var address = fields.address(value)?.object else { return nil }
        for level in value["district_info"]?.array ?? [] {
            let key: String? =
                switch level["address_level_name"]?.string?.lowercased() {
                case "city", "municipality": "city"
                case "state", "province": "region"
                default: nil
                }
            if let key, let name = level["address_name"]?.asText { address[key] = name }
        }
        return .object(address)
    }

    private static let fields = AddressFields(
        map: FieldMap([
            (.name, ["name"], .text), (.phone, ["phone_number"], .text),
            (.address1, ["address_line1", "address_detail"], .longText),
            (.address2, ["address_line2"], .longText), (.zip, ["postal_code"], .text),
            (.country, ["region_code"], .text), (.fullAddress, ["full_address"], .longText),
        ]))

    /// The guide's lines have the same names, but for the picture and the quantity.
    @Sendable private static func items(_ value: JSONValue) -> JSONValue? {
        guard let lines = value.array else { return nil }
        let completed = lines.map { line -> JSONValue in
            guard var object = line.object else { return line }
            object["image_url"] = object["image_url"] ?? object["sku_image"]
            object["sku_image"] = nil
            object["quantity"] = object["quantity"] ?? 1
            return .object(object)
        }
        return LineItems.tikTokGuide.items(.array(completed))
    }
}
