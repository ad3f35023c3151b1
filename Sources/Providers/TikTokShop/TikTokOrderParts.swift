import JSON
import Webhooks

/// Events about parts of one or several orders: packages, invoices, refunds, requests to cancel, returns.
enum TikTokOrderParts {
    /// No real parcel has more orders, and each becomes a row.
    static let most = 100

    /// Attaches the orders in the data to the event. Without any, its subject is the return or the request to cancel,
    /// by its id: the timeline of the order with that id shows the event.
    static func tell(_ meaning: TikTokShopType.Meaning, _ envelope: TikTokEnvelope, _ event: inout Event) {
        let ids = envelope.orderIDs
        guard let first = ids.first else {
            event.subject = subject(envelope.data)
            return
        }
        var unread: [String] = []
        let records = ids.prefix(most).map { Record.order(order($0, meaning, envelope, unread: &unread)) }
        event.note(unread: unread)
        event.subject = "order:\(first)"
        event.record = records[0]
        event.furtherRecords = Array(records.dropFirst())
        if ids.count > most { event.unreadFields.append("data: \(ids.count - most) orders after the first \(most)") }
    }

    private static func order(
        _ id: String, _ meaning: TikTokShopType.Meaning, _ envelope: TikTokEnvelope, unread: inout [String]
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
            let word = reader.take("return_status", as: .by { $0.string == "" ? $0 : $0.asIdentifier })
            order.fields[.returnStatus] = word == .null || word == "" ? nil : word
            order.statusRank = rank(word?.string)
        case .refund:
            let told = refunded(envelope.data(about: id), isOnlyOrder: envelope.orderIDs.count == 1)
            order.refund(told?.amount, id: envelope.data["refund_id"]?.identifierText)
            if order.fields[.refundedAmount] != nil { order.fields[.currency] = told?.currency }
        default: break
        }
        unread += reader.unread
        order.extra.merge(reader.extra) { own, _ in own }
        return order
    }

    /// The refunded amount of one order: the amounts of its lines, else that of the refund if it is for this order
    /// alone. The page's example has none; if a body has one, it has the form of the Return API.
    private static func refunded(_ data: JSONObject, isOnlyOrder: Bool) -> (amount: JSONValue?, currency: JSONValue?)? {
        let lines = (data["line_items"]?.array ?? []).compactMap { $0.object.flatMap(amount) }
        if !lines.isEmpty {
            return (DecimalSum.ofMagnitudes(lines.map(\.amount)), lines.first?.currency)
        }
        return isOnlyOrder ? amount(data).map { ($0.amount.asMoney, $0.currency) } : nil
    }

    private static func amount(_ object: JSONObject) -> (amount: JSONValue, currency: JSONValue?)? {
        guard let told = object["refund_amount"] ?? object["refund_total"] else { return nil }
        guard let amount = told.object.map({ $0["refund_total"] ?? $0["amount"] }) ?? told, amount.asMoney != nil,
            amount.saysSomething
        else { return nil }
        return (amount, (told["currency"] ?? object["currency"])?.asText)
    }

    /// `CANCELLATION_REQUEST_PENDING`: nobody has decided yet. All other words are decisions.
    private static func isPending(_ word: String) -> Bool { word.hasSuffix("PENDING") }

    /// The rank of a word in the life of a return, so that of two events of one second the later one wins.
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
