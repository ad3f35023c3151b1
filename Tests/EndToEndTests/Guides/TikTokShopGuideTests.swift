import JSON
import StackSuite
import Testing

/// The commands of the TikTok Shop guide that are about receiving, and the events of the guide with the tunnel.
@Suite(.serialized, .stack { try GuideShell.options(&$0) }) struct TikTokShopGuideTests {
    private let shell: GuideShell

    init() throws { shell = try GuideShell() }

    @Test(arguments: ["/health", "/webhook/health"]) func theServerIsRunning(_ path: String) throws {
        let line = try #require(try shell.lines("curl $BASE\(path)").first)
        try #require(line.hasSuffix(" 200"), "\(line)")
        let page = try JSONValue(parsing: Array(line.dropLast(4).utf8))
        for key in ["status", "timestamp", "uptime", "environment"] { #expect(page[key] != nil, "\(key)") }
    }

    /// "Test Webhook Manually": as written, with the placeholder, and then with the signature that it asks for.
    @Test func testWebhookManually() async throws {
        let lines = try shell.lines(
            #"""
            BODY='{
                "timestamp": 1735380000,
                "type": "order_created",
                "shop_id": "test_shop",
                "data": {
                  "order_id": "test_order_123",
                  "order_status": "AWAITING_SHIPMENT",
                  "create_time": 1735380000,
                  "update_time": 1735380000,
                  "items": [],
                  "total_amount": 100.00
                }
              }'
            now=$(date +%s)
            for signature in YOUR_SIGNATURE \
              "$(printf %s "$now$BODY" | openssl dgst -sha256 -hmac "$TIKTOK_APP_SECRET" | cut -d' ' -f2)"; do
            curl -X POST $BASE/webhook/tiktok \
              -H "Content-Type: application/json" \
              -H "x-tiktok-shop-signature: $signature" \
              -H "x-tiktok-shop-timestamp: $now" \
              -d "$BODY"
            done
            curl -X POST $BASE/webhook/tiktok -H "Content-Type: application/json" -d "$BODY"
            """#)
        let refused = #"{"error":"unauthorized"} 401"#
        #expect(
            lines == [
                refused,
                #"{"success":true,"message":"Webhook processed successfully","order_id":"test_order_123"} 200"#,
                refused,
            ])
        #expect(
            try shell.books.lines(
                "select order_id, status, total_amount, shop_id from orders where order_id like 'test%'")
                == ["test_order_123|AWAITING_SHIPMENT|100.00|test_shop"])
        let reason =
            "there is no header authorization (tiktok_shop) and no header x-tiktok-shop-signature (tiktok_shop_guide)"
        #expect(
            try await shell.books.eventually(
                "select error_message from webhook_logs where error_message like 'there is no header%'", are: [reason]))
    }

    /// What TikTok sends to an app behind the tunnel, which hands it on as it is.
    @Test(arguments: [
        ("video.publish.completed", #"{\"share_id\":\"video.6974245311675353080.VDCxrcMJ\"}"#, "video.published"),
        ("video.upload.failed", #"{\"share_id\":\"video.1\"}"#, "video.upload_failed"),
    ])
    func eventsOfApps(_ event: String, _ content: String, _ type: String) throws {
        let lines = try shell.lines(
            """
            now=$(date +%s)
            body='{"client_key":"bwo2m45353a6k85","event":"\(event)","create_time":1615338610,"user_openid":"act.example","content":"\(content)"}'
            signature=$(printf %s "$now.$body" | openssl dgst -sha256 -hmac "$TIKTOK_CLIENT_SECRET" | cut -d' ' -f2)
            curl -X POST $BASE/webhook -H 'Content-Type: application/json' -H "TikTok-Signature: t=$now,s=$signature" --data-raw "$body"
            """)
        #expect(lines == [" 200"])
        #expect(
            try shell.books.lines("select type, subject from events where provider_type = '\(event)'")
                == ["\(type)|account:act.example"])
    }
}
