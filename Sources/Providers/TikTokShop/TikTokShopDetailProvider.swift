import JSON
public import Verification
public import Webhooks

/// An order as TikTok Shop's own API has it (`GET /order/202309/orders`): what `fetch_order` brings back, kept as the
/// event `order.fetched`. No webhook is of this form.
///
/// Every unit that was sold is a line of its own there; none has a quantity.
/// Source: https://partner.tiktokshop.com/docv2/page/get-order-detail-202309
public struct TikTokShopDetailProvider: Provider {
    /// `tiktok_shop_detail`
    public var name: String { "tiktok_shop_detail" }
    /// That of the shop's webhooks; what is fetched is not signed.
    public var scheme: Scheme { .tikTokShop }

    /// The provider.
    public init() {}

    /// Never: it comes by no webhook.
    public func recognizes(_ delivery: Delivery) -> Bool { false }

    /// The event. Its dedupe key is the whole order: fetched again unchanged, it is the same event.
    public func normalize(_ verified: VerifiedDelivery) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        guard let object = (try? JSONValue(parsing: bytes))?.object, let id = object["id"]?.identifierText else {
            return event
        }
        event.providerType = "order_detail"
        event.type = "order.fetched"
        event.subject = "order:\(id)"
        event.occurredAt = object["update_time"]?.secondsMoment ?? object["create_time"]?.secondsMoment
        event.record = .order(Self.order(id, object))
        return event
    }

    /// An empty 200; nobody asks.
    public func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer { Answer(status: 200) }

    private static func order(_ id: String, _ object: JSONObject) -> Order {
        var reader = FieldReader(object)
        reader.drop("id")
        var fields: [OrderField: JSONValue] = [.needsDetail: false]
        fields[.status] = reader.take("status", as: \.asIdentifier)
        fields[.email] = reader.take("buyer_email", as: \.asText)
        fields[.placedAt] = reader.take("create_time", as: \.asMoment)
        fields[.changedAt] = reader.take("update_time", as: \.asMoment)
        fields[.trackingNumber] = reader.take("tracking_number", as: \.asText)
        fields[.shippingAddress] = reader.take("recipient_address", as: address)
        fields[.customerName] = fields[.shippingAddress]?["name"]
        fields[.phone] = fields[.shippingAddress]?["phone"]
        fields[.items] = reader.take("line_items", as: items)
        if let payment = object["payment"] {
            fields[.totalAmount] = payment["total_amount"]?.asMoney
            fields[.shippingFee] = payment["shipping_fee"]?.asMoney
            fields[.currency] = payment["currency"]?.asText
        }
        // A status is a word, never null.
        if fields[.status] == .null { fields[.status] = nil }
        return Order(
            id: id, fields: fields, extra: reader.extra, statusRank: TikTokOrderStatus.rank(fields[.status]?.string))
    }

    private static func address(_ value: JSONValue) -> JSONValue? {
        guard let object = value.object else { return nil }
        var reader = FieldReader(object)
        var address = JSONObject()
        address["name"] = reader.take("name", as: \.asText)
        address["phone"] = reader.take("phone_number", as: \.asText)
        address["full_address"] = reader.take("full_address", as: \.asLongText)
        address["address1"] =
            reader.take("address_line1", as: \.asLongText) ?? reader.take("address_detail", as: \.asLongText)
        address["address2"] = reader.take("address_line2", as: \.asLongText)
        address["zip"] = reader.take("postal_code", as: \.asText)
        address["country"] = reader.take("region_code", as: \.asText)
        for level in object["district_info"]?.array ?? [] {
            let key: String? =
                switch level["address_level_name"]?.string?.lowercased() {
                case "city", "municipality": "city"
                case "state", "province": "region"
                default: nil
                }
            if let key, let name = level["address_name"]?.asText { address[key] = name }
        }
        let extra = reader.extra
        if !extra.isEmpty { address["extra"] = .object(extra.object) }
        return .object(address)
    }

    private static func items(_ value: JSONValue) -> JSONValue? {
        guard let lines = value.array else { return nil }
        // The guide's lines have the same names but for the picture; what is not among them stays with the line.
        let renamed = lines.map { line -> JSONValue in
            guard var object = line.object else { return line }
            object["image_url"] = object["image_url"] ?? object["sku_image"]
            object["sku_image"] = nil
            object["quantity"] = object["quantity"] ?? 1
            return .object(object)
        }
        return TikTokGuideItems.items(.array(renamed))
    }
}
