import FastCGI
import JSON
import Webhooks

/// `GET /health` as the TikTok Shop guide shows it, `GET /webhook/health` as the comment guide does, `GET /live` (webhooks
/// are taken) and `GET /ready` (they can be stored).
struct HealthPage: Sendable {
    private let environment: String
    private let startedAt: Int64
    private let queue: CommitQueue

    /// - Parameters:
    ///   - environment: `production` or `development`.
    ///   - startedAt: when the program started, on the monotonic clock, in nanoseconds.
    init(environment: String, startedAt: Int64, queue: CommitQueue) {
        self.environment = environment
        self.startedAt = startedAt
        self.queue = queue
    }

    /// The answer to this request at this moment; nil if it is not a health page. 503 if Postgres does not answer.
    func answer(_ request: Request, now: Timestamp, monotonic: Int64) -> Answer? {
        guard ["/health", "/webhook/health", "/live", "/ready"].contains(request.path) else { return nil }
        guard ["GET", "HEAD"].contains(request.method) else {
            var answer = Answer.json(405, ["error": "method_not_allowed"])
            answer.headers.append(HeaderFields.Field(name: "allow", value: "GET, HEAD"))
            return answer
        }
        let isWell = queue.isStoreReachable
        let word: String
        switch request.path {
        case "/webhook/health": word = isWell ? "healthy" : "unhealthy"
        case "/live": return .json(200, ["status": "live"])
        case "/ready": return .json(isWell ? 200 : 503, ["status": isWell ? "ready" : "not_ready"])
        default: word = isWell ? "ok" : "unavailable"
        }
        let milliseconds = (monotonic - startedAt) / 1_000_000
        let fraction = String(1000 + milliseconds % 1000).dropFirst()
        return .json(
            isWell ? 200 : 503,
            [
                "status": .string(word), "timestamp": .string(now.rfc3339),
                "uptime": JSONNumber(literal: "\(milliseconds / 1000).\(fraction)").map(JSONValue.number) ?? 0,
                "environment": .string(environment), "database": isWell ? "ok" : "unreachable",
            ])
    }
}
