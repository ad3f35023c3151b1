public import JSON

/// What one event says about one customer: only the fields that came. Absent is not null.
public struct Customer: Sendable, Hashable {
    /// The customer's id as the sender names it.
    public var id: String
    /// The fields that came.
    public var fields: [CustomerField: JSONValue]
    /// Fields that the sender has and the ledger does not know, under the sender's names.
    public var extra: [String: JSONValue]

    /// What one event says about the customer `id`.
    public init(id: String, fields: [CustomerField: JSONValue] = [:], extra: [String: JSONValue] = [:]) {
        self.id = id
        self.fields = fields
        self.extra = extra
    }
}

/// The fields of a customer that the ledger knows; the raw value is the key in `customers.customer_data` and the name that
/// rules use (`customer.email`).
public enum CustomerField: String, Sendable, CaseIterable {
    /// Text.
    case email
    /// Text: the whole name.
    case name
    /// Text.
    case firstName = "first_name"
    /// Text.
    case lastName = "last_name"
    /// Text.
    case phone
    /// Text: the sender's own status word.
    case status
    /// Object: an address as in `OrderField.shippingAddress`.
    case address
    /// RFC 3339 text: the sender's own update time; data, not its clock.
    case changedAt = "changed_at"
    /// Boolean: the sender deleted it, or asks for its data to be redacted. A deletion marks, it does not erase.
    case deleted
}
