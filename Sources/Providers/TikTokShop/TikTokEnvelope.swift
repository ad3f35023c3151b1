import JSON
import Webhooks

/// The envelope of both TikTok Shop contracts: `{type, shop_id, timestamp, data}`.
struct TikTokEnvelope {
    /// The whole body.
    let body: JSONObject
    /// `data`; empty if it is not an object.
    let data: JSONObject

    /// The top members with characters that were not sent as UTF-8.
    let repaired: [String]

    /// - Returns: nil when the body is not a JSON object.
    init?(_ bytes: [UInt8]) {
        let read = ReadBody(bytes)
        guard let body = read.bareObject else { return nil }
        self.body = body
        repaired = read.repaired
        data = body["data"]?.object ?? JSONObject()
    }

    /// The type as sent, a number in its literal text; nil when it is neither text nor number, or too long.
    var type: String? { body["type"]?.identifierText }

    /// The notification's id; the sample of type 68 has an `event_id` instead.
    var id: String? { (body["tts_notification_id"] ?? body["event_id"])?.identifierText }

    /// The shop. The types 21 and 24 name the seller instead, type 58 the creator.
    var shopID: String? {
        for key in ["shop_id", "seller_open_id", "creator_open_id", "seller_id"] {
            if let id = body[key]?.identifierText { return id }
        }
        return nil
    }

    /// The order that the data are about.
    var orderID: String? { data["order_id"]?.identifierText }

    /// All orders that the data name, each once, in the order in which they come.
    var orderIDs: [String] {
        var seen: Set<String> = []
        return Self.orders(in: data).filter { seen.insert($0).inserted }
    }

    /// The part of the data about this order: from lists of several orders only its elements.
    func data(about id: String) -> JSONObject {
        var own = data
        own["order_id"] = nil
        own["order_ids"] = nil
        for key in Self.lists {
            guard let elements = data[key]?.list else { continue }
            own[key] = .array(
                elements.filter { element in
                    let named = element.object.map(Self.orders) ?? []
                    return named.isEmpty || named.contains(id)
                })
        }
        return own
    }

    /// Lists whose elements name orders: those of packages (type 4) and of refunds (type 67).
    private static let lists = ["package_list", "line_items"]

    private static func orders(in object: JSONObject) -> [String] {
        ["order_id", "main_order_id"].compactMap { object[$0]?.identifierText }
            + ["order_ids", "order_id_list"].flatMap { object[$0]?.list ?? [] }.compactMap(\.identifierText)
            + lists.flatMap { object[$0]?.list ?? [] }.compactMap(\.object).flatMap(orders)
    }

    /// When it happened: the data's own time, else the time of sending, else the time of creation. The sample of type
    /// 68 has a member of its own.
    var occurredAt: Timestamp? {
        data["update_time"]?.secondsMoment ?? body["timestamp"]?.secondsMoment ?? data["create_time"]?.secondsMoment
            ?? body["occurred_at"]?.moment
    }
}

extension Event {
    /// The order that the event is about, by the sender's id.
    var orderID: String? {
        if case .order(let order) = record { return order.id }
        guard let subject, subject.hasPrefix("order:") else { return nil }
        return String(subject.dropFirst("order:".count))
    }
}
