import JSON
import Ledger
import Postgres
import Webhooks

/// Events, refusals and handshakes.
enum DeliveryRoutes {
    static let all = [
        Route.get(
            "/api/v2/events", list,
            query: [
                "source", "type", "state", "outcome", "q", "ids", "since", "until", "limit", "before", "after", "also",
            ]
        ).confined.live,
        Route.get("/api/v2/events/{id}", event).confined,
        Route.get("/api/v2/refusals", refusals, query: ["source", "kind", "since", "until", "limit", "before"])
            .confined,
        Route.get("/api/v2/refusals/{id}", refusal).confined,
        Route.post("/api/v2/refusals/{id}/release", release, scope: .admin, members: ["reason"]).confined,
        Route.get("/api/v2/handshakes/{id}", handshake).confined,
    ]

    @Sendable private static func list(_ call: Call) throws(Problem) -> Answer {
        let query = call.query
        var filter = try filter(query)
        filter.events.sources = call.sources
        let limit = try query.limit(most: 200)
        let after = try query.value("after", "must be the live cursor of a response", LiveCursor.init)
        let before = try query.value("before", "must be the next cursor of a response", PageCursor.init)
        let page = try call.store { [filter] connection throws(PostgresError) in
            if let after { return try DeliveryPages.since(after, filter, limit: limit, on: connection) }
            return try DeliveryPages.newest(filter, before: before, limit: limit, on: connection)
        }
        if page.isStale {
            throw Problem(
                409, "stale_cursor",
                "The database was restored or failed over since this cursor; start again without after, or with since",
                parameter: "after")
        }
        return .ok(
            .object([
                "data": .array(page.rows), "next": .string(page.next?.text), "live": .string(page.live?.text),
                "has_more": .bool(page.hasMore), "searched_to": .string(page.searchedTo?.rfc3339),
            ]))
    }

    private static func filter(_ query: Query) throws(Problem) -> DeliveryFilter {
        var filter = DeliveryFilter()
        filter.events.source = try query.text("source")
        filter.events.type = try query.text("type")
        filter.events.state = try query.word("state", EventFilter.State.self)
        let outcome = try query.word("outcome", ["accepted", "refused", "handshake"])
        filter.accepted = outcome.flatMap { $0 == "handshake" ? nil : $0 == "accepted" }
        let also = try query.value(
            "also", "must be signed_handshakes or handshakes, replays, or both, separated by a comma"
        ) {
            text in Self.also[text]
        }
        if let also { (filter.handshakes, filter.withReplays) = also }
        if outcome == "handshake" { filter.handshakes = .only }
        filter.text = try query.text("q")
        filter.events.ids =
            try query.value("ids", "must be ids with commas between them, 200 at most") { text in
                let ids = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                    Int64(part).flatMap { part.utf8.count <= 18 && $0 > 0 && String($0) == part ? $0 : nil }
                }
                return ids.count <= 200 && !ids.contains(nil) ? ids.compactMap(\.self) : nil
            } ?? []
        filter.events.since = try query.time("since")
        filter.events.until = try query.time("until")
        return filter
    }

    /// The kinds that a list shows beside `outcome`.
    private static let also: [String: (DeliveryFilter.Handshakes, Bool)] = [
        "signed_handshakes": (.signed, false), "handshakes": (.all, false), "replays": (.asDeliveries, true),
        "signed_handshakes,replays": (.signed, true), "handshakes,replays": (.all, true),
    ]

    @Sendable private static func refusals(_ call: Call) throws(Problem) -> Answer {
        var filter = DeliveryFilter()
        filter.accepted = false
        filter.events.sources = call.sources
        filter.events.source = try call.query.text("source")
        filter.kind = try call.query.text("kind")
        filter.events.since = try call.query.time("since")
        filter.events.until = try call.query.time("until")
        let limit = try call.query.limit(most: 200)
        let before = try call.query.value("before", "must be the next cursor of a response", PageCursor.init)
        let page = try call.store { [filter] connection throws(PostgresError) in
            try DeliveryPages.newest(filter, before: before, limit: limit, on: connection)
        }
        return .ok(
            .object([
                "data": .array(page.rows), "next": .string(page.next?.text),
                "searched_to": .string(page.searchedTo?.rfc3339),
            ]))
    }

    @Sendable private static func event(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let (found, stored, related) = try call.store { connection throws(PostgresError) in
            (
                try DeliveryDetail.event(id, of: call.sources, on: connection),
                try StoredEvent.load(id, on: connection),
                try ReplayQueries.related(to: id, on: connection)
            )
        }
        guard let event = found else { throw .notFound("Event \(id)") }
        return .ok(
            event.row.adding([
                "words": .string(VerdictWords.of(event.verdict)),
                "replay_of": related.original.map { .number($0) } ?? .string(nil),
                "replays": .array(related.replays.map { .number($0) }), "request": RequestText.of(event.request),
                "answer": stored?.answer.map(RequestText.of) ?? .string(nil), "jobs": .array(event.jobs),
                "timeline": .array(event.timeline),
            ]))
    }

    @Sendable private static func handshake(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let found = try call.store { connection throws(PostgresError) in
            try DeliveryDetail.handshake(id, of: call.sources, on: connection)
        }
        guard let handshake = found else { throw .notFound("Handshake \(id)") }
        return .ok(handshake.row.adding(["request": RequestText.of(handshake.request)]))
    }

    @Sendable private static func refusal(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let found = try call.store { connection throws(PostgresError) in
            try DeliveryDetail.refusal(id, of: call.sources, on: connection)
        }
        guard let refusal = found else { throw .notFound("Refusal \(id)") }
        // What nobody vouches for is shown whole to who may see everything.
        let whole = call.access.scopes.contains(.admin) ? try quarantined(refusal, call) : nil
        return .ok(
            refusal.row.adding([
                "words": .string(VerdictWords.of(refusal.kind, refusal.reason)),
                "request": RequestText.of(whole?.request ?? refusal.request),
                "quarantine": whole?.row ?? .string(nil),
            ]))
    }

    private static func quarantined(
        _ refusal: DeliveryDetail.Refused, _ call: Call
    ) throws(Problem) -> DeliveryDetail.Quarantined? {
        try call.store { connection throws(PostgresError) in
            try DeliveryDetail.quarantined(refusal.requestID, of: call.sources, on: connection)
        }
    }

    /// Asks for another try: the batch processor has the secrets, the API has none.
    @Sendable private static func release(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let reason = try call.input().reason()
        let found = try call.store { connection throws(PostgresError) in
            try DeliveryDetail.refusal(id, of: call.sources, on: connection)
        }
        guard let refusal = found, let whole = try quarantined(refusal, call) else {
            throw .notFound("A quarantined delivery of the refusal \(id)")
        }
        let isAsked = try call.store { connection throws(PostgresError) in
            try connection.transaction { () throws(PostgresError) in
                guard try Quarantine.askRelease(whole.id, actor: call.actor, on: connection) else { return false }
                try OperatorLog.write(
                    actor: call.actor, action: "refusals.release", subject: "refusal:\(id)", reason: reason,
                    on: connection)
                return true
            }
        }
        guard isAsked else { throw Problem(409, "decided", "This delivery has left the quarantine already") }
        return .ok(.object(["asked": .bool(true)]))
    }
}
