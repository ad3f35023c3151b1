import JSON
import Jobs
import Ledger
import Postgres
import Webhooks

/// Jobs that wait for a decision, and the decision.
enum HeldJobRoutes {
    static let all = [
        Route.post("/api/v2/held-jobs/{id}/release", releaseOne, scope: .admin, members: ["reason"]),
        Route.post(
            "/api/v2/held-jobs/release", releaseMany, scope: .admin,
            members: [
                "ids", "action", "kind", "rule", "order", "shop", "hold_reason", "all", "limit", "reason", "dry_run",
            ]),
    ]

    @Sendable private static func releaseOne(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let reason = try call.input().reason()
        var filter = JobFilter()
        filter.ids = [id]
        let released = try release(filter, nil, call, "job:\(id)", reason, isDryRun: false)
        guard !released.isEmpty else { throw .notFound("Held job \(id)") }
        return answer(released, isDryRun: false)
    }

    @Sendable private static func releaseMany(_ call: Call) throws(Problem) -> Answer {
        let input = try call.input()
        let (hold, isDryRun, reason) = (try input.text("hold_reason"), try input.flag("dry_run"), try input.reason())
        let filter = try JobFilter(bodyOf: call, "held jobs", isNarrowed: hold != nil)
        return answer(try release(filter, hold, call, "held-jobs", reason, isDryRun: isDryRun), isDryRun: isDryRun)
    }

    private static func release(
        _ filter: JobFilter, _ hold: String?, _ call: Call, _ subject: String, _ reason: String, isDryRun: Bool
    ) throws(Problem) -> [Int64] {
        try call.store { connection throws(PostgresError) in
            try connection.transaction { () throws(PostgresError) in
                let released = try HeldJobs.release(filter, reason: hold, isDryRun: isDryRun, on: connection)
                if !isDryRun, !released.isEmpty {
                    try OperatorLog.write(
                        actor: call.actor, action: "job.release", subject: subject, reason: reason,
                        details: ["jobs": .array(released.map { .number(JSONNumber($0)) })], on: connection)
                }
                return released
            }
        }
    }

    private static func answer(_ released: [Int64], isDryRun: Bool) -> Answer {
        .ok(.object(["released": .array(released.map { .number($0) }), "dry_run": .bool(isDryRun)]))
    }
}
