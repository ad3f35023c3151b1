import FastCGI
import JSON
import Platform
import Settings
import Webhooks

/// Slack's incoming webhook, as its documentation has it ("Sending messages using incoming webhooks", "Handling
/// errors"): a JSON object with `text`, `blocks` or `attachments` is answered 200 `ok`, one without 400 `no_text`,
/// anything else 400 `invalid_payload`.
///
/// Also accepts the requests that confirm a subscription of Amazon SNS, so that the stack makes no outside calls.
struct SlackEndpoint: RequestHandler {
    func bodyLimit(for parameters: Parameters) -> Int { 1 << 20 }

    func handle(_ request: Request, _ exchange: Exchange) {
        if request.method == "GET", request.queryString.contains("Action=ConfirmSubscription") {
            return exchange.answer(text(200, "confirmed"))
        }
        guard request.method == "POST" else { return exchange.answer(text(405, "method_not_allowed")) }
        guard let payload = try? JSONValue(parsing: request.body), case .object = payload else {
            return exchange.answer(text(400, "invalid_payload"))
        }
        let hasContent = ["text", "blocks", "attachments"].contains { name in
            payload[name].map { $0 != .null && $0.string != "" } ?? false
        }
        guard hasContent else { return exchange.answer(text(400, "no_text")) }
        let line: JSONValue = [
            "received_at": .string(SystemClock.now.rfc3339),
            "path": .string(request.path), "payload": payload,
        ]
        StandardError.write(line.text)
        exchange.answer(text(200, "ok"))
    }

    func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response {
        text(failure.status, "invalid_payload")
    }

    private func text(_ status: Int, _ body: String) -> Response {
        Response(status: status, contentType: "text/plain", body: body)
    }
}
