import Platform
public import Postgres
import Providers
public import Settings
import Verification
public import Webhooks

/// Takes in refused deliveries that verify by the secrets of now, as of when they came, through the door of every
/// delivery.
///
/// What is recorded twice is a duplicate, so a release that is killed, or two at once, are harmless: a row leaves the
/// quarantine only after its delivery was committed.
public struct Release {
    /// What is released.
    public struct Request: Sendable {
        /// The source whose path was asked for.
        public let source: SourceSettings
        /// Only what came from this time on; nil for all.
        public let since: Timestamp?
        /// Whether deliveries whose time of signing was outside the tolerance are taken, too.
        public let acceptsLate: Bool

        /// A request of these parts.
        public init(source: SourceSettings, since: Timestamp?, acceptsLate: Bool) {
            (self.source, self.since, self.acceptsLate) = (source, since, acceptsLate)
        }
    }

    /// The outcome of the deliveries.
    public struct Report: Sendable, Hashable {
        /// Those that are events now; of a dry run those that would be.
        public var released = 0
        /// Those whose bytes had arrived in another way.
        public var arrived = 0
        /// Those about something of which the sender has said something else since.
        public var superseded = 0
        /// Those that verify, and that their contract refuses.
        public var unusable = 0
        /// Those that still do not verify, by the kind of refusal; they stay.
        public var refused: [String: Int] = [:]
        /// Those that Postgres did not record; they stay.
        public var failed = 0
        /// The newest error of Postgres; nil for none.
        public var error: String?

        /// Nothing.
        public init() {}
    }

    private let request: Request
    private let settings: Settings
    private let key: KeyFile?
    private let connection: Connection
    private let writer: LedgerWriter
    private static let page: Int32 = 100

    /// - Parameters:
    ///   - key: the one of the credentials' hashes; nil if this host has none.
    ///   - connection: of the role `hookledger_operator` or `hookledger_batch`.
    ///   - role: the same; it records, too.
    public init(
        _ request: Request, settings: Settings, key: KeyFile?, connection: Connection,
        role: DatabaseSettings.Role = .operator
    ) {
        self.request = request
        self.settings = settings
        self.key = key
        self.connection = connection
        writer = LedgerWriter(
            conninfo: settings.database.connection(for: role).conninfo, deadline: .seconds(20))
    }

    /// How many deliveries it will look at.
    public func count() throws(PostgresError) -> Int {
        try connection.query(QuarantineSQL.count, [.text(request.source.name), since]).only().int(0)
    }

    private var since: Parameter { .timestamp(request.since?.microseconds ?? .min) }

    /// Releases what verifies.
    /// - Parameters:
    ///   - isDry: whether nothing is changed.
    ///   - shouldStop: asked between pages.
    ///   - progress: called with the number of deliveries that were looked at.
    public func run(
        isDry: Bool, until shouldStop: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
    ) throws(PostgresError) -> Report {
        var (report, done, last): (Report, Int, (at: Int64, id: Int64)) = (Report(), 0, (.min, 0))
        while !shouldStop() {
            var kept: [Quarantine.Kept] = []
            for row in try connection.query(
                QuarantineSQL.page,
                [.text(request.source.name), since, .timestamp(last.at), .bigint(last.id), .integer(Self.page)])
            {
                kept.append(try Quarantine.Kept(row))
            }
            guard let end = kept.last else { break }
            last = (end.delivery.receivedAt.microseconds, end.id)
            try take(kept, isDry: isDry, &report)
            done += kept.count
            progress(done)
        }
        return report
    }

    /// One delivery, whatever its age.
    public func run(only one: Quarantine.Kept) throws(PostgresError) -> Report {
        var report = Report()
        try take([one], isDry: false, &report)
        return report
    }

    private func take(_ kept: [Quarantine.Kept], isDry: Bool, _ report: inout Report) throws(PostgresError) {
        var (decisions, waiting): ([Decision], [(id: Int64, recordable: Recordable)]) = ([], [])
        for one in kept {
            do throws(Refusal) {
                let verified = try verify(one)
                do throws(Refusal) {
                    waiting.append((one.id, try recordable(verified)))
                } catch {
                    report.unusable += 1
                    decisions.append(Decision(one.id, "unusable", note: "\(error.kind.rawValue): \(error.reason)"))
                }
            } catch {
                report.refused[error.kind.rawValue, default: 0] += 1
                decisions.append(Decision(one.id, "kept", note: "\(error.kind.rawValue): \(error.reason)"))
            }
        }
        if isDry {
            try preview(waiting.map(\.recordable), &report)
        } else {
            try decide(decisions, &report)
            try record(waiting, &report)
        }
    }

