import Platform
import Postgres
import Providers
public import Settings
import Verification
import Webhooks

/// Imports the spool into the ledger like any delivery: verified and normalized again, as of the time of receipt.
///
/// A file is removed when all of it is recorded. A crash before that, or two imports at once, are harmless: the dedupe
/// key makes the second import a duplicate.
///
/// A delivery that fails while others are recorded is tried three times over an hour (``Spool/later``), then moved to
/// aside/. If everything fails, the import stops, and all of it stays. A row of `refusals` raises the alert in both cases.
///
/// A delivery whose time of receipt is more than 14 days off was received under a wrong clock: it is recorded as received
/// now, if this machine's clock and Postgres' agree.
public struct SpoolImport {
    /// The report of an import.
    public struct Report: Sendable, Hashable {
        /// Deliveries recorded as new events.
        public var recorded = 0
        /// Deliveries whose event was there already.
        public var duplicates = 0
        /// Deliveries moved to aside/, and why: a delivery that is refused now, one that failed too often, or a
        /// truncated file.
        public var setAside: [String] = []
        /// Deliveries that wait for another try, and why.
        public var postponed: [String] = []
        /// Deliveries that were recorded as received now, and their wrong times of receipt.
        public var redated: [String] = []
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
    /// For how far from now the database makes a week that is missing (make_week()), in microseconds.
    private static let longestDelay: Int64 = 14 * 86_400_000_000

    /// An import of that spool.
    /// - Parameter conninfo: of a role that may execute `record_2`.
    public init(_ spool: Spool, settings: Settings, conninfo: String) {
        self.spool = spool
        self.settings = settings
        self.conninfo = conninfo
    }

    /// Imports all files, oldest first, then those whose next try is due.
    /// - Parameters:
    ///   - now: in microseconds since 1970.
    ///   - shouldStop: asked between batches.
    public func run(at now: Int64, until shouldStop: () -> Bool = { false }) -> Report {
        var report = Report()
        do {
            try spool.removeAbandoned()
            var names = try spool.segments()[...]
            var later = try spool.postponed(dueAt: now)[...]
            if names.isEmpty, later.isEmpty { return report }
            let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
            try writer.ping()
            while !names.isEmpty, !shouldStop() { try takeIn(&names, writer, &report) }
            while let next = later.popFirst(), !shouldStop() { try tryAgain(next, writer, &report) }
        } catch {
            report.stopped = "\(error)"
        }
        return report
    }

