/// An accepted delivery, in normalized form.
public struct Event: Sendable, Hashable {
    /// The contract of its delivery: the name of a preset, such as `tiktok_shop`.
    public var provider: String
    /// The provider's type, such as `1` or `order_created`.
    public var providerType: String
    /// The normalized type, such as `order.created`. An unknown type keeps the provider's name, with the provider as
    /// prefix if it equals one of ours by chance (`github:package.updated`); a body that could not be read, or that
    /// contradicts its unsigned topic, is `unrecognized`.
    public var type: String
    /// Its subject, such as `order:987654321`; nil if it has none.
    public var subject: String?
    /// The sender's shop (seller, store).
    public var shopID: String?
    /// The time of the event by the sender's clock; nil if the sender gives none.
    public var occurredAt: Timestamp?
    /// The sender's own order among events of one moment; 0 where there is none.
    public var sequence: Int64
    /// The identity of the event across deliveries.
    public var dedupeKey: DedupeKey
    /// Its values for its record; the first of several.
    public var record: Record
    /// Its values for further records, such as the other orders of one package.
    public var furtherRecords: [Record] = []
    /// The shop in the signed content, if ids are unique per shop only: host and path in lower case, without scheme,
    /// `www.` and port, or the store's id. Empty if all shops share the ids, or if the body names no shop.
    public var shopKey = ""
    /// The sender's unsigned id of the delivery, which is the same in every retry; nil where it sends none.
    public var deliveryID: String?
    /// The origin of this event's clock.
    public var timing: Timing = .own
    /// The type that an unsigned header claims and the body does not confirm; nil otherwise.
    public var claimedType: String?
    /// Why a body of the type `unrecognized` was not recognized, for people.
    public var reason: String?
    /// The members that could not be read as their field: they are kept in `extra`.
    public var unreadFields: [String] = []

    /// An event with the given parts.
    public init(
        provider: String, providerType: String, type: String, subject: String? = nil, shopID: String? = nil,
        occurredAt: Timestamp? = nil, sequence: Int64 = 0, dedupeKey: DedupeKey, record: Record = .none
    ) {
        self.provider = provider
        self.providerType = providerType
        self.type = type
        self.subject = subject
        self.shopID = shopID
        self.occurredAt = occurredAt
        self.sequence = sequence
        self.dedupeKey = dedupeKey
        self.record = record
    }

    /// The most records of one event; further ones are counted as unread.
    public static let mostRecords = 100
    /// The type of an event whose body could not be read.
    public static let unrecognized = "unrecognized"
}

/// The origin of an event's clock (docs/database.md, Clocks); the raw value is `p_timing` of `record_2()`.
public enum Timing: Int16, Sendable {
    /// From the event's own time, or from its arrival without one.
    case own = 0
    /// From its arrival: the sender never gives a time.
    case arrival = 1
    /// A deletion without a time, by a sender whose other events have one: just above the row's current clock.
    case deletion = 2
    /// A restore: at least just above the deletion that it reverts.
    case restore = 3
}

/// The records that an event can carry.
public enum Record: Sendable, Hashable {
    /// Nothing but the event itself.
    case none
    /// What the event says about one order.
    case order(Order)
    /// What the event says about one product.
    case product(Product)
    /// What the event says about one customer.
    case customer(Customer)
    /// What the event says about one comment.
    case comment(Comment)

    /// Its kind, and its id as the sender names it; nil for none.
    public var identity: (kind: RecordKind, id: String)? {
        switch self {
        case .none: nil
        case .order(let order): (.order, order.id)
        case .product(let product): (.product, product.id)
        case .customer(let customer): (.customer, customer.id)
        case .comment(let comment): (.comment, comment.id)
        }
    }
}

/// The identity of an event; only looked up after verification.
public struct DedupeKey: Sendable, Hashable {
    /// The key: a signed id or a hash, unique within its source.
    public let bytes: [UInt8]
    /// For senders with neither id nor time: how many seconds an equal body is the same event. nil: without limit.
    public let windowSeconds: Int64?

    /// A key that is valid for `windowSeconds`, or without limit when nil.
    public init(bytes: [UInt8], windowSeconds: Int64? = nil) {
        self.bytes = bytes
        self.windowSeconds = windowSeconds
    }
}
