import Actions
import JSON
import Ledger
import Outbound
import Platform
import Postgres
import Settings

/// One look at everything that must run: the configuration, the reports in the database, and `/ready`.
struct WatchLook {
    /// The configuration file, if it was named.
    let config: String?
    /// The server's URL; nil for none.
    let url: String?

    /// What a look found.
    struct Report: Sendable {
        var problems: [WatchProblem]
        /// The topics of which it could see nothing: whether such a problem is over is unknown.
        var unseen: Set<String> = []

        static func + (report: Report, more: [WatchProblem]) -> Report {
            Report(problems: report.problems + more, unseen: report.unseen)
        }
    }

    /// The batch processor starts every minute; the responder commits at least every five seconds.
    private static let silence: Int64 = 180
    /// The topics that only the database can tell of.
    private static let topicsOfReports: Set<String> = ["restore", batch, responder]
    private static let batch = "batch processor"
    private static let responder = "responder"

    func report() -> Report {
        let settings: Settings
        do throws(SettingsErrors) {
            settings = try load()
        } catch {
            let text =
                "The configuration has \(Plural.text(error.errors.count, "mistake")), and no program starts with it: "
                + (error.errors.first?.description ?? "") + " (hookledger config check)"
            return Report(
                problems: [WatchProblem(topic: "configuration", text: text)],
                unseen: Self.topicsOfReports.union(["database"])) + ready
        }
        return reports(settings) + ready
    }

    private func load() throws(SettingsErrors) -> Settings {
        try Settings.load(path: config, for: .batch, from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
    }

    /// With cells, each has a batch processor of its own, and the responder stores in all of them.
    private func reports(_ settings: Settings) -> Report {
        let cells = settings.database.cells
        if cells.isEmpty { return reports(settings, of: "") }
        var all = Report(problems: [])
        for cell in cells {
            let report: Report
            do {
                try Environment.set(CellRun.variable, to: cell.name)
                report = reports(try load(), of: " of \(cell.name)")
            } catch {
                report = Report(problems: [WatchProblem(topic: "database of \(cell.name)", text: "\(error)")])
            }
            all.problems += report.problems
            all.unseen.formUnion(report.unseen)
        }
        try? Environment.set(CellRun.variable, to: "")
        return all
    }

    /// - Parameter name: what follows the names of programs.
    private func reports(_ settings: Settings, of name: String) -> Report {
        let (batch, responder) = (Self.batch + name, Self.responder + name)
        do throws(PostgresError) {
            let connection = try Connection(
                conninfo: settings.database.connection(for: .batch).conninfo, applicationName: "hookledger-watch",
                settings: [("statement_timeout", "5s")], connectTimeout: .seconds(5), queryDeadline: .seconds(8))
            let row = try connection.query(WatchSQL.reports).only()
            let held = try Self.held(settings, on: connection, name)
            return Report(
                problems: held
                    + [
                        Self.silent(batch, try row.optionalBigint("batch"), "journalctl -t hookledger-batch"),
                        Self.silent(
                            responder, try row.optionalBigint("responder"), "journalctl -u hookledger-responder"),
                    ].compactMap(\.self))
        } catch {
            return Report(
                problems: [WatchProblem(topic: "database" + name, text: "Postgres\(name) cannot be asked: \(error)")],
                unseen: ["restore" + name, batch, responder])
        }
    }

    /// The reason why no job runs, if there is one.
    private static func held(
        _ settings: Settings, on connection: Connection, _ name: String
    ) throws(PostgresError) -> [WatchProblem] {
        if let open = try RestoreHold.current(on: connection) {
            return [WatchProblem(topic: "restore" + name, text: open.sentence)]
        }
        return RestoreHold.obstacle(GenerationFile(settings.batch.generationFile))
            .map { [WatchProblem(topic: "restore" + name, text: $0)] } ?? []
    }

    /// - Parameter seconds: since its last report, negative if Postgres' clock was set back after it; nil if it has never
    ///   reported.
    static func silent(_ program: String, _ seconds: Int64?, _ advice: String) -> WatchProblem? {
        guard let seconds else {
            return WatchProblem(topic: program, text: "The \(program) has never reported (\(advice)).")
        }
        // A program that runs replaces a report of the future.
        if seconds < -silence {
            return WatchProblem(
                topic: program,
                text: "The \(program) has not reported since Postgres' clock was set back, "
                    + "by \(-seconds / 60) minutes (\(advice)).")
        }
        guard seconds > silence else { return nil }
        return WatchProblem(
            topic: program, text: "The \(program) has not reported for \(seconds / 60) minutes (\(advice)).")
    }

    private var ready: [WatchProblem] {
        guard let url else { return [] }
        let page = (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/ready"
        do throws(OutboundFailure) {
            let answer = try OwnServer.send(
                HTTPRequest(method: "GET", url: page, totalTimeout: .seconds(10)), userAgent: "hookledger-watch")
            let storing = (try? JSONValue(parsing: answer.body))?["storing"]
            if answer.status == 200, storing == true { return [] }
            let text =
                answer.status == 200
                ? "Deliveries go to the spool, because Postgres stores none (\(page))."
                : "\(page) answers \(answer.status): deliveries are not stored."
            return [WatchProblem(topic: "ready", text: text)]
        } catch {
            return [WatchProblem(topic: "ready", text: "\(page) cannot be reached: \(error)")]
        }
    }
}
