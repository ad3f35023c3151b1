import JSON
import Webhooks

/// Refunds reported one by one: each is a member of the order's `extra`, `refunds/` and the refund's id, with its own
/// clock. So their sum is the same in every order of arrival, and a duplicate refund is counted once.
extension Order {
    /// Adds one refund. With an id, its amount is part of the sum; the field has the newest amount.
    mutating func refund(_ amount: JSONValue?, id: String?) {
        guard let amount, amount != .null else { return }
        fields[.refundedAmount] = amount
        keep(refund: amount, id: id)
    }

    /// Adds one refund to the single ones, beside the sender's sum.
    mutating func keep(refund amount: JSONValue?, id: String?) {
        guard let amount, amount != .null, let id else { return }
        extra[Order.singleRefunds + id] = amount
    }
}
