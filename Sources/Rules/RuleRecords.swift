public import JSON
public import Webhooks

/// The fields of an event for rules, apart from its records: the columns of the table `events`.
public struct EventColumns: Sendable, Hashable {
    /// The source's name.
    public var source: String
    /// The contract of its delivery.
    public var provider: String
    /// The normalized type.
    public var type: String
    /// The type in the provider's words.
    public var providerType: String
    /// Its subject, such as `order:987654321`.
    public var subject: String?
    /// The sender's shop.
    public var shopID: String?
    /// Its origin: `delivery`, `spool`, `replay`, `fetched` …
    public var origin: String

    /// Columns of those values.
    public init(
        source: String, provider: String, type: String, providerType: String, subject: String?, shopID: String?,
        origin: String = "delivery"
    ) {
        self.source = source
        self.provider = provider
        self.type = type
        self.providerType = providerType
        self.subject = subject
        self.shopID = shopID
        self.origin = origin
    }

    /// The columns of a new event.
    public init(_ event: Event, source: String, origin: String = "delivery") {
        self.init(
            source: source, provider: event.provider, type: event.type, providerType: event.providerType,
            subject: event.subject, shopID: event.shopID, origin: origin)
    }

    /// The types that it stands for in rules. A reconciled order stands for each event that its webhooks would have been,
    /// as it has all of an order's details.
    var types: [String] {
        guard origin == "reconciled" else { return [type] }
        return switch type {
        case "order.created": [type, "order.updated", "order.fetched"]
        case "order.updated", "order.cancelled": [type, "order.fetched"]
        default: [type]
        }
    }

    /// A field of the event itself; nil when there is no such field.
    func ofEvent(_ steps: ArraySlice<String>) -> String? { Array(steps) == ["origin"] ? origin : nil }

    func value(_ name: String) -> String?? {
        switch name {
        case "source": source
        case "provider": provider
        case "type": type
        case "provider_type": .some(providerType)
        case "subject": .some(subject)
        case "shop_id": .some(shopID)
        default: .none
        }
    }
}

/// A record's current state for rules, from its row in `orders`, `products`, `customers` or `comments`.
public struct StoredRecord: Sendable, Hashable {
    /// Its kind: `order`, `product`, `customer` or `comment`.
    public var kind: String
    /// The sender's id.
    public var id: String
    /// `order_data`, `product_data` …, whose keys are the raw values of `OrderField`, `ProductField` ….
    public var data: JSONObject
    /// `extra`.
    public var extra: JSONObject

    /// A row of those values.
    public init(kind: String = "order", id: String, data: JSONObject, extra: JSONObject = JSONObject()) {
        self.kind = kind
        self.id = id
        self.data = data
        self.extra = extra
    }

    /// An event's values for a record; nil if it has none.
    init?(_ record: Record) {
        switch record {
        case .none: return nil
        case .order(let order): self.init("order", order.id, order.fields, order.extra)
        case .product(let product): self.init("product", product.id, product.fields, product.extra)
        case .customer(let customer): self.init("customer", customer.id, customer.fields, customer.extra)
        case .comment(let comment): self.init("comment", comment.id, comment.fields, comment.extra)
        }
    }

    private init(
        _ kind: String, _ id: String, _ fields: [some RawRepresentable<String> & Hashable: JSONValue],
        _ extra: [String: JSONValue]
    ) {
        self.init(
            kind: kind, id: id, data: fields.reduce(into: JSONObject()) { $0[$1.key.rawValue] = $1.value },
            extra: extra.reduce(into: JSONObject()) { $0[$1.key] = $1.value })
    }
}
