import JSON
import Webhooks

/// What both contracts of TikTok Shop have around their data: `{type, shop_id, timestamp, data}`.
struct TikTokEnvelope {
    /// The whole body.
    let body: JSONObject
    /// `data`; empty when it is no object.
    let data: JSONObject

    /// - Returns: nil when the body is no JSON object.
    init?(_ bytes: [UInt8]) {
        guard let body = (try? JSONValue(parsing: bytes))?.object else { return nil }
        self.body = body
        data = body["data"]?.object ?? JSONObject()
    }

    /// The type as sent, a number in its literal text; nil when it is neither text nor number, or too long.
    var type: String? { body["type"]?.identifierText }

    /// The shop. The types 21 and 24 name the seller instead, type 58 the creator.
    var shopID: String? {
        for key in ["shop_id", "seller_open_id", "creator_open_id", "seller_id"] {
            if let id = body[key]?.identifierText { return id }
        }
        return nil
    }

    /// The order that the data are about.
    var orderID: String? { data["order_id"]?.identifierText }

    /// When it happened: the data's own time, else the time of sending, else the time of creation.
    var occurredAt: Timestamp? {
        data["update_time"]?.secondsMoment ?? body["timestamp"]?.secondsMoment ?? data["create_time"]?.secondsMoment
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
