import Actions
import Ledger
import Postgres
import Settings
import Webhooks

/// Comments, and the decisions about them.
enum CommentRoutes {
    static let all = [
        Route.get("/api/v2/comments", list, query: ["source", "moderation", "limit", "before"]).confined,
        Route.post("/api/v2/comments/{id}/allow", allow, scope: .admin, members: ["reason", "expected"]).confined
            .ofOneCell,
        Route.post("/api/v2/comments/{id}/delete", delete, scope: .admin, members: ["reason", "action", "expected"])
            .confined.ofOneCell,
    ]

    /// The states of a comment.
    private static let states = ["allow", "review", "delete"]

    @Sendable private static func list(_ call: Call) throws(Problem) -> Answer {
        let source = try call.query.text("source")
        let moderation = try call.query.word("moderation", states)
        return try RecordRoutes.page(call) { limit, before, connection throws(PostgresError) in
            try RecordQueries.comments(
                source: source, of: call.sources, moderation: moderation, before: before, limit: limit, on: connection)
        }
    }

    @Sendable private static func allow(_ call: Call) throws(Problem) -> Answer { try decide(.allow, nil, call) }

    @Sendable private static func delete(_ call: Call) throws(Problem) -> Answer {
        let name = try call.input().text("action")
        let deleting = CommentModeration.deleters(in: call.settings, named: name)
        guard let action = deleting.first, deleting.count == 1 else {
            throw Problem(
                409, "no_action",
                deleting.isEmpty
                    ? "The configuration has no such action of kind \(CommentModeration.kind.name)"
                    : "Name one of these as action: \(deleting.map(\.name).joined(separator: ", "))",
                parameter: "action")
        }
        return try decide(.delete, action, call)
    }

    private static func decide(
        _ decision: CommentModeration.Decision, _ action: ActionSettings?, _ call: Call
    ) throws(Problem) -> Answer {
        let (id, input) = (try call.id(), try call.input())
        let (reason, expected) = (try input.reason(), try input.word("expected", states))
        let kept = try call.store { connection throws(PostgresError) -> CommentModeration.Keeping in
            guard let name = try RecordQueries.commentName(id, on: connection),
                call.sources?.contains(name.source) ?? true
            else { return .absent }
            return try CommentModeration.decide(
                decision, reason: reason, by: call.actor, source: name.source, comment: name.id, expected: expected,
                action: action, on: connection)
        }
        if case .decidedBefore(let what) = kept {
            throw Problem(409, "decided_before", "It is already decided: \(what)")
        }
        let row = try call.store { connection throws(PostgresError) in
            try RecordQueries.comment(id, on: connection)
        }
        guard kept == .kept, let row else { throw .notFound("Comment \(id)") }
        return .ok(row)
    }
}
