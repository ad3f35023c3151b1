import JSON
import Webhooks

/// An order of EverShop's GraphQL API: its values, codes, names and times are each in an object of their own.
enum EverShopListedOrder {
    /// The order with plain members, and with the time of its last change as `updatedAt`.
    static func body(_ order: JSONValue) -> JSONObject {
        var body = JSONObject()
        for member in order.object?.members ?? [] {
            let (name, value) = (member.key, member.value)
            switch name {
            case "createdAt": body[name] = moment(value).map { .string($0.rfc3339) } ?? .null
            case "updatedAt", "activities": continue
            case "shipments":
                let numbers = value.array?.compactMap { $0["trackingNumber"] }.filter { $0.string?.isEmpty == false }
                if let number = numbers?.last { body["trackingNumber"] = number }
            default: body[name] = plain(value)
            }
        }
        body["updatedAt"] = changedAt(order).map { .string($0.rfc3339) } ?? .null
        return body
    }

    /// `{value}`, `{code}` and `{name}` as what they hold.
    private static func plain(_ value: JSONValue) -> JSONValue {
        if let list = value.array { return .array(list.map(plain)) }
        guard let object = value.object else { return value }
        for name in ["value", "code", "name"] where object.members.count == 1 {
            if let held = object[name] { return held }
        }
        var body = JSONObject()
        for member in object.members { body[member.key] = plain(member.value) }
        return .object(body)
    }

    /// The latest time that an order names. EverShop writes each change of a status into the order's activities, or as a
    /// time of a shipment; `updated_at` stays as it was.
    static func changedAt(_ order: JSONValue) -> Timestamp? {
        let shipments = order["shipments"]?.array ?? []
        let times =
            [order["createdAt"], order["updatedAt"]] + (order["activities"]?.array ?? []).map { $0["createdAt"] }
            + ["createdAt", "shippedAt", "deliveredAt", "canceledAt"].flatMap { name in shipments.map { $0[name] } }
        return times.compactMap(moment).max()
    }

    /// A time: milliseconds since 1970 as text, as GraphQL writes JavaScript's dates, or RFC 3339.
    static func moment(_ time: JSONValue?) -> Timestamp? {
        guard let value = time?["value"] else { return nil }
        if let number = value.integer ?? value.string.flatMap({ Int64($0) }) {
            return number > 0 ? Timestamp(milliseconds: number) : nil
        }
        return value.string.flatMap { Timestamp(rfc3339: $0) }
    }
}