    private func verify(_ one: Quarantine.Kept) throws(Refusal) -> (VerifiedDelivery, SourceSettings.Contract) {
        guard let contract = request.source.contract(of: one.provider)?.ofRelease(acceptsLate: request.acceptsLate)
        else {
            throw Refusal(.noProviderMatched, "the source no longer has the provider \(one.provider)")
        }
        guard let credential = one.credential else { return (try contract.verify(one.delivery), contract) }
        guard let key else { throw Refusal(.noSecretMatched, "the key of the credentials' hashes is missing") }
        return (try contract.verify(one.delivery, credential: credential, by: key.credentialKey), contract)
    }

    private func recordable(
        _ verified: (delivery: VerifiedDelivery, contract: SourceSettings.Contract)
    ) throws(Refusal) -> Recordable {
        let provider = verified.contract.provider
        if provider.challenge(verified.delivery) != nil {
            throw Refusal(.invalidPayload, "it is a challenge, which makes no event")
        }
        return try Recordable(
            verified.delivery, from: settings.owner(of: verified.contract, at: request.source), by: provider,
            settings: settings, origin: .released)
    }

    /// Records them in batches in which no two have a row in common, in the order in which they came.
    private func record(
        _ waiting: [(id: Int64, recordable: Recordable)], _ report: inout Report
    ) throws(PostgresError) {
        var waiting = waiting
        while !waiting.isEmpty {
            let places = BatchPlan.next(waiting.map(\.recordable.conflictKeys), limit: Int(Self.page))
            var (decisions, batch): ([Decision], [(id: Int64, recordable: Recordable)]) = ([], [])
            for place in places {
                let one = waiting[place]
                if try isSuperseded(one.recordable) {
                    report.superseded += 1
                    decisions.append(Decision(one.id, "superseded", note: "the sender has said something else since"))
                } else {
                    batch.append(one)
                }
            }
            for place in places.reversed() { waiting.remove(at: place) }
            for (one, result) in zip(batch, writer.record(batch.map(\.recordable))) {
                switch result {
                case .success(let receipt): decisions.append(Decision(one.id, "recorded", eventID: receipt.eventID))
                case .failure(let error):
                    report.failed += 1
                    report.error = "\(error)"
                    decisions.append(Decision(one.id, "kept", note: "not recorded: \(error)"))
                }
            }
            try decide(decisions, &report)
        }
    }

    /// A deletion without a time, and what reverts one, would stand above everything that was said since.
    private func isSuperseded(_ one: Recordable) throws(PostgresError) -> Bool {
        try Self.isSuperseded(one, since: one.delivery.receivedAt, on: connection)
    }

    /// - Parameter time: when it was first received.
    static func isSuperseded(
        _ one: Recordable, since time: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Bool {
        guard [.deletion, .restore].contains(one.timing), !Mutation.isOn("release-ignores-what-was-said") else {
            return false
        }
        return try connection.query(
            QuarantineSQL.isSaidSince,
            [
                .text(one.source), .text(one.patch?.kind.rawValue), .text(one.shopKey), .text(one.patch?.id),
                .text(one.event.subject), .timestamp(time.microseconds),
            ]
        ).only().bool(0)
    }

    /// What would come of them, by their keys alone.
    private func preview(_ waiting: [Recordable], _ report: inout Report) throws(PostgresError) {
        var arrived: Set<[UInt8]> = []
        for (source, group) in Dictionary(grouping: waiting, by: \.source) {
            let keys = group.map(\.event.dedupeKey.bytes)
            for row in try connection.query(QuarantineSQL.arrived, [.text(source), .bytesArray(keys)]) {
                arrived.insert(try row.bytes("dedupe_key"))
            }
        }
        var seen = arrived
        for one in waiting {
            if !seen.insert(one.event.dedupeKey.bytes).inserted {
                report.arrived += 1
            } else if try isSuperseded(one) {
                report.superseded += 1
            } else {
                report.released += 1
            }
        }
    }

    /// What becomes of a row.
    private struct Decision {
        let id: Int64
        let state: String
        let eventID: Int64?
        let note: String?

        init(_ id: Int64, _ state: String, eventID: Int64? = nil, note: String? = nil) {
            (self.id, self.state, self.eventID, self.note) = (id, state, eventID, note)
        }
    }

    private func decide(_ decisions: [Decision], _ report: inout Report) throws(PostgresError) {
        if decisions.isEmpty { return }
        let rows = try connection.query(
            QuarantineSQL.decide,
            [
                .bigints(decisions.map(\.id)), .texts(decisions.map(\.state)), .bigints(decisions.map(\.eventID)),
                .texts(decisions.map(\.note)),
            ])
        for row in rows {
            switch try row.text("state") {
            case "released": report.released += 1
            case "arrived": report.arrived += 1
            default: break
            }
        }
    }
}
