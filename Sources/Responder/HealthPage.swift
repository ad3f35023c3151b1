import FastCGI
import JSON
import Ledger
import Postgres
import Webhooks

/// `GET /health` as the TikTok Shop guide shows it, `GET /webhook/health` as the comment guide does, `GET /live` (the
/// program runs) and `GET /ready` (a delivery gets 2xx). All from memory: no request for one asks Postgres.
struct HealthPage: Sendable {
    private let environment: String
    private let startedAt: Int64
    private let health: StoreHealth

    /// - Parameters:
    ///   - environment: `production` or `development`.
    ///   - startedAt: when the program started, on the monotonic clock, in nanoseconds.
    init(environment: String, startedAt: Int64, health: StoreHealth) {
        self.environment = environment
        self.startedAt = startedAt
        self.health = health
    }

    /// The answer to this request at this moment; nil if it is not a health page. 503 if a delivery could be stored
    /// neither in Postgres nor in the spool.
    func answer(_ request: Request, now: Timestamp, monotonic: Int64) -> Answer? {
        guard ["/health", "/webhook/health", "/live", "/ready"].contains(request.path) else { return nil }
        guard ["GET", "HEAD"].contains(request.method) else {
            var answer = Answer.json(405, ["error": "method_not_allowed"])
            answer.headers.append(HeaderFields.Field(name: "allow", value: "GET, HEAD"))
            return answer
        }
        let condition = health.condition
        let storing = condition.storing(at: monotonic)
        let status = storing == .nowhere ? 503 : 200
        switch request.path {
        case "/live": return .json(200, ["status": "live"])
        case "/ready":
            return .json(
                status,
                [
                    "status": storing == .nowhere ? "not_ready" : "ready", "storing": Self.word(storing),
                    "database_host": Self.host(condition), "database_role": Self.role(condition),
                ])
        case "/webhook/health":
            return page(status, Self.status(storing, "healthy", "unhealthy"), condition, now, monotonic)
        default: return page(status, Self.status(storing, "ok", "unavailable"), condition, now, monotonic)
        }
    }

    private static func status(_ storing: StoreCondition.Storing, _ good: String, _ bad: String) -> String {
        switch storing {
        case .database: good
        case .spool: "degraded"
        case .nowhere: bad
        }
    }

    private static func word(_ storing: StoreCondition.Storing) -> JSONValue {
        switch storing {
        case .database: true
        case .spool: "spool"
        case .nowhere: false
        }
    }

    private func page(
        _ status: Int, _ word: String, _ condition: StoreCondition, _ now: Timestamp, _ monotonic: Int64
    ) -> Answer {
        let fault = condition.fault(at: monotonic)
        var problems = fault.map { [$0.sentence] } ?? []
        if condition.spoolWorks == false { problems.append("The spool cannot be written.") }
        if let offset = condition.clockOffset(own: now, at: monotonic),
            condition.clocksDiffer(own: now, at: monotonic)
        {
            problems.append(
                "Postgres' clock is \(offset.magnitude / 1_000_000) s \(offset < 0 ? "behind" : "ahead of") this machine's."
            )
        }
        if let encoding = condition.server?.encoding, encoding != "UTF8" {
            problems.append("The database has encoding \(encoding): deliveries with other characters are not stored.")
        }
        if condition.isHeld {
            problems.append("All jobs are held: the database was restored (hookledger restore --release).")
        }
        let silence = condition.batchSilence(own: now, at: monotonic)
        let batch: JSONValue =
            switch silence {
            case _ where condition.isHeld: "held"
            case nil: "unknown"
            case let silence? where silence > StoreCondition.batchSilence: "silent"
            default: "ok"
            }
        if batch == "silent", let silence {
            problems.append("The batch processor has not reported for \(silence / 60_000_000) minutes.")
        }
        return .json(
            status,
            [
                "status": .string(word), "timestamp": .string(now.rfc3339),
                "uptime": Self.seconds((monotonic - startedAt) / 1_000_000),
                "environment": .string(environment), "database": .string(fault?.rawValue ?? "ok"),
                "database_host": Self.host(condition), "database_role": Self.role(condition),
                "storing": Self.word(condition.storing(at: monotonic)),
                "last_commit_age": condition.lastStoredAt.map { Self.seconds((monotonic - $0) / 1_000_000) } ?? .null,
                "batch": batch, "batch_seen_age": silence.map { Self.seconds($0 / 1000) } ?? .null,
                "problems": .array(problems.map { .string($0) }),
            ])
    }

    private static func host(_ condition: StoreCondition) -> JSONValue {
        condition.server.map { .string($0.host) } ?? .null
    }

    private static func role(_ condition: StoreCondition) -> JSONValue {
        condition.server.map { .string($0.role.rawValue) } ?? .null
    }

    /// Milliseconds as seconds.
    private static func seconds(_ milliseconds: Int64) -> JSONValue {
        let fraction = String(1000 + milliseconds % 1000).dropFirst()
        return JSONNumber(literal: "\(milliseconds / 1000).\(fraction)").map(JSONValue.number) ?? 0
    }
}