    /// Records the next files, and removes them. What has to be moved is moved last: on a full disk that needs the room of the
    /// others.
    private func takeIn(_ names: inout ArraySlice<String>, _ writer: LedgerWriter, _ report: inout Report) throws {
        var deliveries: [Waiting] = []
        var done: [String] = []
        var faulty: [(name: String, fault: String)] = []
        while let name = names.first, deliveries.count < Self.batchLimit {
            names.removeFirst()
            // Another import may have been quicker.
            guard let segment = try read(name) else { continue }
            deliveries += segment.deliveries.map { Waiting(file: name, spooled: $0) }
            if let fault = segment.fault { faulty.append((name, fault)) } else { done.append(name) }
        }
        if Mutation.isOn("spool-removed-before-record") {
            for name in done { try Files.remove(spool.folder + "/" + name) }
        }
        let left = try record(deliveries, writer, &report)
        let files = Set(left.map(\.file))
        for name in done where !files.contains(name) { try Files.remove(spool.folder + "/" + name) }
        do throws(FileError) {
            for one in left { try move(one, &report) }
            for name in done where files.contains(name) { try Files.remove(spool.folder + "/" + name) }
            for (name, fault) in faulty {
                if Mutation.isOn("faulty-file-is-removed") {
                    try Files.remove(spool.folder + "/" + name)
                    continue
                }
                try spool.setAside(segment: name)
                report.setAside.append("\(name) \(fault); all before that was imported")
            }
        } catch {
            // These files stay, and the next ones are imported.
            report.stopped = "\(error)"
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

    /// A delivery of a file.
    private struct Waiting {
        let file: String
        let spooled: SpooledDelivery
    }

    /// One that was not recorded, and where it goes.
    private struct Left {
        let file: String
        let spooled: SpooledDelivery
        /// How often it has failed, for later/; nil for aside/.
        let tries: Int?
        let reason: String

        init(_ waiting: Waiting, tries: Int?, _ reason: String) {
            (file, spooled, self.tries, self.reason) = (waiting.file, waiting.spooled, tries, reason)
        }
    }

    private func move(_ left: Left, _ report: inout Report) throws(FileError) {
        if let tries = left.tries {
            try postpone(left.spooled, tries: tries, left.reason, &report)
        } else {
            try setAside(left.spooled, left.reason, &report)
        }
    }

    /// - Returns: those that were not recorded.
    private func record(_ deliveries: [Waiting], _ writer: LedgerWriter, _ report: inout Report) throws -> [Left] {
        var left: [Left] = []
        var waiting: [(one: Waiting, recordable: Recordable)] = []
        for one in deliveries {
            do throws(Refusal) {
                waiting.append((one, try recordable(one.spooled)))
            } catch {
                left.append(Left(one, tries: nil, "\(error.kind.rawValue): \(error.reason)"))
            }
        }
        var failed: [(one: Waiting, error: PostgresError)] = []
        while !waiting.isEmpty {
            let places = BatchPlan.next(waiting.lazy.map(\.recordable.conflictKeys), limit: Self.batchLimit)
            let results = try writer.recordApart(places.map { waiting[$0].recordable })
            for (place, result) in zip(places, results) {
                let one = waiting[place].one
                switch result {
                case .success(let receipt): report.count(receipt)
                case .failure(.unavailable(let error)): throw error
                case .failure(.busy): left.append(Left(one, tries: 0, "its row is locked"))
                case .failure(.away): left.append(Left(one, tries: 0, "its cell is away"))
                case .failure(.failed(let error)): failed.append((one, error))
                case .failure(.refused(let error)): left.append(Left(one, tries: nil, "\(error)"))
                }
            }
            for place in places.reversed() { waiting.remove(at: place) }
        }
        failed = try failed.filter { try !recordAsOfNow($0.one.spooled, $0.error, writer, &report) }
        guard let first = failed.first else { return left }
        guard try recordsOthers(since: first.one.spooled.delivery.receivedAt.microseconds, report) else {
            note(first.one.spooled, "the import of the spool stops: \(first.error)")
            throw first.error
        }
        return left + failed.map { Left($0.one, tries: 1, "\($0.error)") }
    }

    /// Tries a postponed delivery again, alone.
    private func tryAgain(
        _ postponed: Spool.Postponed, _ writer: LedgerWriter, _ report: inout Report
    ) throws {
        let name = Spool.later + "/" + postponed.name
        guard let segment = try read(name) else { return }
        guard let spooled = segment.deliveries.first, segment.fault == nil else {
            try spool.setAside(segment: name)
            return report.setAside.append("\(name) \(segment.fault ?? "is empty")")
        }
        let delivery: Recordable
        do throws(Refusal) {
            delivery = try recordable(spooled)
        } catch {
            try setAside(spooled, "\(error.kind.rawValue): \(error.reason)", &report)
            return try Files.remove(spool.folder + "/" + name)
        }
        switch try writer.recordApart([delivery])[0] {
        case .success(let receipt): report.count(receipt)
        case .failure(.busy), .failure(.away): return
        case .failure(.unavailable(let error)): throw error
        case .failure(.refused(let error)): try setAside(spooled, "\(error)", &report)
        case .failure(.failed(let error)) where try recordAsOfNow(spooled, error, writer, &report): break
        case .failure(.failed(let error)):
            guard try Mutation.isOn("fails-alone-or-not") || recordsOthers(since: postponed.triedAt, report) else {
                throw error
            }
            if postponed.tries + 1 < Spool.mostTries {
                try postpone(spooled, tries: postponed.tries + 1, "\(error)", &report)
            } else {
                try setAside(spooled, "failed \(Spool.mostTries) times: \(error)", &report)
            }
        }
        try Files.remove(spool.folder + "/" + name)
    }

    /// Records a delivery that no partition takes, because its time of receipt is wrong.
    /// - Returns: false if it failed for another reason, or if it is unknown what time it is.
    private func recordAsOfNow(
        _ spooled: SpooledDelivery, _ error: PostgresError, _ writer: LedgerWriter, _ report: inout Report
    ) throws(PostgresError) -> Bool {
        let now = SystemClock.now
        guard error.state == .notInPrerequisiteState,
            abs(spooled.delivery.receivedAt.microseconds - now.microseconds) > Self.longestDelay,
            abs(try connection().query("select clock_timestamp()").only().timestamp(0) - now.microseconds)
                <= Clocks.tolerance,
            let recordable = try? recordable(spooled, receivedAt: now),
            case .success(let receipt) = writer.record([recordable])[0]
        else { return false }
        report.count(receipt)
        report.redated.append(
            "request \(spooled.delivery.requestID) of \(spooled.source): \(spooled.delivery.receivedAt.rfc3339)")
        return true
    }

    /// Whether the ledger records other deliveries, so that one that failed is itself the reason: in this import, or at
    /// the door.
    /// - Parameter time: after which they were received there, in microseconds since 1970.
    private func recordsOthers(since time: Int64, _ report: Report) throws(PostgresError) -> Bool {
        if report.recorded > 0 { return true }
        return try connection().query(LedgerSQL.recordedSince, [.timestamp(time)]).only().bool(0)
    }

    private func connection() throws(PostgresError) -> Connection {
        try Connection(
            conninfo: conninfo, applicationName: "hookledger-spool", settings: [("statement_timeout", "5s")],
            queryDeadline: .seconds(10))
    }

    private func postpone(
        _ spooled: SpooledDelivery, tries: Int, _ reason: String, _ report: inout Report
    ) throws(FileError) {
        if !Mutation.isOn("postponed-is-dropped") { try spool.postpone(masked(spooled), tries: tries) }
        report.postponed.append("request \(spooled.delivery.requestID) of \(spooled.source): \(reason)")
    }

    /// Leaves a row of `refusals`, for the alert. The import does not depend on it.
    private func note(_ spooled: SpooledDelivery, _ reason: String) {
        var delivery = masked(spooled).delivery
        delivery.receivedAt = Timestamp(microseconds: SystemClock.wallMicroseconds())
        let row = RefusedDelivery(
            delivery, source: spooled.source, refusal: Refusal(.notRecorded, reason), status: 200,
            without: ProviderRegistry.named(spooled.provider)?.credentialMembers ?? [])
        try? RefusedDelivery.write([row], over: connection())
    }

    /// - Parameter receivedAt: another time of receipt than its own; the proof is as of its own.
    private func recordable(_ spooled: SpooledDelivery, receivedAt: Timestamp? = nil) throws(Refusal) -> Recordable {
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
            receivedAt.map(verified.received) ?? verified, from: source, by: contract.provider, settings: settings,
            origin: .spool)
    }

    private func setAside(_ spooled: SpooledDelivery, _ reason: String, _ report: inout Report) throws(FileError) {
        try spool.setAside([masked(spooled)])
        note(spooled, "moved to aside/ of the spool: \(reason)")
        report.setAside.append("request \(spooled.delivery.requestID) of \(spooled.source): \(reason)")
    }

    /// Files of the previous version contain credentials.
    private func masked(_ spooled: SpooledDelivery) -> SpooledDelivery {
        let delivery = settings.source(named: spooled.source)?.masked(spooled.delivery) ?? spooled.delivery
        return SpooledDelivery(
            source: spooled.source, provider: spooled.provider, delivery: delivery, credential: spooled.credential)
    }
}

extension SpoolImport.Report {
    fileprivate mutating func count(_ receipt: Receipt) {
        if receipt.isDuplicate { duplicates += 1 } else { recorded += 1 }
    }
}
