import API
import FastCGI
import Ledger
import LogLines
import Logging
import Platform
import Postgres
import Settings
import Webhooks

/// What the API pool answers: REST requests, by a few threads of its own that wait for the database. Those of the server
/// only read requests and write answers.
final class APIHandler: RequestHandler, PoolPart {
    /// A request that waits for its answer.
    private struct Waiting: Sendable {
        let api: API
        let request: Delivery
        let exchange: Exchange
        let startedAt: Int64
    }

    private struct State {
        var waiting: [Waiting] = []
        var isClosed = false
    }

    private let state = Monitor(State())
    private let threads = Monitor<[Thread]>([])
    private let inUse: Locked<API>
    private let connections: APISessions.Conninfo
    private let metrics: Metrics
    private let logger: Logger

    /// How many requests are answered at once, each over its own session.
    private static let threadCount = 4
    /// How many may wait for one of them; the rest get 503.
    private static let longestQueue = 256

    init(api: API, connections: APISessions.Conninfo, metrics: Metrics, logger: Logger) {
        inUse = Locked(api)
        self.connections = connections
        self.metrics = metrics
        self.logger = logger
    }

    var handler: any RequestHandler { self }

    func use(_ settings: Settings) { inUse.withLock { $0 = API(settings: settings) } }

    private var api: API { inUse.withLock { $0 } }

    func bodyLimit(for parameters: Parameters) -> Int { 64 * 1024 }

    func handle(_ request: Request, _ exchange: Exchange) {
        let startedAt = SystemClock.monotonicNanoseconds()
        let now = SystemClock.now
        let api = api
        let waiting = Waiting(api: api, request: Delivery(request, at: now), exchange: exchange, startedAt: startedAt)
        let isTaken = state.change { state in
            guard state.waiting.count < Self.longestQueue, !state.isClosed else { return false }
            state.waiting.append(waiting)
            return true
        }
        if !isTaken {
            exchange.answer(Response(api.comeAgain(origin: waiting.request.headers["origin"])))
        }
    }

    func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response {
        Response(api.refusal(failure.status, origin: parameters.header("origin")))
    }

    /// Starts the threads that answer.
    /// - Throws: `SystemCallError` if no thread can be created.
    func start() throws(SystemCallError) {
        for number in 1...Self.threadCount {
            let answering = try Thread(name: "api \(number)") { self.answerUntilClosed() }
            threads.withLock { $0.append(answering) }
        }
    }

    /// Answers the waiting requests, then ends the threads.
    func finish() {
        state.change { $0.isClosed = true }
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    func end() {}

    private func answerUntilClosed() {
        var sessions = APISessions(connections)
        while true {
            enum Next { case request(Waiting), end }
            let next: Next? = state.wait { state in
                if !state.waiting.isEmpty { return .request(state.waiting.removeFirst()) }
                return state.isClosed ? .end : nil
            }
            guard case .request(let waiting) = next else { return }
            let outcome: API.Outcome
            do throws(PostgresError) {
                outcome = waiting.api.answer(
                    waiting.request, over: try sessions.primary(), standby: { sessions.standby() })
            } catch {
                outcome = waiting.api.answer(waiting.request, withoutStore: error)
            }
            waiting.exchange.answer(Response(outcome.answer))
            note(waiting, outcome)
        }
    }

    private func note(_ waiting: Waiting, _ outcome: API.Outcome) {
        let microseconds = (SystemClock.monotonicNanoseconds() - waiting.startedAt) / 1000
        metrics.count(.requests, "status", "\(outcome.answer.status)")
        metrics.observe(.requestSeconds, seconds: Double(microseconds) / 1_000_000)
        guard let fault = outcome.fault else { return }
        logger.report(
            .requestFailed,
            [
                "request_id": "\(waiting.request.requestID)", "path": "\(waiting.request.path)",
                "status": "\(outcome.answer.status)", "error": "\(fault)", "duration_us": "\(microseconds)",
            ])
    }
}
