import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// A signed order on its whole way: nginx, responder, Postgres, batch processor, Slack.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct MainJobTests: StackUser {
    let stack: LocalStack
    private let shop: Shop

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
    }

    /// The guide's request, by the guide's programs, in a shell that sourced the file of `make up`.
    @Test func theGuidesRequestBecomesAnOrderAndAMessage() async throws {
        let script = """
            . "$1"
            now=$(date +%s)
            body='{"timestamp":'$now',"type":"order_created","shop_id":"test_shop","data":{"order_id":"test_order_123",
              "order_status":"AWAITING_SHIPMENT","create_time":'$now',"update_time":'$now',"items":[],
              "total_amount":100.10,"buyer_email":"guide@buyer.example"}}'
            signature=$(printf %s "$now$body" | openssl dgst -sha256 -hmac "$TIKTOK_APP_SECRET" | sed 's/.*= //')
            for time in first second; do
              curl -sS --noproxy '*' --cacert "$HOOKLEDGER_CA" -X POST "$HOOKLEDGER_URL/webhook/tiktok" \\
                -H "Content-Type: application/json" -H "x-tiktok-shop-signature: $signature" \\
                -H "x-tiktok-shop-timestamp: $now" -d "$body" -w ' %{http_code}\\n'
            done
            """
        let sent = try ChildProcess.run(ChildCommand(["/bin/sh", "-eu", "-c", script, "sh", stack.folder.environment]))
        let answer =
            #"{"success":true,"message":"Webhook processed successfully","order_id":"test_order_123"} 200"#
        #expect(sent.text.split(separator: "\n") == [answer[...], answer[...]], "\(sent.errorText)")

        let order = "select status, total_amount, pg_typeof(total_amount) from orders where order_id = 'test_order_123'"
        #expect(try books.lines(order) == ["AWAITING_SHIPMENT|100.10|numeric"])
        #expect(try books.count("select count(*) from events where subject = 'order:test_order_123'") == 1)
        let jobs = "select action, outcome, status from job_log where order_id = 'test_order_123'"
        #expect(try await books.eventually(jobs, are: ["ops|done|200"]))
        #expect(try books.count("select count(*) from jobs") == 0)
        #expect(try messages(about: "test_order_123") == ["New order: test_order_123"])
        #expect(try books.lines("select processed from tiktok_orders where order_id = 'test_order_123'") == ["t"])
    }

    @Test func aChangedSignatureStoresARefusalOnly() async throws {
        let delivery = ShopDelivery.guide("forged", "AWAITING_SHIPMENT", at: Shop.now, amount: "1")
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now)
        for place in [0, 31, 63] {
            let signature = headers[0].value
            let index = signature.index(signature.startIndex, offsetBy: place)
            let changed = signature.replacingCharacter(at: index)
            let answer = try shop.post(delivery.body, [(headers[0].name, changed), headers[1]])
            #expect((answer.status, answer.body) == (401, #"{"error":"unauthorized"}"#))
        }
        #expect(
            try await books.eventually(
                "select kind, count(*) from refusals where kind = 'no_secret_matched' group by kind",
                are: ["no_secret_matched|3"]))
        #expect(try books.count("select count(*) from events where subject = 'order:forged'") == 0)
        #expect(try books.count("select count(*) from orders where order_id = 'forged'") == 0)
        #expect(try shop.post(delivery.body, headers).status == 200)
    }

    private func messages(about order: String) throws -> [String] {
        try Files.readText(stack.folder.slackMessages).split(separator: "\n").compactMap { line in
            try JSONValue(parsing: Array(line.utf8))["payload"]?["text"]?.string
        }.filter { $0.contains(order) }
    }
}

extension String {
    /// The same text with another hexadecimal digit at that place.
    func replacingCharacter(at index: Index) -> String {
        let other = self[index] == "0" ? "1" : "0"
        return String(self[..<index]) + other + String(self[self.index(after: index)...])
    }
}
