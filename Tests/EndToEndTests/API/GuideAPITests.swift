import JSON
import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// The guides' commands for the API, as written but for scheme, host and port, on a stack as `make up` starts
/// it.
@Suite(.serialized, .stack { try GuideShell.options(&$0) }) struct GuideAPITests {
    private let shell: GuideShell
    private let shop: Shop

    init() throws {
        shell = try GuideShell()
        shop = try Shop(TestStack.ofSuite())
    }

    /// The JSON that a command prints, which must be answered with that status.
    private func json(_ command: String, _ status: Int = 200) throws -> JSONValue {
        let output = try shell.lines(command).joined(separator: "\n")
        try #require(output.hasSuffix(" \(status)"), "\(command): \(output)")
        return try JSONValue(parsing: Array(output.utf8.dropLast(4)))
    }

    private func isNow(_ value: JSONValue?) -> Bool {
        value?.string?.wholeMatch(of: /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
    }

    @Test func tiktokShopGuide() throws {
        let health = try json("curl $BASE/health")
        #expect(health["status"] == "ok" && isNow(health["timestamp"]) && health["environment"] == "development")
        #expect(health["uptime"].flatMap { Double($0.text) } != nil)

        #expect(try shop.send(.guide("987654321", "AWAITING_SHIPMENT", at: Shop.now, amount: "49.98")).status == 200)
        #expect(try json("curl $BASE/webhook/health")["status"] == "healthy")
        let order = try json("curl $BASE/api/orders/987654321")
        #expect(order["success"] == true && order["data"]?["order_id"] == "987654321")
        #expect(order["data"]?["status"] == "AWAITING_SHIPMENT" && order["data"]?["total_amount"]?.text == "49.98")
        let id = try #require(order["data"]?["shop_id"]?.string)
        let orders = try json("curl \"$BASE/api/orders/shop/\(id)?limit=50&offset=0\"")
        #expect(orders["data"]?.array?.map { $0["order_id"] } == ["987654321"])
        // Its job may end in between, so not the whole row.
        let unpaged = try json("curl $BASE/api/orders/shop/\(id)")
        #expect(unpaged["data"]?.array?.map { $0["order_id"] } == ["987654321"])
        #expect(try json("curl $BASE/api/orders/shop/YOUR_SHOP_ID")["data"] == [])
        #expect(try json("curl $BASE/api/orders/queue/unprocessed")["success"] == true)
        let statistics = try json("curl \"$BASE/api/orders/stats/webhooks?shopId=\(id)\"")
        #expect(statistics["success"] == true)
        let row = try #require(statistics["data"]?.array?.first)
        // The guide's members, and the time of the counts behind them.
        #expect(
            row.object?.members.map(\.key)
                == ["event_type", "total", "successful", "failed", "last_received", "as_of"])
        #expect(row["event_type"] == "order_created" && row["total"] == 1)
        #expect(try json("curl $BASE/api/orders/stats/orders")["data"]?.array?.first?["orders"] == 1)
        let missing = try json("curl $BASE/api/orders/no-such-order", 404)
        #expect(missing["success"] == false && missing["error"] == "not_found")
    }

    @Test func romsGuide() throws {
        let test = try json("curl $BASE/api/v2/webhooks/test")
        #expect(test.object?.members.map(\.key) == ["status", "message", "timestamp", "signature_required"])
        #expect(test["status"] == "ok" && test["message"] == "Webhook endpoint is operational")
        #expect(isNow(test["timestamp"]) && test["signature_required"] == false)

        _ = try json(
            """
            curl -X POST $BASE/api/v2/webhooks/orders -H "Content-Type: application/json" -d '{"order_number": "L-1"}'
            """)
        _ = try json(
            """
            curl -X POST $BASE/api/v2/webhooks/orders -H "Content-Type: application/json" \\
              -H "X-Webhook-Signature: 00" -d '{"order_number": "L-2"}'
            """, 401)
        // Refusals are written once a second.
        let isThere = try eventually {
            try json("curl $BASE/api/v2/webhooks/logs")["data"]?.array?.contains { $0["success"] == false } == true
        }
        #expect(isThere)
        let logs = try json("curl \"$BASE/api/v2/webhooks/logs?limit=100\"")
        let rows = (logs["data"]?.array ?? []).filter { $0["source"] == "roms" }
        #expect(rows.contains { $0["success"] == true && $0["subject"] == "order:L-1" && $0["status_code"] == 200 })
        #expect(rows.contains { $0["success"] == false && $0["status_code"] == 401 && $0["error_message"] != .null })
        #expect(logs["count"]?.integer == Int64(logs["data"]?.array?.count ?? -1))
        #expect(try json("curl \"$BASE/api/v2/webhooks/logs?limit=1\"")["data"]?.array?.count == 1)
        let help = try json("curl $BASE/api/v2/webhooks/signature-help")
        #expect(help["header"] == "X-Webhook-Signature" && help["algorithm"] == "HMAC-SHA256")
        #expect(try shell.lines("curl -o /dev/null $BASE/docs") == [" 200"])
    }

    /// The line of the help works when it is pasted.
    @Test func signatureHelpSignsRight() throws {
        let help = try json("curl $BASE/api/v2/webhooks/signature-help")
        let example = try #require(help["examples"]?["curl"]?.string)
        let script = """
            SECRET=your-webhook-secret PAYLOAD='{"order_number":"H-1"}' URL=$BASE/api/v2/webhooks/orders
            \(example)
            """
        #expect(try json(script)["order_number"] == "H-1")
        #expect(try shell.books.lines("select verification from events where subject = 'order:H-1'") == ["signature"])
    }

    @Test func evershopTestWebhook() async throws {
        let body = #"{"event":"product.created","data":{"id":"T-1","name":"Test Product","price":99.99}}"#
        let command = "curl -X POST $BASE/test/webhook -H 'Content-Type: application/json' -d"
        #expect(try json("\(command) '\(body)'") == ["code": 0, "msg": "Test webhook queued"])
        let kept = "select verification, type from events where path = '/test/webhook'"
        #expect(try shell.books.lines(kept) == ["unverified|product.created"])
        #expect(try shell.books.lines("select name from product_list where product_id = 'T-1'") == ["Test Product"])
        #expect(try json("\(command) 'nothing'", 400)["error"] == "bad_request")
        #expect(try json("curl $BASE/test/webhook", 405)["error"] == "method_not_allowed")
        // With the prefix under which the guide mounts its router.
        let prefixed = "curl -X POST $BASE/api/webhooks/test/webhook -H 'Content-Type: application/json' -d"
        #expect(try json("\(prefixed) '\(body)'")["msg"] == "Test webhook queued")
    }
}

