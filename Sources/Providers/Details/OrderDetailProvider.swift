import JSON
public import Verification
public import Webhooks

/// An order from a provider's API whose webhooks only point at it: the result of `fetch_order` and of reconciling. No
/// webhook has this form. One value per provider, each in its own file.
public struct OrderDetailProvider: Provider {
    /// `PROVIDER_detail`
    public let name: String
    /// The scheme of the webhooks; fetched data is not signed.
    public let scheme: Scheme
    /// The member with the order's id.
    let id: String
    /// The provider's time of the last change.
    let time: @Sendable (JSONObject) -> Timestamp?
    /// The shop, if ids are unique per shop only.
    var shopKey: @Sendable (JSONObject) -> String = { _ in "" }
    /// The fields of an order, taken from the reader.
    let fields: @Sendable (inout FieldReader, JSONObject) -> Fields<OrderField>
    /// The place of each status in the life of an order.
    let ranks: [String: Int]
    /// What the statuses mean.
    let stages: [String: Stage]

    /// Never: it comes by no webhook.
    public func recognizes(_ delivery: Delivery) -> Bool { false }

    /// The event `order.fetched`. Its dedupe key is the whole order: fetched again unchanged, it is the same event.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        let read = ReadBody(bytes)
        guard let object = read.bareObject, let id = object[self.id]?.identifierText else { return event }
        event.providerType = "order_detail"
        event.type = "order.fetched"
        event.subject = "order:\(id)"
        event.occurredAt = time(object)
        event.shopKey = shopKey(object)
        // The webhook has the same time and says less.
        event.sequence = 1
        var reader = FieldReader(object)
        reader.drop(self.id)
        var order = Order(id: id, fields: fields(&reader, object))
        order.fields[.needsDetail] = false
        order.fields[.stage] = Stage.value(of: order.fields[.status], in: stages)
        order.statusRank = order.fields[.status]?.string.flatMap { ranks[$0] } ?? 0
        order.extra = reader.extra
        event.record = .order(order)
        event.note(unread: read.repaired + reader.unread)
        return event
    }
}

/// Money as a whole number of the smallest unit.
enum MinorUnits {
    /// The amount in the currency's own unit: `1250` and 2 digits are `12.50`.
    static func amount(_ value: JSONValue?, digits: Int) -> JSONValue? {
        guard let whole = value?.integer, (0...9).contains(digits) else { return nil }
        let text = String(whole.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
        let point = padded.index(padded.endIndex, offsetBy: -digits)
        let amount = digits == 0 ? padded : "\(padded[..<point]).\(padded[point...])"
        return JSONValue.string((whole < 0 ? "-" : "") + amount).asAmount
    }

    /// The digits after the point of a currency (ISO 4217).
    static func digits(of currency: String?) -> Int {
        switch currency {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }

    /// The digits of a divisor: 2 for 100.
    static func digits(ofDivisor divisor: JSONValue?) -> Int? {
        guard var rest = divisor?.integer, rest > 0 else { return nil }
        var digits = 0
        while rest % 10 == 0 {
            rest /= 10
            digits += 1
        }
        return rest == 1 ? digits : nil
    }
}
