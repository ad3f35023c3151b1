import JSON
import Webhooks

/// Events about something of one or several orders: packages, invoices, refunds, requests to cancel, returns.
enum TikTokOrderParts {
    /// More orders of one delivery are no parcel of this world, and each becomes a row.
    static let most = 100

    /// Makes the event one about the orders that the data name. Where they name none it is about the return or the
    /// request to cancel, by its id: the timeline of an order that is known to have it shows the event.
    static func tell(_ meaning: TikTokShopType.Meaning, _ envelope: TikTokEnvelope, _ event: inout Event) {
        let ids = envelope.orderIDs
        guard let first = ids.first else {
            event.subject = subject(envelope.data)
            return
        }
        let records = ids.prefix(most).map { Record.order(order($0, meaning, envelope)) }
        event.subject = "order:\(first)"
        event.record = records[0]
        event.furtherRecords = Array(records.dropFirst())
        if ids.count > most { event.unreadFields.append("data: \(ids.count - most) orders after the first \(most)") }
    }

    private static func order(
        _ id: String, _ meaning: TikTokShopType.Meaning, _ envelope: TikTokEnvelope
    ) -> Order {
        var reader = FieldReader(envelope.data(about: id))
        var order = Order(id: id)
        order.fields[.shopID] = envelope.shopID.map(JSONValue.string)
        switch meaning {
        case .cancellation:
            // The word stays in `extra`.
            if let word = reader.peek("cancel_status")?.string, !word.isEmpty {
                let isOpen = isPending(word)
                order.fields[.cancelRequested] = .bool(isOpen)
                order.statusRank = isOpen ? 1 : 2
            }
        case .returning:
            let word = reader.take("return_status") { $0.string == "" ? nil : $0.asIdentifier }
            order.fields[.returnStatus] = word == .null ? nil : word
            order.statusRank = rank(word?.string)
        default: break
        }
        order.extra = reader.extra
        return order
    }

    /// `CANCELLATION_REQUEST_PENDING`: nobody has decided yet. All other words say what was decided.
    private static func isPending(_ word: String) -> Bool { word.hasSuffix("PENDING") }

    /// The place of a word in the life of a return, so that of two events of one second the later one wins.
    private static func rank(_ word: String?) -> Int {
        guard let word else { return 0 }
        if isPending(word) { return 1 }
        if word.hasSuffix("AWAITING_BUYER_RESPONSE") { return 2 }
        if word.hasSuffix("AWAITING_BUYER_SHIP") { return 3 }
        if word.hasSuffix("BUYER_SHIPPED_ITEM") { return 4 }
        if word.hasSuffix("REJECT_RECEIVE_PACKAGE") { return 5 }
        if word.hasSuffix("SUCCESS") { return 6 }
        return 7
    }

    private static func subject(_ data: JSONObject) -> String? {
        for (key, kind) in [("return_id", "return"), ("cancel_id", "cancellation")] {
            if let id = data[key]?.identifierText { return "\(kind):\(id)" }
        }
        return nil
    }
}
