import JSON
public import Providers
public import Rules
import Verification
import Webhooks

/// What the ledger takes: a delivery that Verification proved and Providers normalized, with the jobs that Rules chose.
///
/// Nothing else can be recorded: neither a `VerifiedDelivery` nor a `NormalizedDelivery` can be made outside its layer.
public struct Recordable: Sendable {
    /// How a delivery reached the ledger; the raw value is `events.origin`.
    public enum Origin: String, Sendable {
        /// Straight from its sender.
        case delivery
        /// Kept in a local file while Postgres was away.
        case spool
        /// Replayed by an operator, with modifications.
        case replay
        /// Fetched from the provider's API.
        case fetched
    }

    /// The configured sender.
    public let source: String
    /// The delivery and what it means.
    public let normalized: NormalizedDelivery
    /// The jobs to make in the same transaction.
    public let jobs: [PlannedJob]
    /// How it reached the ledger.
    public let origin: Origin

    /// A delivery to record.
    public init(source: String, normalized: NormalizedDelivery, jobs: [PlannedJob], origin: Origin = .delivery) {
        self.source = source
        self.normalized = normalized
        self.jobs = jobs
        self.origin = origin
    }

    var event: Event { normalized.event }
    var delivery: Delivery { normalized.verified.delivery }

    /// What must not occur twice in one batch: the event itself and the row it is about.
    public var conflictKeys: [ConflictKey] {
        let own = ConflictKey.event(source: source, key: event.dedupeKey.bytes)
        guard let row = event.record.row else { return [own] }
        return [own, .record(row.kind, source: source, id: row.id.storable)]
    }
}

/// Something that two deliveries of one batch must not share.
public enum ConflictKey: Hashable, Sendable {
    /// The same event.
    case event(source: String, key: [UInt8])
    /// The same order, product, customer or comment.
    case record(RecordKind, source: String, id: String)
}
