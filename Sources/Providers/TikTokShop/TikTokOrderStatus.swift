import JSON

/// The statuses of TikTok Shop's orders: of the webhook `ORDER_STATUS_CHANGE`, of the Order API, and of the guide.
enum TikTokOrderStatus {
    /// The rank of a status in the life of an order, so that of two events of one second the later status wins.
    /// `CANCEL` is what the webhook says for the API's `CANCELLED`; `PARTIALLY_SHIPPING` is known to the API alone.
    /// 0 for a status that is not known.
    static func rank(_ status: String?) -> Int {
        switch status {
        case "UNPAID": 10
        case "ON_HOLD": 20
        case "AWAITING_SHIPMENT": 30
        case "PARTIALLY_SHIPPING": 35
        case "AWAITING_COLLECTION": 40
        case "IN_TRANSIT": 50
        case "DELIVERED": 60
        case "COMPLETED": 70
        case "CANCEL", "CANCELLED": 80
        default: 0
        }
    }

    /// Whether a status means a cancelled order.
    static func isCancelled(_ status: String?) -> Bool { status == "CANCEL" || status == "CANCELLED" }

    /// The unified word for a status: `CANCELLED`, even if the webhook has `CANCEL`.
    static func word(_ status: String) -> String { isCancelled(status) ? "CANCELLED" : status }
}

extension FieldReader {
    /// Takes a status: a word, never null and never empty, because an order always has one. A word that is stored as
    /// another one remains, and ends in `extra`.
    mutating func takeStatus(_ key: String = "order_status") -> JSONValue? {
        guard let sent = peek(key), sent != .null else {
            drop(key)
            return nil
        }
        guard let text = sent.string, !text.isEmpty, sent.asIdentifier != nil else { return nil }
        let word = TikTokOrderStatus.word(text)
        if word == text { drop(key) }
        return .string(word)
    }
}
