import JSON
public import Providers
public import Rules
public import Settings
import Verification
public import Webhooks

/// The input of the ledger: a delivery that Verification proved and Providers normalized, with the jobs that Rules
/// chose.
///
/// Nothing else can be recorded: neither a `VerifiedDelivery` nor a `NormalizedDelivery` can be made outside its layer.
///
/// A class with finished JSON texts: workers prepare it in parallel, and a committing thread only passes it on.
public final class Recordable: Sendable {
    /// How a delivery reached the ledger; the raw value is `events.origin`.
    public enum Origin: String, Sendable {
        /// Straight from its sender.
        case delivery
        /// Kept in a local file while Postgres was away.
        case spool
        /// Kept aside, and released by an operator.
        case released
        /// Imported from the sender's export by an operator.
        case imported
        /// Found missing by comparing with the provider's API.
        case reconciled
        /// Replayed by an operator, with modifications.
        case replay
        /// Fetched from the provider's API.
        case fetched

        /// Whether the sender itself brought it. Everything else has our own credential or an operator behind it.
        var isOfSender: Bool { [.delivery, .spool, .released].contains(self) }
    }

    /// A source's settings for its deliveries.
    public struct Terms: Sendable, Hashable {
        /// The most events of one repeatable body within 24 hours.
        public var repeatsPerDay = SourceSettings.defaultRepeatsPerDay
        /// Whether unverified deliveries are equal to verified ones, because the source needs no signature.
        public var trustsUnverified = false
        /// The shop that the event names, aliases resolved; nil for the event's own.
        public var shopKey: String?
        /// The shops whose jobs are held: `p_shop_rule` of `record_2()`.
        public var shopRule = ShopSettings.Verdict.any

        /// The defaults.
        public init() {}
    }

    /// The configured sender.
    public let source: String
    /// The delivery and its normalized event.
    public let normalized: NormalizedDelivery
    /// The jobs to make in the same transaction.
    public let jobs: [PlannedJob]
    /// How it reached the ledger.
    public let origin: Origin
    /// Its source's settings.
    public let terms: Terms
    /// The configuration that chose the jobs; nil for none.
    public let revision: ConfigurationRevision?

    /// A delivery to record.
    /// - Parameter firstReceivedAt: of an imported one, when it was first received; nil for the time of its receipt.
    public init(
        source: String, normalized: NormalizedDelivery, jobs: [PlannedJob], origin: Origin = .delivery,
        terms: Terms = Terms(), revision: ConfigurationRevision? = nil, firstReceivedAt: Timestamp? = nil
    ) {
        self.source = source
        self.revision = revision
        self.normalized = normalized
        self.jobs = jobs
        self.origin = origin
        let delivery = normalized.verified.delivery
        self.terms = terms
        headersText = delivery.headers.storedText
        let event = normalized.event
        let patch = event.record.patch
        self.patch = patch
        let further = event.furtherRecords.prefix(Event.mostRecords - 1).compactMap(\.patch)
        moreText = Self.more(normalized, further, firstReceivedAt)
        let strength = normalized.verified.verdict.strength.rawValue
        let isTrusted =
            EventTrust(verification: strength, origin: origin.rawValue) == .verified || terms.trustsUnverified
        self.isTrusted = isTrusted
        clockText = Self.clock(
            event, isTrusted: isTrusted, rank: patch?.statusRank ?? 0,
            receivedAt: firstReceivedAt ?? normalized.verified.delivery.receivedAt)
        let eventKey = ConflictKey.event(source: source, key: event.dedupeKey.bytes)
        self.eventKey = eventKey
        var keys = [eventKey]
        if let patch { keys.append(.record(patch.kind, source: source, id: patch.id)) }
        for patch in further { keys.append(.record(patch.kind, source: source, id: patch.id)) }
        // Whether such a delivery is a repetition depends on other deliveries about its subject.
        if patch == nil, let subject = event.subject { keys.append(.subject(source: source, name: subject)) }
        conflictKeys = keys
    }

    /// The keys that must not occur twice in one batch: the event itself and its rows.
    public let conflictKeys: [ConflictKey]
    /// The one of its event: the same for each retry of its sender.
    public let eventKey: ConflictKey
    let patch: RecordPatch?
    let headersText: String
    /// The event's own clock; nil where it has none.
    let clockText: String?
    let isTrusted: Bool
    /// Rare values (`p_more`); nil for none.
    let moreText: String?

    var event: Event { normalized.event }
    var delivery: Delivery { normalized.verified.delivery }
}

/// Something that two deliveries of one batch must not share, as a hash. Two that have the same by chance are in
/// different batches.
public struct ConflictKey: Hashable, Sendable {
    private let hash: Int

    private init(_ feed: (inout Hasher) -> Void) {
        var hasher = Hasher()
        feed(&hasher)
        hash = hasher.finalize()
    }

    /// The same event.
    public static func event(source: String, key: [UInt8]) -> ConflictKey {
        ConflictKey {
            $0.combine(source)
            $0.combine(key)
        }
    }

    /// The same order, product, customer or comment.
    public static func record(_ kind: RecordKind, source: String, id: String) -> ConflictKey {
        ConflictKey {
            $0.combine(kind)
            $0.combine(source)
            $0.combine(id)
        }
    }

    /// The same subject, of events that have no record.
    public static func subject(source: String, name: String) -> ConflictKey {
        ConflictKey {
            $0.combine(source)
            $0.combine(name)
        }
    }
}
