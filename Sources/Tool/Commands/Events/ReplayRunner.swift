import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// Runs a replay and reports it.
struct ReplayRunner {
    private let arguments: ReplayArguments
    private let database: OperatorArguments

    /// How many events a dry run shows one by one.
    private static let shown = 20
    /// A replay that creates more jobs than this needs a person's word.
    static let unconfirmed = 1000

    init(_ arguments: ReplayArguments, _ database: OperatorArguments) {
        self.arguments = arguments
        self.database = database
    }

    /// - Parameter filter: called with the start of the replay.
    func run(_ filter: (Timestamp) -> EventFilter) throws {
        let settings = try database.settings()
        let connection = try database.connect(settings)
        // Counting what a filter finds may take its time.
        connection.queryDeadline = nil
        let now = SystemClock.now
        let begun = try arguments.run.flatMap { try Replay.begun($0, on: connection) }
        if let run = arguments.run, begun == nil {
            throw ValidationError("there is no replay named \(run); a new replay starts without --run")
        }
        let filter = filter(begun ?? now)
        try OneShop.demand(order: filter.order, shop: filter.shop, in: filter.source, on: connection)
        var request = try arguments.request(filter.ids)
        if let over = arguments.over {
            request.spread = .seconds(over) / max(1, try ReplayQueries.count(filter, on: connection))
        }
        if !request.isDryRun {
            // A replay that continues was confirmed when it began.
            if begun == nil, !arguments.yes { try confirm(request, filter, settings, connection, now: now) }
            StandardError.write("replay \(request.run): if interrupted, continue with --run \(request.run)")
        }
        var bar = ProgressBar("events")
        var missing = Set(filter.ids)
        // Beside the replay's own transaction.
        let looking =
            request.isDryRun && request.changes.isEmpty && (1...Self.shown).contains(filter.ids.count)
            ? try database.connect(settings) : nil
        let report = try Self.naming { () throws(PostgresError) in
            try Replay(request, settings: settings, over: connection).run(
                filter, now: now, progress: { bar.show($0.done, of: $0.total) },
                replayed: { [arguments] event in
                    missing.remove(event.id)
                    let preview = looking.flatMap { try? JobPreview.stored(event.id, on: $0) }
                    let sent = preview?.texts(event.jobs.map(\.action), settings) ?? [:]
                    if arguments.json {
                        Console.say(JSONValue.object(Self.object(event, sent)).text)
                    } else if Self.isWorthALine(event, filter, request) {
                        bar.clear()
                        Console.say(Self.line(event, request, sent))
                    }
                })
        }
        bar.clear()
        for id in missing.sorted() where report.total > 0 {
            Console.say(
                arguments.json
                    ? JSONValue.object(Self.missing(id)).text : "event \(id) does not exist: nothing to replay")
        }
        Console.say(arguments.json ? Self.object(report, request).text : Self.summary(report, request))
        if !arguments.json, !request.isDryRun, !report.jobs.isEmpty { try tellEnd(request.run, connection) }
        if report.failed > 0 || report.total == 0 || !missing.isEmpty { throw ExitCode.failure }
    }

    /// Tells how far the jobs are and when they may end.
    private func tellEnd(_ run: String, _ connection: Connection) throws {
        guard let status = try ReplayProgress.status(of: run, on: connection) else { return }
        Console.say(ReplayText.progress(status, arguments.times.shape))
        Console.say("Progress: hookledger replay status \(run)\nCancel:   hookledger replay cancel \(run)")
    }

    /// Counts the jobs by a dry run, no further than it must.
    private func confirm(
        _ request: ReplayRequest, _ filter: EventFilter, _ settings: Settings, _ connection: Connection, now: Timestamp
    ) throws {
        var dry = request
        dry.isDryRun = true
        var jobs = 0
        let report = try Replay(dry, settings: settings, over: connection).run(
            filter, now: now, until: { jobs > Self.unconfirmed },
            replayed: { event in jobs += event.jobs.count { $0.fate != .open } })
        guard jobs > Self.unconfirmed else { return }
        try Confirmation.demand(
            "this replay of \(report.total) events creates more than \(Self.unconfirmed) jobs", option: "--yes")
    }

    /// Runs the replay; a name of another replay is wrong usage.
    private static func naming(_ body: () throws(PostgresError) -> ReplayReport) throws -> ReplayReport {
        do throws(PostgresError) {
            return try body()
        } catch {
            guard error.state == .otherReplay else { throw error }
            throw ValidationError(
                error.message + "; repeat the same filter, --set and --again, or start a new replay without --run")
        }
    }

