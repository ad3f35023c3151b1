public import Postgres
public import Webhooks

extension ReconcileBooks {
    /// The counts of a run.
    public struct Counts: Sendable, Hashable {
        /// The committed pages.
        public var pages = 0
        /// The orders that were compared.
        public var compared = 0
        /// Those that the ledger did not have.
        public var absent = 0
        /// Those of which it had an older state.
        public var older = 0
        /// Those that could not be recorded.
        public var refused = 0
        /// The jobs that they made.
        public var jobs = 0

        /// None.
        public init() {}
    }

    /// The ledger's state of one order, product or customer.
    public struct Known: Sendable {
        /// Its shop; empty for none.
        public let shopKey: String
        /// The time of its last change, as far as that orders anything; nil if no verified event has said it.
        public let changedAt: Timestamp?
        /// The sender's own time of that change; nil if it is not known.
        public let saidAt: Timestamp?
        /// Whether it only points at the order.
        public let needsDetail: Bool
        /// The time of the event that points at it; nil if its details are here.
        public let pointedAt: Timestamp?
        /// When the last delivery that changed it was received.
        public let storedAt: Timestamp
        /// Its status, if a verified event has said it.
        public let status: String?
        /// Its stage, if a verified event has said it.
        public let stage: String?
        /// The time of the last verified event that has said one of them, of a product or customer anything; nil for none.
        public let toldAt: Timestamp?
    }

    /// What an API lists; the raw value is `reconcile_findings.kind`.
    public enum Listed: String, Sendable {
        /// Orders, by their last change.
        case order
        /// Products, by their last change.
        case product
        /// Customers, by their last change.
        case customer
        /// Events, with the ids of their webhooks.
        case event
        /// Deliveries, which the provider repeats when asked.
        case delivery

        /// Records of a kind; comments are in no list.
        public init(_ kind: RecordKind) {
            self =
                switch kind {
                case .product: .product
                case .customer: .customer
                case .order, .comment: .order
                }
        }
    }

    /// A missing record, event or delivery.
    public struct Missing: Sendable {
        /// What is recorded; nil if the contract refuses to read it, and for a delivery.
        public let recordable: Recordable?
        /// The provider's id.
        public let orderID: String
        /// Its shop; empty for none.
        public let shopKey: String
        /// The provider's time of the change.
        public let changedAt: Timestamp
        /// Whether the ledger does not have the order at all.
        public let isAbsent: Bool
        /// Whether its webhook came, but only points at the order.
        public var isPointer = false
        /// Whether a delivery of it is in `aside/`.
        public var isAside = false
        /// Why it cannot be recorded; nil if it can.
        public var trouble: String?
        /// What it is.
        public var kind = Listed.order
        /// The provider's type of an event or delivery; nil for an order.
        public var type: String?
        /// Why it is missing, if the provider has said so: one of `reconcile_findings.reason`.
        public var reason: String?
        /// The same in words, where no more is known.
        public var detail: String?
        /// What it takes to have it delivered again; nil if it is not.
        public var redelivery: String?

        /// A missing order of those parts.
        public init(
            _ recordable: Recordable?, orderID: String, shopKey: String, changedAt: Timestamp, isAbsent: Bool,
            isAside: Bool = false, trouble: String? = nil
        ) {
            self.recordable = recordable
            self.orderID = orderID
            self.shopKey = shopKey
            self.changedAt = changedAt
            self.isAbsent = isAbsent
            self.isAside = isAside
            self.trouble = trouble
        }
    }

    /// What of the database is known about the reasons.
    public struct Evidence: Sendable {
        /// The last time before the webhook was seen off; nil if it was not.
        public var webhookOffFrom: Timestamp?
        /// When it was seen on again.
        public var webhookOffUntil: Timestamp?

        /// The beginning of the last time in which no batch processor ran.
        public var awayFrom: Timestamp?
        /// Its end.
        public var awayUntil: Timestamp?

        /// Nothing.
        public init() {}
    }
}

/// Why a page is not committed.
public enum ReconcileFailure: Error {
    /// Another run has taken the reconciliation over.
    case leaseLost
    /// The database.
    case database(PostgresError)
}

extension ReconcileBooks.Known {
    /// A row of ``ReconcileSQL/orders``.
    init(order row: Row) throws(PostgresError) {
        let saidAt = try row.optionalText("said_at").flatMap { Timestamp(rfc3339: $0) }
        let clock = try row.optionalBigint("changed_clock").map(Timestamp.init(microseconds:))
        self.init(
            shopKey: try row.text("shop_key"), changedAt: saidAt.map { min($0, clock ?? $0) }, saidAt: saidAt,
            needsDetail: try row.bool("needs_detail"),
            pointedAt: try row.optionalBigint("pointed_at").map(Timestamp.init(microseconds:)),
            storedAt: Timestamp(microseconds: try row.timestamp("stored_at")),
            status: try row.optionalText("status"), stage: try row.optionalText("stage"),
            toldAt: try row.optionalBigint("told_at").map(Timestamp.init(microseconds:)))
    }

    /// A row of ``ReconcileSQL/records(_:)``: whatever was said last makes it known.
    init(record row: Row) throws(PostgresError) {
        let toldAt = try row.optionalBigint("told_at").map(Timestamp.init(microseconds:))
        self.init(
            shopKey: try row.text("shop_key"), changedAt: toldAt,
            saidAt: try row.optionalText("said_at").flatMap { Timestamp(rfc3339: $0) }, needsDetail: false,
            pointedAt: nil, storedAt: Timestamp(microseconds: try row.timestamp("stored_at")), status: nil, stage: nil,
            toldAt: toldAt)
    }
}
