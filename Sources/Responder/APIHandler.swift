import FastCGI
import Platform
import Webhooks

/// What the API pool answers so far: the health page, so that a supervisor can watch it.
struct APIHandler: RequestHandler {
    let health: HealthPage

    func bodyLimit(for parameters: Parameters) -> Int { 64 * 1024 }

    func handle(_ request: Request, _ exchange: Exchange) {
        let now = Timestamp(microseconds: SystemClock.wallMicroseconds())
        if let answer = health.answer(request.path, now: now, monotonic: SystemClock.monotonicNanoseconds()) {
            exchange.answer(Response(answer))
        } else {
            exchange.answer(.problem(404, "not_found"))
        }
    }

    func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response {
        .problem(failure.status, "bad_request")
    }
}
