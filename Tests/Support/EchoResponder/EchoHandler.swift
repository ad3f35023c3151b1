import FastCGI
import Platform

/// Answers by path.
final class EchoHandler: RequestHandler {
    private let limit: Int
    /// Exchanges that are never answered.
    private let kept = Locked<[Exchange]>([])

    init(_ options: Options) {
        limit = options.bodyLimit
    }

    func bodyLimit(for parameters: Parameters) -> Int {
        limit
    }

    func handle(_ request: Request, _ exchange: Exchange) {
        StandardError.write("handled \(request.method) \(request.requestURI)")
        switch request.path {
        case "/deferred":
            LateAnswers.shared.append(exchange, echo(request), afterMilliseconds: Int(request.queryString) ?? 0)
        case "/never": kept.withLock { $0.append(exchange) }
        case "/sleep":
            SystemClock.sleep(milliseconds: Int(request.queryString) ?? 0)
            exchange.answer(echo(request))
        case "/drop": break
        case "/twice":
            exchange.answer(Response(status: 201))
            exchange.answer(Response(status: 202))
        case "/inject":
            exchange.answer(
                Response(
                    status: 200,
                    headers: [("X-One", "a\r\nX-Forged: b"), ("X-Bad\r\nX-Forged", "c"), ("Status", "500 No")]))
        case "/parameters":
            let lines = request.parameters.all.map { "\($0.name)=\($0.value)" }
            exchange.answer(Response(status: 200, contentType: "text/plain", body: lines.joined(separator: "\n")))
        case "/large":
            exchange.answer(
                Response(status: 200, body: [UInt8](repeating: 0x61, count: Int(request.queryString) ?? 0)))
        default: exchange.answer(echo(request))
        }
    }

    func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response {
        StandardError.write("refused \(failure)")
        // Some paths ask for what a server must not do.
        let status = parameters["REQUEST_URI"] == "/refuse-with-200" ? 200 : failure.status
        return Response(status: status, contentType: "text/plain", body: "refused")
    }

    /// Method and URI, then the raw body.
    private func echo(_ request: Request) -> Response {
        Response(
            status: 200, headers: [("X-Method", request.method), ("X-URI", request.requestURI)], body: request.body)
    }
}
