import FastCGI
import Platform
import Settings
import Webhooks

/// The ingest pool's handler: hook paths and health pages.
struct IngestHandler: RequestHandler {
    let hooks: HookPipeline
    let health: HealthPage
    let store: StoreHealth

    /// The body limit of the path's source; no other path reads a body.
    func bodyLimit(for parameters: Parameters) -> Int {
        let path = Request(parameters: parameters, body: []).path
        return hooks.source(forPath: path)?.bodyLimit
            ?? (TestWebhook.paths.contains(path) ? SourceSettings.defaultBodyLimit : 0)
    }

    func handle(_ request: Request, _ exchange: Exchange) {
        let started = SystemClock.monotonicNanoseconds()
        let path = request.path
        if let source = hooks.source(forPath: path) {
            hooks.handle(
                Delivery(request, at: store.receiptTime(at: started)), from: source, startedAt: started, exchange)
        } else if TestWebhook.paths.contains(path) {
            hooks.handleTest(Delivery(request, at: store.receiptTime(at: started)), startedAt: started, exchange)
        } else if let answer = health.answer(request, now: SystemClock.now, monotonic: started) {
            exchange.answer(Response(answer))
        } else {
            exchange.answer(.problem(404, "not_found"))
        }
    }

    func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response {
        let request = Request(parameters: parameters, body: [])
        guard let source = hooks.source(forPath: request.path) else {
            return TestWebhook.paths.contains(request.path)
                ? .problem(failure.status, "bad_request") : .problem(404, "not_found")
        }
        let now = store.receiptTime(at: SystemClock.monotonicNanoseconds())
        return hooks.refuse(Delivery(request, at: now), from: source, Refusal(failure))
    }
}

extension Refusal {
    /// Why a body was not read, as a refusal.
    init(_ failure: ReadFailure) {
        switch failure {
        case .tooLarge(let limit): self.init(.bodyTooLarge, "the body is larger than \(limit) bytes")
        case .truncated(let expected, let received):
            self.init(.truncatedBody, "\(received) of \(expected) bytes arrived")
        case .badContentLength: self.init(.truncatedBody, "Content-Length is not a number of bytes")
        case .longerThanDeclared(let expected):
            self.init(.truncatedBody, "more than the declared \(expected) bytes arrived")
        }
    }
}