    private static func missing(_ id: Int64) -> JSONObject {
        var object = JSONObject()
        object["event_id"] = .number(JSONNumber(id))
        object["error"] = "no such event"
        return object
    }

    /// Named events and failed ones; for many events the counts are enough.
    private static func isWorthALine(_ event: ReplayedEvent, _ filter: EventFilter, _ request: ReplayRequest) -> Bool {
        if case .failed = event.outcome { return true }
        return !filter.ids.isEmpty && filter.ids.count <= shown
    }

    /// - Parameter sent: what its jobs would send, by action.
    private static func line(
        _ event: ReplayedEvent, _ request: ReplayRequest, _ sent: [String: String]
    ) -> String {
        let name = "event \(event.id) (\(event.type)\(event.subject.map { " \($0)" } ?? ""))"
        let verb = request.isDryRun ? "would be " : ""
        let jobs = event.jobs.map { "\($0.rule) → \($0.action): \(text($0.fate, request))" }
        let did =
            switch event.outcome {
            case .replayed: verb + "replayed"
            case .changed(let new): new.map { "replayed as event \($0)" } ?? verb + "replayed as a new event"
            case .alreadyDone: "already replayed by this run"
            case .failed(let reason): "cannot be replayed: \(reason)"
            }
        let bodies = sent.sorted { $0.key < $1.key }.map { "\($0.key) would send: \(VisibleText.of($0.value))" }
        return ([name + " " + did] + (jobs + bodies).map { "  \($0)" }).joined(separator: "\n")
    }

    private static func text(_ fate: ReplayedEvent.Fate, _ request: ReplayRequest) -> String {
        switch fate {
        case .new: "runs"
        case .repeated: request.again ? "runs again" : "runs again without repeating an effect that has happened"
        case .revived: "was a dead letter; runs again"
        case .open: "is still open: left alone"
        }
    }

    private static let counts = TextTable(
        [.init("action")] + ReplayedEvent.Fate.allCases.map { .init($0.rawValue) })

    private static func summary(_ report: ReplayReport, _ request: ReplayRequest) -> String {
        if report.total == 0 { return "No matching events." }
        var text = "\(report.replayed) of \(report.total) events \(request.isDryRun ? "would be replayed" : "replayed")"
        if report.alreadyDone > 0 { text += ", \(report.alreadyDone) already replayed by this run" }
        if report.failed > 0 { text += ", \(report.failed) failed" }
        if report.jobs.isEmpty { return text + "; they make no jobs." }
        return text + ". Jobs:\n" + counts.text(report.jobs.keys.sorted().map { jobs(report, $0) })
    }

    private static func jobs(_ report: ReplayReport, _ action: String) -> JSONObject {
        var row = JSONObject()
        row["action"] = .string(action)
        for fate in ReplayedEvent.Fate.allCases {
            row[fate.rawValue] = .number(JSONNumber(Int64(report.jobs[action]?[fate] ?? 0)))
        }
        return row
    }

    private static func object(_ report: ReplayReport, _ request: ReplayRequest) -> JSONValue {
        [
            "run": .string(request.run), "dry_run": .bool(request.isDryRun),
            "total": .number(JSONNumber(Int64(report.total))),
            "replayed": .number(JSONNumber(Int64(report.replayed))),
            "already_done": .number(JSONNumber(Int64(report.alreadyDone))),
            "failed": .number(JSONNumber(Int64(report.failed))),
            "jobs": .array(report.jobs.keys.sorted().map { .object(jobs(report, $0)) }),
        ]
    }

    private static func object(_ event: ReplayedEvent, _ sent: [String: String]) -> JSONObject {
        var object = JSONObject()
        object["event_id"] = .number(JSONNumber(event.id))
        object["type"] = .string(event.type)
        object["subject"] = event.subject.map(JSONValue.string)
        switch event.outcome {
        case .replayed: object["outcome"] = "replayed"
        case .changed(let new):
            object["outcome"] = "changed"
            object["new_event_id"] = new.map { .number(JSONNumber($0)) }
        case .alreadyDone: object["outcome"] = "already_done"
        case .failed(let reason):
            object["outcome"] = "failed"
            object["reason"] = .string(reason)
        }
        object["jobs"] = .array(
            event.jobs.map { job in
                var object = JSONObject()
                object["rule"] = .string(job.rule)
                object["action"] = .string(job.action)
                object["fate"] = .string(job.fate.rawValue)
                object["would_send"] = sent[job.action].map(JSONValue.string)
                return .object(object)
            })
        return object
    }
}
