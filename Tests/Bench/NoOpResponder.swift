import FastCGI

/// The ceiling: a responder on the same server that answers at once and does nothing.
enum NoOpResponder {
    private struct Handler: RequestHandler {
        let answer = Response(
            status: 200, contentType: "application/json",
            body: #"{"success":true,"message":"Webhook processed successfully","order_id":"1"}"#)

        func bodyLimit(for parameters: Parameters) -> Int { 1 << 20 }
        func handle(_ request: Request, _ exchange: Exchange) { exchange.answer(answer) }
        func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response { Response(status: failure.status) }
    }

    static func run() throws {
        try Server(configuration: ServerConfiguration(), handler: Handler(), notify: { _ in }).run {}
    }
}
