import StackSuite
import Testing

/// EverShop's own webhooks, from 2.3.0 on, beside the contract of its guide.
@Suite(.serialized, .stack { try GuideShell.options(&$0) }) struct EverShopWebhooksTests {
    private let shell: GuideShell

    init() throws { shell = try GuideShell() }

    /// On their one URL, or on one of the guide's.
    @Test func itsOwnWebhooksOnTheGuidesPathsToo() throws {
        let lines = try shell.lines(
            """
            post() {
              T=$(date +%s)
              curl -X POST "$BASE$1" -H 'Content-Type: application/json' --data-raw "$2" -H "X-EverShop-Topic: other" \\
                -H "X-EverShop-Signature: t=$T,v1=$(printf %s "$T.$2" | openssl dgst -sha256 -hmac your-webhook-secret | cut -d' ' -f2)"
            }
            ORDER='{"id":"d1","event_id":"e1","topic":"order_placed","created_at":"2026-11-14T22:13:20Z","data":{"order_id":5001,"status":"processing","grand_total":"12.5000"}}'
            post /webhook/evershop "$ORDER"
            post /api/webhooks/evershop/order '{"id":"d2","event_id":"e1","topic":"order_placed","created_at":"2026-11-14T22:13:20Z","data":{"order_id":5001,"status":"processing","grand_total":"12.5000"}}'
            post /api/webhooks/evershop/product '{"id":"d3","event_id":null,"topic":"webhook_ping","created_at":"2026-11-14T22:13:20Z","data":{}}'
            curl -X POST "$BASE/webhook/evershop" --data-raw "$ORDER" -H "X-EverShop-Signature: t=1,v1=aa"
            """)
        #expect(lines.map { $0.suffix(3) } == ["200", "200", "200", "401"])
        #expect(
            try shell.books.lines(
                "select provider_type, count(*) from events where provider = 'evershop_webhooks' group by 1")
                == ["order_placed|1"])
        #expect(
            try shell.books.lines("select total_amount, stage from order_states where order_id = '5001'")
                == ["12.5000|to_ship"])
    }
}
