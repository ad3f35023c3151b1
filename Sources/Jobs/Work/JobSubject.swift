public import JSON
public import Webhooks

/// What a job is about: the stored event that made it, and its order as the row stands now.
public struct JobSubject: Sendable {
    /// The job.
    public var job: Job
    /// The event.
    public var event: JobEvent
    /// The order, when the event is about one.
    public var order: JobOrder?
    /// The product, customer or comment, when the event is about one.
    public var record: JobRecord?

    /// A subject of those parts.
    public init(job: Job, event: JobEvent, order: JobOrder?, record: JobRecord? = nil) {
        self.job = job
        self.event = event
        self.order = order
        self.record = record
    }
}

/// The row of a product, customer or comment as it stands now.
public struct JobRecord: Sendable {
    /// Which of them: `product`, `customer` or `comment`.
    public var kind: String
    /// Its id as the sender names it.
    public var id: String
    /// The normalized fields; keys are those of `ProductField`, `CustomerField` or `CommentField`.
    public var fields: JSONObject
    /// Fields that the ledger does not know, under the sender's names.
    public var extra: JSONObject

    /// A record of those parts.
    public init(kind: String, id: String, fields: JSONObject, extra: JSONObject = JSONObject()) {
        self.kind = kind
        self.id = id
        self.fields = fields
        self.extra = extra
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
    /// Whether the body was asked for, and left out because enough of them are in memory.
    var isBodyLeftOut = false

    /// An event with those parts.
    public init(
        id: Int64, receivedAt: Timestamp, source: String, provider: String, providerType: String, type: String,
        subject: String? = nil, shopID: String? = nil, occurredAt: Timestamp? = nil, requestID: String = "",
        body: [UInt8] = []
    ) {
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

/// The row of `orders` as it stands now.
public struct JobOrder: Sendable {
    /// The row's id.
    public var row: Int64
    /// The configured sender.
    public var source: String
    /// The order's id as the sender names it.
    public var orderID: String
    /// The normalized fields (`orders.order_data`); keys are those of `OrderField`.
    public var fields: JSONObject
    /// Fields that the ledger does not know, under the sender's names.
    public var extra: JSONObject

    /// An order with those parts.
    public init(row: Int64, source: String, orderID: String, fields: JSONObject, extra: JSONObject = JSONObject()) {
        self.row = row
        self.source = source
        self.orderID = orderID
        self.fields = fields
        self.extra = extra
    }
}
