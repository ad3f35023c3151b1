import JSON
import Settings
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

    /// The types that it stands for in rules. A reconciled record stands for each event that its webhooks would have been,
    /// as it has all of its details.
    var types: [String] {
        guard origin == "reconciled" else { return [type] }
        return switch type {
        case "order.created": [type, "order.updated", "order.fetched"]
        case "order.updated", "order.cancelled": [type, "order.fetched"]
        case "product.created": [type, "product.updated"]
        case "customer.created": [type, "customer.updated"]
        default: [type]
        }
    }

    /// A field of the event itself; nil when there is no such field.
    func ofEvent(_ steps: ArraySlice<String>) -> String? { Array(steps) == ["origin"] ? origin : nil }

    /// Whether a path is about the event itself and not about its record.
    static func has(_ path: FieldPath) -> Bool {
        guard let root = path.steps.first else { return false }
        return root == "event" || none.value(root) != .none
    }

    private static let none = EventColumns(
        source: "", provider: "", type: "", providerType: "", subject: nil, shopID: nil)

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

/// What a rule asks of a record: of a stored one, or of an event's values for one, which are read where they are.
protocol RuleRecord: Sendable {
    var kind: RecordKind { get }
    var id: String { get }
    /// A field by its name.
    func field(_ name: String) -> JSONValue?
    /// A field that only the sender knows.
    func extra(_ name: String) -> JSONValue?
}

extension StoredRecord: RuleRecord {
    func field(_ name: String) -> JSONValue? { fields[name] }
    func extra(_ name: String) -> JSONValue? { extra[name] }
}

extension Record {
    /// An event's values for a record; nil if it has none.
    var ofRule: (any RuleRecord)? {
        switch self {
        case .none: nil
        case .order(let order): order
        case .product(let product): product
        case .customer(let customer): customer
        case .comment(let comment): comment
        }
    }
}

extension Order: RuleRecord {
    var kind: RecordKind { .order }
    func field(_ name: String) -> JSONValue? { fields.value(named: name) }
    func extra(_ name: String) -> JSONValue? { extra[name] }
}

extension Product: RuleRecord {
    var kind: RecordKind { .product }
    func field(_ name: String) -> JSONValue? { fields.value(named: name) }
    func extra(_ name: String) -> JSONValue? { extra[name] }
}

extension Customer: RuleRecord {
    var kind: RecordKind { .customer }
    func field(_ name: String) -> JSONValue? { fields.value(named: name) }
    func extra(_ name: String) -> JSONValue? { extra[name] }
}

extension Comment: RuleRecord {
    var kind: RecordKind { .comment }
    func field(_ name: String) -> JSONValue? { fields.value(named: name) }
    func extra(_ name: String) -> JSONValue? { extra[name] }
}
