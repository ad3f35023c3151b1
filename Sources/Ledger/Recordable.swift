import JSON
public import Providers
public import Rules
import Verification
import Webhooks

/// What the ledger takes: a delivery that Verification proved and Providers normalized, with the jobs that Rules chose.
///
/// Nothing else can be recorded: neither a `VerifiedDelivery` nor a `NormalizedDelivery` can be made outside its layer.
///
/// A class, and with the texts of its JSON ready made: workers prepare it in parallel, the one committing thread only
/// passes it on.
public final class Recordable: Sendable {
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
        let delivery = normalized.verified.delivery
        headersText = delivery.headers.storedText
        jobsText = JSONValue.array(jobs.map(\.stored)).storableText
        let patch = normalized.event.record.patch
        self.patch = patch
        conflictKeys =
            [.event(source: source, key: normalized.event.dedupeKey.bytes)]
            + (patch.map { [.record($0.kind, source: source, id: $0.id)] } ?? [])
    }

    /// What must not occur twice in one batch: the event itself and the row it is about.
    public let conflictKeys: [ConflictKey]
    let patch: RecordPatch?
    let headersText: String
    let jobsText: String

    var event: Event { normalized.event }
    var delivery: Delivery { normalized.verified.delivery }
}

/// Something that two deliveries of one batch must not share.
public enum ConflictKey: Hashable, Sendable {
    /// The same event.
    case event(source: String, key: [UInt8])
    /// The same order, product, customer or comment.
    case record(RecordKind, source: String, id: String)
}
