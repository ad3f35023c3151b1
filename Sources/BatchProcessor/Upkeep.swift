import Jobs
import Ledger
import LogLines
import Logging
import Platform
import Postgres
import Settings
import Webhooks

/// The work of a run beside its jobs, on its own thread. It imports the spool at the start and then regularly, and
/// deletes data past its retention about once an hour.
struct Upkeep: Sendable {
    let settings: Settings
    let metrics: Metrics
    let logger: Logger
    /// Closed for a restored database: then this only reports and imports the spool, which sends nothing.
    let gate: Gate
    /// Raised by a signal.
    let stop: StopFlag
    /// Raised at the end of the run.
    let ended = StopFlag()

    /// The pause between two checks of the spool, in milliseconds.
    private static let interval: Int64 = 5000

    private var isOver: Bool { stop.isRaised || ended.isRaised }
    private var conninfo: String { settings.database.connection(for: .batch).conninfo }

    /// Imports the spool, so that a run starts with all of its work.
    func takeInSpool() {
        guard let folder = settings.spool else { return }
        let key: KeyFile
        do throws(KeyFileProblem) {
            key = try KeyFile.load(settings.keys.credentials)
        } catch {
            guard Spool.hasFiles(folder) else { return }
            return logger.report(.spoolNotImported, ["error": "\(error)"])
        }
        let door = settings.database.door.connection(for: .batch).conninfo
        let report = SpoolImport(Spool(folder: folder, key: key), settings: settings, conninfo: door)
            .run(at: SystemClock.wallMicroseconds(), until: { isOver })
        if report.isEmpty { return }
        for reason in report.setAside {
            logger.report(.movedAside, ["folder": "\(folder)/aside", "reason": "\(reason)"])
        }
        for delivery in report.redated { logger.report(.spoolRedated, ["delivery": "\(delivery)"]) }
        for reason in report.postponed { logger.report(.spoolPostponed, ["reason": "\(reason)"]) }
        logger.report(
            .spoolImported, level: report.stopped == nil ? .notice : .warning,
            [
                "recorded": "\(report.recorded)", "duplicates": "\(report.duplicates)",
                "set_aside": "\(report.setAside.count)", "stopped": report.stopped.map { "\($0)" } ?? "-",
            ])
    }

    /// Continues until a flag is raised.
    func run() {
        let session = UpkeepSession(conninfo)
        guard report(session) else { return }
        expectTokens(session)
        applyRetention(session)
        lookThroughAside(session)
        sealLog(session)
        keepPersonIndex(session)
        learnShapes(session)
        var next = Self.now() + Self.interval
        while !isOver {
            SystemClock.sleep(milliseconds: 50)
            guard Self.now() >= next else { continue }
            session.check()
            guard report(session) else { return }
            takeInSpool()
            lookThroughAside(session)
            releaseAsked(session)
            sealLog(session)
            keepPersonIndex(session)
            learnShapes(session)
            next = Self.now() + Self.interval
        }
    }

    /// Reports that a batch processor runs: responders get it with every batch that they record.
    /// - Returns: false if nothing else may be done.
    private func report(_ session: UpkeepSession) -> Bool {
        do throws(PostgresError) {
            let connection = try session.connection()
            // Before the report, which would hide when the restored data ends.
            let state = try gate.state(on: connection)
            // A host that runs nothing does not report that it runs.
            if case .unknownHost = state { return false }
            _ = try connection.query(
                "select hookledger.beat($1::timestamptz)", [.timestamp(SystemClock.wallMicroseconds())])
            return state.reason == nil
        } catch {
            logger.report(.heartbeatNotWritten, ["error": "\(error)"])
            return true
        }
    }

    /// Notes which sources have an app and no authorization yet.
    private func expectTokens(_ session: UpkeepSession) {
        let sources = settings.sources.compactMap { source in
            source.app == nil ? nil : TokenKind(of: source).map { (name: source.name, kind: $0) }
        }
        do throws(PostgresError) {
            try TokenStore.expect(sources, on: session.connection())
        } catch {
            logger.report(.tokensNotKept, ["error": "\(error)"])
        }
    }

    private func applyRetention(_ session: UpkeepSession) {
        do throws(PostgresError) {
            let connection = try session.connection()
            let clocks = try Clocks.read(on: connection)
            let objection = try Retention.objection(settings.retention, by: clocks, over: connection)
            let isNews = try Retention.hold(objection, over: connection)
            if let objection {
                // After ten minutes an alert says the same.
                if isNews {
                    logger.report(.retentionWaits, ["reason": "\(objection)"])
                }
                return
            }
            let anonymized = try Anonymization.applyWhenDue(
                settings.retention, key: key(), over: connection, until: { isOver })
            if let anonymized, anonymized > 0 {
                logger.report(.anonymized, ["rows": "\(anonymized)"])
            }
            let done = try Retention.applyWhenDue(
                settings.retention, by: clocks, over: connection, until: { isOver })
            guard let done, done != Retention.Report() else { return }
            logger.report(
                .retentionApplied,
                [
                    "partitions": "\(done.partitions.joined(separator: " "))", "receipts": "\(done.receipts)",
                    "refusals": "\(done.refusals)", "postponed": "\(done.isPostponed)",
                ])
        } catch {
            logger.report(.retentionNotApplied, ["error": "\(error)"])
        }
    }

