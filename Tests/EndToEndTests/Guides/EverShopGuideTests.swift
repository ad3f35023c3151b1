import StackSuite
import Testing

/// The manual test of the EverShop guide, and its payloads.
@Suite(.serialized, .stack { try GuideShell.options(&$0) }) struct EverShopGuideTests {
    private let shell: GuideShell

    init() throws { shell = try GuideShell() }

    @Test func manualTest() throws {
        let lines = try shell.lines(
            """
            BODY='{
                "event": "product.created",
                "data": {
                  "id": "123",
                  "name": "Test Product",
                  "price": 99.99
                }
              }'
            SIGNATURE=$(printf %s "$BODY" | openssl dgst -sha256 -hmac your-webhook-secret | cut -d' ' -f2)
            # Test product webhook
            curl -X POST $BASE/api/webhooks/evershop/product \\
              -H "Content-Type: application/json" \\
              -H "x-evershop-signature: $SIGNATURE" \\
              -d "$BODY"
            curl -X POST $BASE/api/webhooks/evershop/product -H "Content-Type: application/json" -d "$BODY"
            curl -X POST $BASE/api/webhooks/evershop/product -H "Content-Type: application/json" \\
              -H "x-evershop-signature: $(echo "$SIGNATURE" | tr 0123456789abcdef 123456789abcdef0)" -d "$BODY"
            """)
        #expect(
            lines == [
                #"{"code":0,"msg":"Webhook received"} 200"#, #"{"code":1,"msg":"Missing signature"} 401"#,
                #"{"code":1,"msg":"Invalid signature"} 401"#,
            ])
        #expect(
            try shell.books.lines("select source, product_id, name, price, deleted from products")
                == ["evershop|123|Test Product|99.99|f"])
        #expect(try shell.books.count("select count(*) from events where type = 'product.created'") == 1)
    }

    @Test func payloadsOnAllThreePaths() throws {
        let lines = try shell.lines(
            """
            post() {
              curl -X POST "$BASE/api/webhooks/evershop/$1" -H 'Content-Type: application/json' --data-raw "$2" \\
                -H "x-evershop-signature: $(printf %s "$2" | openssl dgst -sha256 -hmac your-webhook-secret | cut -d' ' -f2)"
            }
            post order '{"event":"order.updated","timestamp":"2025-10-28T12:00:00Z","data":{"id":"456","orderNumber":"ORD-456","customerId":"789","customerEmail":"customer@example.com","status":"shipped","previousStatus":"processing","items":[]}}'
            post order '{"event":"order.updated","timestamp":"2025-10-28T11:00:00Z","data":{"id":"456","status":"processing"}}'
            post customer '{"event":"customer.created","timestamp":"2025-10-28T12:00:00Z","data":{"id":"789","email":"customer@example.com"}}'
            post product '{"event":"product.deleted","timestamp":"2025-10-28T12:00:00Z","data":{"id":"999"}}'
            post product 'not JSON'
            """)
        #expect(lines.dropLast() == Array(repeating: #"{"code":0,"msg":"Webhook received"} 200"#, count: 4)[...])
        // A message of Standard Webhooks, under which the same key sets its signature, is no JSON either.
        #expect(lines.last == #"{"error":"invalid_payload"} 400"#)
        // Case 18: what is older does not take the order back.
        #expect(
            try shell.books.lines("select order_id, order_number, email, status from orders")
                == ["456|ORD-456|customer@example.com|shipped"])
        #expect(try shell.books.lines("select customer_id, email from customers") == ["789|customer@example.com"])
        #expect(try shell.books.lines("select deleted from products where product_id = '999'") == ["t"])
        #expect(try shell.books.count("select count(*) from events where type = 'unrecognized'") == 0)
        #expect(
            try shell.books.lines("select distinct event_type from webhook_events where event_type like 'order%'")
                == ["order.updated"])
    }
}
