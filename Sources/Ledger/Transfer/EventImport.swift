import Crypto
public import Postgres
import Providers
public import Settings
import Verification
public import Webhooks

/// Imports deliveries of an export through the door of every delivery, with the origin `imported`.
///
/// They are verified again as of when they were first received, or are unverified. They are stored under the time of the
/// import, stand where their first receipt puts them, and make no jobs. What is here already is a duplicate, however long
/// ago it came, so an import that is interrupted is repeated without harm.
public struct EventImport {
    /// The outcome of the deliveries.
    public struct Report: Sendable, Hashable {
        /// The deliveries of the export.
        public var total = 0
        /// Those that are events now; of a dry run those that would be.
        public var imported = 0
        /// How many of these are unverified.
        public var unverified = 0
        /// Those whose events are here already.
        public var duplicates = 0
        /// Deletions without a time about something of which the sender has said something else since.
        public var superseded = 0
        /// Those whose body was redacted before the export.
        public var redacted = 0
        /// Those that are no events: their contract refuses them, or the configuration no longer has it.
        public var unusable: [String: Int] = [:]
        /// Those that Postgres did not record.
        public var failed = 0
        /// The newest error of Postgres; nil for none.
        public var error: String?

        /// Nothing.
        public init() {}
    }

    private let export: ReadExport
    private let judge: ImportJudge
    private let now: Timestamp
    private let connection: Connection
    private let writer: LedgerWriter
    private static let page = 100

    /// - Parameters:
    ///   - export: what is imported.
    ///   - now: under this time it is stored.
    ///   - connection: of the role `hookledger_operator`.
    public init(_ export: ReadExport, settings: Settings, now: Timestamp, connection: Connection) {
        self.export = export
        self.now = now
        self.connection = connection
        judge = ImportJudge(settings: settings, now: now)
        writer = LedgerWriter(
            conninfo: settings.database.connection(for: .operator).conninfo, deadline: .seconds(20))
    }

    /// Judges all deliveries, then records them in the order in which they were first received.
    ///
    /// Equal bytes of a sender without ids and times are one event: the last of them, because the earlier ones say nothing
    /// that it does not. Elsewhere the first one is taken, because the others are retries.
    /// - Parameters:
    ///   - isDry: whether nothing is changed.
    ///   - progress: called with the number of deliveries that were looked at.
    /// - Throws: ``TransferError`` before the first row if a file is not the one that was exported; `PostgresError`.
    public func run(isDry: Bool, progress: (Int) -> Void = { _ in }) throws -> Report {
        var report = Report()
        report.total = export.deliveries.count
        let chosen = try choose(&report)
        if isDry {
            for (done, place) in chosen.enumerated() {
                if let one = try next(place), try isNew(one, &report) { report.count(one.judged) }
                progress(done + 1)
            }
            return report
        }
        for start in stride(from: 0, to: chosen.count, by: Self.page) {
            let page = chosen[start..<min(start + Self.page, chosen.count)]
            var waiting: [Waiting] = []
            for place in page {
                if let one = try next(place) { waiting.append(one) }
            }
            try record(waiting, &report)
            progress(start + page.count)
        }
        return report
    }

    /// A delivery that is about to be recorded.
    private struct Waiting {
        let judged: ImportJudge.Judged
        let exported: ExportedEvent?
        let firstReceivedAt: Timestamp
    }

    /// Reads every file, so that a fault is found before the first row, and judges the deliveries.
    /// - Returns: the places of those that can be events, in the order of their first receipt.
    private func choose(_ report: inout Report) throws(TransferError) -> [Int] {
        let places = export.deliveries.indices.sorted {
            (export.deliveries[$0].firstReceivedAt, $0) < (export.deliveries[$1].firstReceivedAt, $1)
        }
        var chosen: [Int?] = []
        var taken: [Key: Int] = [:]
        for place in places {
            let one = export.deliveries[place]
            let delivery = try one.delivery(in: export.folder)
            if one.exported?.isReduced == true {
                report.redacted += 1
                continue
            }
            do throws(Refusal) {
                let recordable = try judge.judge(delivery, of: one.source, one.exported).recordable
                let key = recordable.event.dedupeKey
                if let earlier = taken[Key(source: recordable.source, bytes: key.bytes)] {
                    report.duplicates += 1
                    if key.windowSeconds == nil { continue }
                    chosen[earlier] = nil
                }
                taken[Key(source: recordable.source, bytes: key.bytes)] = chosen.count
                chosen.append(place)
            } catch {
                report.unusable["\(error.kind.rawValue): \(error.reason)", default: 0] += 1
            }
        }
        return chosen.compactMap(\.self)
    }

    private struct Key: Hashable {
        let source: String
        let bytes: [UInt8]
    }

    private func next(_ place: Int) throws(TransferError) -> Waiting? {
        let one = export.deliveries[place]
        let delivery = try one.delivery(in: export.folder)
        guard let judged = try? judge.judge(delivery, of: one.source, one.exported) else { return nil }
        return Waiting(judged: judged, exported: one.exported, firstReceivedAt: one.firstReceivedAt)
    }

    /// Whether its event is neither here nor superseded.
    private func isNew(_ one: Waiting, _ report: inout Report) throws(PostgresError) -> Bool {
        if try isHere(one) {
            report.duplicates += 1
            return false
        }
        if try Release.isSuperseded(one.judged.recordable, since: one.firstReceivedAt, on: connection) {
            report.superseded += 1
            return false
        }
        return true
    }

    private func isHere(_ one: Waiting) throws(PostgresError) -> Bool {
        let source = one.judged.recordable.source
        if let exported = one.exported,
            try connection.query(
                TransferSQL.isHere,
                [.text(source), .timestamp(exported.receivedAt.microseconds), .text(exported.requestID)]
            ).only().bool(0)
        {
            return true
        }
        // An unverified event has another key than a verified one.
        let keys = one.judged.keys.flatMap { [$0.bytes, Digest.sha256.hash(Array("unverified".utf8) + $0.bytes)] }
        return try !connection.query(QuarantineSQL.arrived, [.text(source), .bytesArray(keys)]).isEmpty
    }

    /// Records them in batches in which no two have a row in common, in their order.
    private func record(_ waiting: [Waiting], _ report: inout Report) throws(PostgresError) {
        var waiting = waiting
        while !waiting.isEmpty {
            let places = BatchPlan.next(waiting.map(\.judged.recordable.conflictKeys), limit: Self.page)
            var batch: [Waiting] = []
            for place in places where try isNew(waiting[place], &report) { batch.append(waiting[place]) }
            for place in places.reversed() { waiting.remove(at: place) }
            if batch.isEmpty { continue }
            for (one, result) in zip(batch, writer.record(batch.map(\.judged.recordable))) {
                switch result {
                case .success(let receipt) where receipt.isDuplicate: report.duplicates += 1
                case .success: report.count(one.judged)
                case .failure(let error):
                    report.failed += 1
                    report.error = "\(error)"
                }
            }
        }
    }
}

extension EventImport.Report {
    fileprivate mutating func count(_ one: ImportJudge.Judged) {
        imported += 1
        if one.recordable.normalized.verified.verdict.strength == .unverified { unverified += 1 }
    }
}
