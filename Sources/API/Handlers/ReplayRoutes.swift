import Crypto
import JSON
import Ledger
import Postgres
import Settings
import Webhooks

/// Replays, of one event and of many.
enum ReplayRoutes {
    private static let manner: Set<String> = ["reason", "dry_run", "again", "set", "run"]

    static let all = [
        Route.post("/api/v2/events/{id}/replay", one, scope: .replay, members: manner).confined.ofOneCell,
        Route.post(
            "/api/v2/replay", many, scope: .replay,
            members: manner.union(["ids", "source", "type", "state", "since", "until", "limit"])
        ).confined.ofOneCell,
    ]

    @Sendable private static func one(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        var request = try request(call)
        request.subject = "event:\(id)"
        let answer = try replay([id], request, call, hasMore: false)
        guard let answer else { throw .notFound("Event \(id)") }
        return answer
    }

    @Sendable private static func many(_ call: Call) throws(Problem) -> Answer {
        let input = try call.input()
        var filter = EventFilter()
        filter.ids = try input.ids("ids")
        filter.source = try input.text("source")
        filter.type = try input.text("type")
        filter.state = try input.word("state", EventFilter.State.self)
        filter.since = try input.time("since")
        filter.until = try input.time("until")
        if input.has("ids"), filter.ids.isEmpty { throw .invalid("ids", "must contain at least one id") }
        guard !filter.isOpen else { throw .invalid("ids", "or another member must select events") }
        filter.sources = call.sources
        var request = try request(call)
        let limit = Int(try input.integer("limit", 1...1000) ?? 100)
        (request.asked, request.limit) = (filter, limit)
        let ids = try call.store { [filter] connection throws(PostgresError) in
            try ReplayQueries.ids(filter, limit: limit + 1, on: connection)
        }
        return try replay(Array(ids.prefix(limit)), request, call, hasMore: ids.count > limit)
            ?? answer(matched: 0, replayed: 0, [], request, call, hasMore: false)
    }

    private static func request(_ call: Call) throws(Problem) -> ReplayRequest {
        let input = try call.input()
        let run = try input.text("run", longest: 100) ?? Hex.encode(Random.bytes(8))
        var request = ReplayRequest(run: run, actor: call.actor)
        request.reason = try input.reason()
        request.isDryRun = try input.flag("dry_run")
        request.again = try input.flag("again")
        request.changes = try changes(call)
        request.mayReachPrivacy = call.access.scopes.contains(.admin)
        return request
    }

    private static func changes(_ call: Call) throws(Problem) -> [FieldChange] {
        guard let members = try call.input().object("set") else { return [] }
        let written = RawJSON(call.request.body)
        var changes: [FieldChange] = []
        for member in members {
            guard (1...200).contains(member.key.unicodeScalars.count) else {
                throw .invalid("set", "must name paths of 1 to 200 characters, such as data.order_status")
            }
            changes.append(
                FieldChange(
                    path: FieldChange.path(member.key), value: member.value,
                    text: written?.value(at: ["set", member.key])))
        }
        return changes
    }

    /// - Returns: nil when there is none of these events.
    private static func replay(
        _ ids: [Int64], _ request: ReplayRequest, _ call: Call, hasMore: Bool
    ) throws(Problem) -> Answer? {
        var filter = EventFilter()
        filter.ids = ids
        filter.sources = call.sources
        if ids.isEmpty { return nil }
        var events: [ReplayedEvent] = []
        let report = try call.store { [filter] connection throws(PostgresError) in
            try Replay(request, settings: call.settings, over: connection)
                .run(filter, now: call.request.receivedAt, replayed: { events.append($0) })
        }
        if report.total == 0 { return nil }
        return answer(
            matched: report.total, replayed: report.replayed, events, request, call, hasMore: hasMore)
    }

    private static func answer(
        matched: Int, replayed: Int, _ events: [ReplayedEvent], _ request: ReplayRequest, _ call: Call, hasMore: Bool
    ) -> Answer {
        .ok(
            .object([
                "dry_run": .bool(request.isDryRun), "run": .string(request.run), "matched": .number(matched),
                "replayed": .number(request.isDryRun ? 0 : replayed),
                "events": .array(events.map { event($0, request, call.settings) }), "has_more": .bool(hasMore),
            ]))
    }

    private static func event(_ event: ReplayedEvent, _ request: ReplayRequest, _ settings: Settings) -> JSONText {
        var made: Int64?
        var fault: String?
        switch event.outcome {
        case .replayed: break
        case .changed(let new): made = new
        case .alreadyDone: fault = "this replay has already replayed it"
        case .failed(let reason): fault = reason
        }
        return .object([
            "event_id": .number(event.id), "new_event_id": made.map { .number($0) } ?? .string(nil),
            "jobs": .array(event.jobs.map { job($0, request.again, settings) }), "error": .string(fault),
        ])
    }

    private static func job(_ job: ReplayedEvent.Job, _ again: Bool, _ settings: Settings) -> JSONText {
        let reason: String? =
            switch job.fate {
            case .new, .revived: nil
            case .repeated: again ? nil : "it has already run: an effect that happened is not repeated"
            case .open: "it is still open and is left alone"
            }
        return .object([
            "action": .string(job.action), "kind": .string(settings.action(named: job.action)?.kind.name),
            "rule": .string(job.rule), "fate": .string(job.fate.rawValue), "runs": .bool(reason == nil),
            "reason": .string(reason),
        ])
    }
}