/// What a production installation keeps closed.
@Suite(
    .stack {
        try TestStack.useRealPrograms(
            &$0,
            configuration:
                "environment: production\nsources: { evershop: { providers: evershop, secrets: { env: EVERSHOP_WEBHOOK_SECRET } } }"
        )
    }) struct ClosedAPITests
{
    @Test func nothingIsOpen() throws {
        let stack = try TestStack.ofSuite()
        let curl = Curl(stack)
        let test = try curl.get(stack.state.url + "/test/webhook", ["--data-raw", "{}"])
        #expect((test.status, test.body) == (404, #"{"msg":"Not found"}"#))
        let prefixed = try curl.get(stack.state.url + "/api/webhooks/test/webhook", ["--data-raw", "{}"])
        #expect((prefixed.status, prefixed.body) == (404, #"{"msg":"Not found"}"#))
        // Every operation that the served document says needs a token.
        let document = try JSONValue(parsing: Array(curl.get(stack.state.url + "/openapi.json").body.utf8))
        var closed = 0
        for path in document["paths"]?.object?.members ?? [] {
            for operation in path.value.object?.members ?? [] where operation.value["x-scope"]?.string != "none" {
                let target = path.key.replacing("{id}", with: "1").replacing("{shop}", with: "s")
                let body = operation.key == "post" ? ["--json", "{}"] : []
                for token in [[], ["-H", "Authorization: Bearer hl_wrong"], ["-H", "Cookie: token=x"]] {
                    let answer = try curl.get(stack.state.url + target, body + token)
                    #expect(answer.status == 401, "\(operation.key) \(target)")
                    #expect(answer.header("www-authenticate")?.hasPrefix("Bearer") == true)
                }
                closed += 1
            }
        }
        #expect(closed >= 32)
        for path in ["/live", "/ready", "/api/v2/webhooks/test", "/openapi.json", "/docs"] {
            #expect(try curl.get(stack.state.url + path).status == 200)
        }
        #expect(try curl.get(stack.state.url + "/health", ["-X", "DELETE"]).header("allow") == "GET, HEAD")
    }
}
