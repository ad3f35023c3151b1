import JSON
import Webhooks

/// Refunds that a sender tells one by one: each is a member of the order's `extra`, `refunds/` and the refund's id, with a
/// clock of its own. So their sum is the same in every order of arrival, and a refund that is sent twice counts once.
extension Order {
    /// Adds one refund. Where it has an id its amount counts to the sum; the field has the amount of the newest.
    mutating func refund(_ amount: JSONValue?, id: String?) {
        guard let amount, amount != .null else { return }
        fields[.refundedAmount] = amount
        keep(refund: amount, id: id)
    }

    /// Adds one refund to those that are known one by one, beside a sum that the sender tells.
    mutating func keep(refund amount: JSONValue?, id: String?) {
        guard let amount, amount != .null, let id else { return }
        extra[Order.singleRefunds + id] = amount
    }
}
