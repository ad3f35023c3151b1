public import JSON

/// One event's values for one customer: only the sent fields. Absent is not null.
public struct Customer: Sendable, Hashable {
    /// The customer's id, as the provider writes it.
    public var id: String
    /// The sent fields.
    public var fields: Fields<CustomerField>
    /// The sender's fields that the ledger does not know, under the sender's names.
    public var extra: [String: JSONValue]

    /// One event's values for the customer `id`.
    public init(id: String, fields: Fields<CustomerField> = [:], extra: [String: JSONValue] = [:]) {
        self.id = id
        self.fields = fields
        self.extra = extra
    }
}

/// The fields of a customer that the ledger knows; the raw value is the key in `customers.customer_data` and the name
/// that rules use (`customer.email`).
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
    /// Boolean: the sender deleted it, or asks for its data to be redacted. A deletion marks the record and does not
    /// erase it.
    case deleted
}
