import JSON
import Jobs
import Ledger
import Postgres
import Webhooks

/// Jobs and dead letters.
enum JobRoutes {
    private static let selecting = JobFilter.members.union(["ids", "all", "limit", "reason", "dry_run"])

    static let all =
        [
            Route.get("/api/v2/jobs", jobs, query: JobFilter.members.union(["limit", "after"])).confined,
            Route.get("/api/v2/jobs/{id}", job).confined,
            Route.get("/api/v2/dead-letters", deadLetters, query: JobFilter.members.union(["limit", "after"])).confined,
            Route.post("/api/v2/dead-letters/{id}/retry", retryOne, scope: .replay, members: ["reason", "uncertain"])
                .confined,
            Route.post("/api/v2/dead-letters/{id}/discard", discardOne, scope: .admin, members: ["reason"]).confined,
            Route.post(
                "/api/v2/dead-letters/retry", retryMany, scope: .replay,
                members: selecting.union(["uncertain", "spread_seconds"])
            ).confined,
            Route.post("/api/v2/dead-letters/discard", discardMany, scope: .admin, members: selecting).confined,
        ] + HeldJobRoutes.all

    @Sendable private static func jobs(_ call: Call) throws(Problem) -> Answer {
        let filter = try JobFilter(queryOf: call)
        let (page, depth, seen) = try call.store { connection throws(PostgresError) in
            (
                try JobQueries.openPage(filter, on: connection),
                try RecordQueries.queueDepth(of: call.sources, on: connection),
                try RecordQueries.batchSeen(on: connection)
            )
        }
        return .ok(
            .object([
                "data": .array(page.rows.map { JSONText(.object($0)) }), "depth": .array(depth),
                "batch_seen_at": .string(seen), "next": .string(page.next.map { String($0) }),
                "searched": page.searched.map { .number($0) } ?? .string(nil),
            ]))
    }

    @Sendable private static func job(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let history = try call.store { connection throws(PostgresError) in
            try JobQueries.history(of: id, in: call.sources, on: connection)
        }
        guard let history else { throw .notFound("Job \(id)") }
        return .ok(JSONText(.object(history)))
    }

    @Sendable private static func deadLetters(_ call: Call) throws(Problem) -> Answer {
        let filter = try JobFilter(queryOf: call)
        let page = try call.store { connection throws(PostgresError) in
            try JobQueries.deadLetterPage(filter, on: connection)
        }
        return .ok(
            .object([
                "data": .array(page.rows.map { JSONText(.object($0)) }),
                "next": .string(page.next.map { String($0) }),
                "searched": page.searched.map { .number($0) } ?? .string(nil),
            ]))
    }

    @Sendable private static func retryOne(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let (reason, uncertain) = (try call.input().reason(), try call.input().flag("uncertain"))
        return try one(id, call, "dead.retry", reason) { filter, connection throws(PostgresError) in
            try DeadLetters.retry(
                filter, repeatingUncertain: uncertain, on: connection)
        }
    }

    @Sendable private static func discardOne(_ call: Call) throws(Problem) -> Answer {
        let id = try call.id()
        let reason = try call.input().reason()
        return try one(id, call, "dead.discard", reason) { filter, connection throws(PostgresError) in
            try DeadLetters.discard(filter, reason: reason, on: connection)
        }
    }

    @Sendable private static func retryMany(_ call: Call) throws(Problem) -> Answer {
        let input = try call.input()
        let (filter, isDryRun, uncertain) = (
            try JobFilter(bodyOf: call, "dead letters"), try input.flag("dry_run"), try input.flag("uncertain")
        )
        let seconds = try input.integer("spread_seconds", 0...604_800)
        return try many(filter, call, "dead.retry", try input.reason(), isDryRun) { connection throws(PostgresError) in
            let count = seconds == nil ? try JobQueries.deadLetters(filter, on: connection).count : 0
            return try DeadLetters.retry(
                filter, spread: seconds.map { .seconds($0) } ?? .milliseconds(100 * count),
                repeatingUncertain: uncertain,
                isDryRun: isDryRun, on: connection)
        }
    }

    @Sendable private static func discardMany(_ call: Call) throws(Problem) -> Answer {
        let input = try call.input()
        let (filter, isDryRun, reason) = (
            try JobFilter(bodyOf: call, "dead letters"), try input.flag("dry_run"), try input.reason()
        )
        return try many(filter, call, "dead.discard", reason, isDryRun) { connection throws(PostgresError) in
            try DeadLetters.discard(
                filter, reason: reason, isDryRun: isDryRun, on: connection)
        }
    }

    private typealias Move<Input> = (Input, Connection) throws(PostgresError) -> DeadLetters.Report

    private static func one(
        _ id: Int64, _ call: Call, _ action: String, _ reason: String, _ move: Move<JobFilter>
    ) throws(Problem) -> Answer {
        var filter = JobFilter()
        filter.ids = [id]
        filter.sources = call.sources
        let report = try call.store { [filter] connection throws(PostgresError) in
            try connection.transaction { () throws(PostgresError) in
                let report = try move(filter, connection)
                if !report.moved.isEmpty {
                    try OperatorLog.write(
                        actor: call.actor, action: action, subject: "job:\(id)", reason: reason, on: connection)
                }
                return report
            }
        }
        guard !(report.moved.isEmpty && report.uncertain.isEmpty) else { throw .notFound("Dead letter \(id)") }
        return answer(report, isDryRun: false)
    }

    private static func many(
        _ filter: JobFilter, _ call: Call, _ action: String, _ reason: String, _ isDryRun: Bool,
        _ move: (Connection) throws(PostgresError) -> DeadLetters.Report
    ) throws(Problem) -> Answer {
        let report = try call.store { connection throws(PostgresError) in
            try connection.transaction { () throws(PostgresError) in
                let report = try move(connection)
                if !isDryRun {
                    try OperatorLog.write(
                        actor: call.actor, action: action, subject: "dead-letters", reason: reason,
                        details: ["jobs": .array(report.moved.map { .number(JSONNumber($0)) })], on: connection)
                }
                return report
            }
        }
        return answer(report, isDryRun: isDryRun)
    }

    private static func answer(_ report: DeadLetters.Report, isDryRun: Bool) -> Answer {
        .ok(
            .object([
                "moved": .array(report.moved.map { .number($0) }),
                "uncertain": .array(report.uncertain.map { .number($0) }), "dry_run": .bool(isDryRun),
            ]))
    }
}
