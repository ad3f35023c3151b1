public import Rules
public import Settings
public import Webhooks

/// What a job is about: the stored event that made it, and its order as the row stands now.
public struct JobSubject: Sendable {
    /// The job.
    public var job: Job
    /// The event.
    public var event: JobEvent
    /// The order, when the event is about one.
    public var order: StoredRecord?
    /// The product, customer or comment, when the event is about one.
    public var record: StoredRecord?
    /// How often the job's rule wants the effect; nil where it does not say.
    public var once: Rule.Once?
    /// The key under which the effect is kept already since it had another; nil where it is not, and then
    /// `Action.effectKey` counts.
    public var keptKey: String?

    /// A subject of those parts.
    public init(job: Job, event: JobEvent, order: StoredRecord?, record: StoredRecord? = nil) {
        self.job = job
        self.event = event
        self.order = order
        self.record = record
    }
}

/// The columns of `events` that actions and rules use.
public struct JobEvent: Sendable {
    /// The event's id.
    public var id: Int64
    /// When it was received.
    public var receivedAt: Timestamp
    /// The configured sender.
    public var source: String
    /// The contract it came by.
    public var provider: String
    /// The type as the provider names it.
    public var providerType: String
    /// The normalized type.
    public var type: String
    /// What it is about, such as `order:987654321`.
    public var subject: String?
    /// The shop that the sender names.
    public var shopID: String?
    /// When it happened, by the sender's clock.
    public var occurredAt: Timestamp?
    /// nginx's request id; joins the logs.
    public var requestID: String
    /// How it reached the ledger, as `events.origin` has it.
    public var origin = "delivery"
    /// The raw body; empty unless the action asked for it.
    public var body: [UInt8]
    /// Whether it counts as verified.
    public var trust: EventTrust
    /// What it changed in its record; nil where that is not known.
    public var change: EventChange?
    /// The row of the first order that it is about.
    public var orderRow: Int64?
    /// Its trace; nil without telemetry.
    public var trace: EventTrace?
    /// Whether the body was asked for, and left out because enough of them are in memory.
    var isBodyLeftOut = false

    /// When it happened, as far as that orders anything.
    public var happenedAt: Timestamp { EventTime.ordering(occurredAt, receivedAt: receivedAt) }

    /// An event with those parts.
    public init(
        id: Int64, receivedAt: Timestamp, source: String, provider: String, providerType: String, type: String,
        subject: String? = nil, shopID: String? = nil, occurredAt: Timestamp? = nil, requestID: String = "",
        body: [UInt8] = [], trust: EventTrust = .verified, change: EventChange? = nil, orderRow: Int64? = nil
    ) {
        self.trust = trust
        self.change = change
        self.orderRow = orderRow
        self.id = id
        self.receivedAt = receivedAt
        self.source = source
        self.provider = provider
        self.providerType = providerType
        self.type = type
        self.subject = subject
        self.shopID = shopID
        self.occurredAt = occurredAt
        self.requestID = requestID
        self.body = body
    }
}
