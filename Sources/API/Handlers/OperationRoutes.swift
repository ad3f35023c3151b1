import JSON
import Ledger
import Postgres
import Settings
import Webhooks

/// Operation: statistics, metrics, the caller, the operator log.
enum OperationRoutes {
    static let all = [
        Route.get("/api/v2/statistics", statistics, query: ["since", "until", "bucket", "source"]).confined,
        Route.get("/api/v2/session", session).confined,
        Route.get("/api/v2/operator-log", operatorLog, scope: .admin, query: ["subject", "limit", "before"]),
        Route.get("/metrics", metrics, type: "text/plain"),
    ]

    @Sendable private static func statistics(_ call: Call) throws(Problem) -> Answer {
        let until = try call.query.time("until") ?? call.request.receivedAt
        let since = try call.query.time("since") ?? until.advanced(bySeconds: -3600)
        let bucket = try call.query.integer("bucket", 10...604_800)
        let source = try call.query.text("source")
        let window = Statistics.Window(since: since, until: until, bucket: bucket, now: call.request.receivedAt)
        let (buckets, reach) = try call.store { connection throws(PostgresError) in
            (
                try Statistics.buckets(window, source: source, of: call.sources, on: connection),
                try Statistics.reach(on: connection)
            )
        }
        return .ok(
            .object([
                "since": .string(window.since.rfc3339), "until": .string(window.until.rfc3339),
                "bucket_seconds": .number(window.bucket), "as_of": .string(reach.asOf.rfc3339),
                "queue_as_of": .string(reach.queueAsOf.rfc3339),
                "complete_since": .string(reach.completeSince?.rfc3339), "buckets": .array(buckets),
            ]))
    }

    @Sendable private static func session(_ call: Call) throws(Problem) -> Answer {
        let access = call.access
        let scopes = APITokens.Scope.allCases.filter(access.scopes.contains)
        return .ok(
            .object([
                "token": .string(access.name), "anonymous": .bool(access.name == nil),
                "scopes": .array(scopes.map { .string($0.rawValue) }),
                "sources": access.sources.map { .array($0.map { .string($0) }) } ?? .string(nil),
                "expires_at": .string(access.expiresAt?.rfc3339),
                "environment": .string(call.settings.environment.rawValue),
            ]))
    }

    @Sendable private static func operatorLog(_ call: Call) throws(Problem) -> Answer {
        let subject = try call.query.text("subject")
        return try RecordRoutes.page(call) { limit, before, connection throws(PostgresError) in
            try RecordQueries.operatorActions(subject: subject, before: before, limit: limit, on: connection)
        }
    }

    @Sendable private static func metrics(_ call: Call) throws(Problem) -> Answer {
        var page = try call.store(MetricsPage.text)
        page += "\n"
        return Answer(
            status: 200,
            headers: [HeaderFields.Field(name: "content-type", value: "text/plain; version=0.0.4; charset=utf-8")],
            body: Array(page.utf8))
    }
}
