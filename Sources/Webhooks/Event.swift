/// A delivery that counted, in the system's own terms.
public struct Event: Sendable, Hashable {
    /// The contract it came by: the name of a preset, such as `tiktok_shop`.
    public var provider: String
    /// The type as the provider names it, such as `1` or `order_created`.
    public var providerType: String
    /// The normalized type, such as `order.created`. A type nobody knows keeps the provider's name, behind the provider where
    /// that is one of ours by chance (`github:package.updated`); a body that could not be read, or that contradicts its
    /// unsigned topic, is `unrecognized`.
    public var type: String
    /// What it is about, such as `order:987654321`; nil when it is about nothing in particular.
    public var subject: String?
    /// The shop (seller, store) that the sender names.
    public var shopID: String?
    /// When it happened, by the sender's clock; nil when the sender tells no time.
    public var occurredAt: Timestamp?
    /// The sender's own order among events of one moment; 0 where there is none.
    public var sequence: Int64
    /// What makes this event the same as another delivery of it.
    public var dedupeKey: DedupeKey
    /// What it says about the shop's records; of an event about several records the first.
    public var record: Record
    /// What it says about further records, such as the other orders of one package.
    public var furtherRecords: [Record] = []
    /// The shop that the signed content names, where ids are the shop's own: host and path in lower case, without
    /// scheme, `www.` and port, or the store's id. Empty where ids are the sender's own, and where the body names none.
    public var shopKey = ""
    /// The sender's unsigned id of the delivery, which is the same in every retry; nil where it sends none.
    public var deliveryID: String?
    /// How the clock of this event is found.
    public var timing: Timing = .own
    /// The type that an unsigned header claims, where the body does not bear it out; nil where it does.
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

    /// How many records one event may be about; further ones are counted as unread.
    public static let mostRecords = 100
    /// The type of an event whose body could not be read.
    public static let unrecognized = "unrecognized"
}

/// How the clock of an event is found (docs/database.md, Clocks); the raw value is `p_timing` of `record_2()`.
public enum Timing: Int16, Sendable {
    /// From the event's own time; from its arrival where it tells none.
    case own = 0
    /// From its arrival: the sender never tells a time.
    case arrival = 1
    /// A deletion without a time, by a sender whose other events tell one: just above what is known of the row.
    case deletion = 2
    /// A restore: at least just above the deletion that it undoes.
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
}

/// What makes two deliveries the same event; only ever looked up after verification.
public struct DedupeKey: Sendable, Hashable {
    /// The key: a signed id or a hash, unique within its source.
    public let bytes: [UInt8]
    /// For senders with neither id nor time: for how many seconds an equal body counts as the same event.
    /// nil: for ever.
    public let windowSeconds: Int64?

    /// A key that holds for `windowSeconds`, or for ever when nil.
    public init(bytes: [UInt8], windowSeconds: Int64? = nil) {
        self.bytes = bytes
        self.windowSeconds = windowSeconds
    }
}