    /// Searches aside/ of this host's spool for requests about a person.
    private func lookThroughAside(_ session: UpkeepSession) {
        guard let spool = settings.spool else { return }
        do {
            let name = try Files.readText("/proc/sys/kernel/hostname")
            let host = name.split(whereSeparator: \.isWhitespace).joined()
            let done = try AsideRequests.answer(
                spool: spool, key: try KeyFile.existing(settings.keys.credentials), copies: settings.copies,
                host: host, on: session.connection())
            for one in done where one.deliveries > 0 {
                logger.report(
                    .asideAnswered,
                    [
                        "asked": "\(one.kind.rawValue)", "deliveries": "\(one.deliveries)",
                        "file": "\(one.file ?? "-")",
                    ])
            }
        } catch {
            logger.report(.asideNotSearched, ["error": "\(error)"])
        }
    }

    /// Releases the refused deliveries that a person has asked for over the API.
    private func releaseAsked(_ session: UpkeepSession) {
        do {
            let connection = try session.connection()
            for one in try Quarantine.askedReleases(on: connection) {
                if let source = settings.source(named: one.source) {
                    let done = try Release(
                        Release.Request(source: source, since: nil, acceptsLate: false), settings: settings,
                        key: KeyFile.existing(settings.keys.credentials), connection: connection, role: .batch
                    ).run(only: one)
                    logger.report(
                        .refusalTried,
                        [
                            "request_id": "\(one.delivery.requestID)", "source": "\(one.source)",
                            "released": "\(done.released + done.arrived > 0)",
                        ])
                }
                try Quarantine.endRelease(one.id, on: connection)
            }
        } catch {
            logger.report(.refusalNotTried, ["error": "\(error)"])
        }
    }

    /// Appends the links of new rows of the operator log, if the key exists. The newest link goes to the log, and so
    /// out of reach of the database.
    private func sealLog(_ session: UpkeepSession) {
        do {
            guard let key = try KeyFile.existing(settings.keys.audit) else { return }
            let done = try Chain(key: key).seal(
                at: Timestamp(microseconds: SystemClock.wallMicroseconds()), over: session.connection())
            if let newest = done.newest {
                logger.report(.chainSealed, ["links": "\(done.links)", "link": "\(newest.text)"])
            }
            if !done.changed.isEmpty {
                logger.report(.chainChanged, ["rows": "\(done.changed.map(String.init).joined(separator: " "))"])
            }
        } catch {
            logger.report(.chainNotSealed, ["error": "\(error)"])
        }
    }

    /// The time of one turn of filling the person index, in milliseconds; the spool waits meanwhile.
    private static let indexTurn: Int64 = 4000

    private func key() -> PersonKey? {
        do throws(KeyFileProblem) {
            return try KeyFile.existing(settings.keys.person).map { PersonKey($0) }
        } catch {
            logger.report(.personKeyNotRead, ["error": "\(error)"])
            return nil
        }
    }

    /// Fills the person index, if its key exists.
    private func keepPersonIndex(_ session: UpkeepSession) {
        guard let key = key() else { return }
        let end = Self.now() + Self.indexTurn
        do throws(PostgresError) {
            _ = try PersonIndex(key: key, over: session.connection()).run(until: { isOver || Self.now() > end })
        } catch {
            logger.report(.personIndexNotFilled, ["error": "\(error)"])
        }
    }

    /// The time of one turn of learning shapes, in milliseconds.
    private static let shapeTurn: Int64 = 1000

    /// Reads new events for their shapes, and reports what has changed.
    private func learnShapes(_ session: UpkeepSession) {
        let end = Self.now() + Self.shapeTurn
        do throws(PostgresError) {
            let drift = Drift(alarm: settings.drift.alarm, over: try session.connection())
            for change in try drift.run(until: { isOver || Self.now() > end }) {
                metrics.count(.schemaChanges, "source", change.source, "change", change.change)
                logger.report(
                    .schemaChanged,
                    [
                        "source": "\(change.source)", "type": "\(change.type)", "change": "\(change.change)",
                        "path": "\(change.path)", "before": "\(change.before ?? "-")",
                        "after": "\(change.after ?? "-")", "event_id": "\(change.eventID)",
                    ])
            }
        } catch {
            logger.report(.shapesNotLearned, ["error": "\(error)"])
        }
    }

    private static func now() -> Int64 { SystemClock.monotonicNanoseconds() / 1_000_000 }
}

/// The session of the upkeep, opened when it is needed: opening one costs Postgres more than what an idle turn asks.
private final class UpkeepSession {
    private let conninfo: String
    private var opened: Connection?

    init(_ conninfo: String) { self.conninfo = conninfo }

    /// Gives the session up if it died while it was idle.
    func check() {
        do { _ = try opened?.query("select 1") } catch { opened = nil }
    }

    func connection() throws(PostgresError) -> Connection {
        if let opened, opened.isUsable { return opened }
        let made = try Connection(
            conninfo: conninfo, applicationName: "hookledger-upkeep",
            settings: [("statement_timeout", "30s"), ("search_path", "hookledger")], queryDeadline: .seconds(40))
        opened = made
        return made
    }
}
