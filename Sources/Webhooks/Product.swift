public import JSON

/// One event's values for one product: only the sent fields. Absent is not null.
public struct Product: Sendable, Hashable {
    /// The product's id, as the provider writes it.
    public var id: String
    /// The sent fields.
    public var fields: Fields<ProductField>
    /// The sender's fields that the ledger does not know, under the sender's names.
    public var extra: [String: JSONValue]

    /// One event's values for the product `id`.
    public init(id: String, fields: Fields<ProductField> = [:], extra: [String: JSONValue] = [:]) {
        self.id = id
        self.fields = fields
        self.extra = extra
    }
}

/// The fields of a product that the ledger knows; the raw value is the key in `products.product_data` and the name that
/// rules use (`product.price`).
public enum ProductField: String, Sendable, CaseIterable {
    /// Text.
    case name
    /// Text.
    case description
    /// Number as text.
    case price
    /// Text: ISO 4217 code.
    case currency
    /// Text: the shop's own article number.
    case sku
    /// Number, may have a fraction: how many are in stock, by the sender.
    case quantity
    /// Text: the sender's own status word.
    case status
    /// Text.
    case url
    /// Text.
    case imageURL = "image_url"
    /// Array of objects with `variant_id`, `sku`, `price`, `quantity`, `name`, if sent.
    case variants
    /// RFC 3339 text: the sender's own update time; data, not its clock.
    case changedAt = "changed_at"
    /// Boolean: the sender deleted it. A deletion marks the record and does not erase it.
    case deleted
}
