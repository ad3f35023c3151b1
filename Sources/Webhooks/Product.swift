public import JSON

/// What one event says about one product: only the fields that came. Absent is not null.
public struct Product: Sendable, Hashable {
    /// The product's id as the sender names it.
    public var id: String
    /// The fields that came.
    public var fields: [ProductField: JSONValue]
    /// Fields that the sender has and the ledger does not know, under the sender's names.
    public var extra: [String: JSONValue]

    /// What one event says about the product `id`.
    public init(id: String, fields: [ProductField: JSONValue] = [:], extra: [String: JSONValue] = [:]) {
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
    /// Array of objects with `variant_id`, `sku`, `price`, `quantity`, `name` as far as they came.
    case variants
    /// RFC 3339 text: the sender's own update time; data, not its clock.
    case changedAt = "changed_at"
    /// Boolean: the sender deleted it. A deletion marks, it does not erase.
    case deleted
}
