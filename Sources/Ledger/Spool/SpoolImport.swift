import Platform
import Postgres
import Providers
public import Settings
import Webhooks

/// Imports the spool into the ledger like any delivery: verified and normalized again, as of the time of receipt.
///
/// A file is removed when all of it is recorded. A crash before that, or two imports at once, are harmless: the dedupe
/// key makes the second import a duplicate.
public struct SpoolImport {
    /// The report of an import.
    public struct Report: Sendable, Hashable {
        /// Deliveries recorded as new events.
        public var recorded = 0
        /// Deliveries whose event was there already.
        public var duplicates = 0
        /// Deliveries moved to aside/, and why: a delivery that is refused now, or a truncated file.
        public var setAside: [String] = []
        /// Why the import stopped early: Postgres is away, or the folder cannot be read. The rest stays for later.
        public var stopped: String?

        /// A report of nothing.
        public init() {}

        /// Whether there was nothing to do.
        public var isEmpty: Bool { self == Report() }
    }

    private let spool: Spool
    private let settings: Settings
    private let conninfo: String

    /// How many deliveries are read before they are recorded.
    private static let batchLimit = 256

    /// An import of that spool.
    /// - Parameter conninfo: of a role that may execute `record_2`.
    public init(_ spool: Spool, settings: Settings, conninfo: String) {
        self.spool = spool
        self.settings = settings
        self.conninfo = conninfo
    }

    /// Imports all files, oldest first.
    /// - Parameter shouldStop: asked between batches.
    public func run(until shouldStop: () -> Bool = { false }) -> Report {
        var report = Report()
        do {
            try spool.removeAbandoned()
            var names = try spool.segments()[...]
            if names.isEmpty { return report }
            let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
            try writer.ping()
            while !names.isEmpty, !shouldStop() { try takeIn(&names, writer, &report) }
        } catch {
            report.stopped = "\(error)"
        }
        return report
    }

    /// Records the next files, and removes them.
    private func takeIn(_ names: inout ArraySlice<String>, _ writer: LedgerWriter, _ report: inout Report) throws {
        var deliveries: [SpooledDelivery] = []
        var done: [String] = []
        var faulty: [(name: String, fault: String)] = []
        while let name = names.first, deliveries.count < Self.batchLimit {
            names.removeFirst()
            // Another import may have been quicker.
            guard let segment = try read(name) else { continue }
            deliveries += segment.deliveries
            if let fault = segment.fault { faulty.append((name, fault)) } else { done.append(name) }
        }
        try record(deliveries, writer, &report)
        for name in done { try Files.remove(spool.folder + "/" + name) }
        for (name, fault) in faulty {
            try spool.setAside(segment: name)
            report.setAside.append("\(name) \(fault); all before that was imported")
        }
    }

    private func read(_ name: String) throws(FileError) -> (deliveries: [SpooledDelivery], fault: String?)? {
        do {
            return SpoolSegment.read(
                try Files.read(spool.folder + "/" + name, limit: Spool.standardLimit), key: spool.key)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    private func record(_ deliveries: [SpooledDelivery], _ writer: LedgerWriter, _ report: inout Report) throws {
        var waiting: [(spooled: SpooledDelivery, recordable: Recordable)] = []
        for spooled in deliveries {
            do throws(Refusal) {
                waiting.append((spooled, try recordable(spooled)))
            } catch {
                try setAside(spooled, "\(error.kind.rawValue): \(error.reason)", &report)
            }
        }
        while !waiting.isEmpty {
            let places = BatchPlan.next(waiting.lazy.map(\.recordable.conflictKeys), limit: Self.batchLimit)
            for (place, result) in zip(places, writer.record(places.map { waiting[$0].recordable })) {
                switch result {
                case .success(let receipt):
                    if receipt.isDuplicate { report.duplicates += 1 } else { report.recorded += 1 }
                case .failure(.unavailable(let error)): throw error
                case .failure(.refused(let error)): try setAside(waiting[place].spooled, "\(error)", &report)
                }
            }
            for place in places.reversed() { waiting.remove(at: place) }
        }
    }

    private func recordable(_ spooled: SpooledDelivery) throws(Refusal) -> Recordable {
        guard let source = settings.source(named: spooled.source),
            let contract = source.contract(of: spooled.provider)
        else {
            throw Refusal(
                .noProviderMatched, "the configuration no longer has source \(spooled.source) with \(spooled.provider)")
        }
        let verified =
            if let credential = spooled.credential {
                try contract.verify(spooled.delivery, credential: credential, by: spool.key)
            } else {
                try contract.verify(spooled.delivery)
            }
        return try Recordable(
            verified, from: source, by: contract.provider, settings: settings, origin: .spool)
    }

    private func setAside(_ spooled: SpooledDelivery, _ reason: String, _ report: inout Report) throws(FileError) {
        // Files of the previous version contain credentials.
        let delivery = settings.source(named: spooled.source)?.masked(spooled.delivery) ?? spooled.delivery
        try spool.setAside([
            SpooledDelivery(
                source: spooled.source, provider: spooled.provider, delivery: delivery, credential: spooled.credential)
        ])
        report.setAside.append("request \(spooled.delivery.requestID) of \(spooled.source): \(reason)")
    }
}
