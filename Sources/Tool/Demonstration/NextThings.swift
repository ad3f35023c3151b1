import LocalStack

/// Suggestions for a developer once the stack is up.
struct NextThings {
    private let stack: LocalStack

    init(_ stack: LocalStack) { self.stack = stack }

    func show() {
        let folder = stack.folder
        Console.say(
            """

            https  \(stack.state.url)   certificate: \(folder.certificate)
            http   \(stack.state.plainURL)
            logs   \(folder.logs)

            \(StackLinks.text(stack.state))

            In another terminal:
              . \(folder.environment)
              curl --cacert "$HOOKLEDGER_CA" "$HOOKLEDGER_URL/health"
              psql "$HOOKLEDGER_READER" -c 'select order_id, status, total_amount, processed from tiktok_orders'
              psql "$HOOKLEDGER_READER" -c 'select * from job_log' -c 'select * from webhook_logs' -x
              psql "$HOOKLEDGER_DATABASE"     # everything, as the superuser; \\d+ explains the tables and views
            """)
        Console.say(
            #"""

            A signed order by hand:
              body='{"timestamp":1735380000,"type":"order_created","shop_id":"test_shop","data":{"order_id":"by_hand_1",
                "order_status":"AWAITING_SHIPMENT","create_time":1735380000,"update_time":1735380000,"items":[],
                "total_amount":100.00}}'
              now=$(date +%s)
              signature=$(printf %s "$now$body" | openssl dgst -sha256 -hmac "$TIKTOK_APP_SECRET" | sed 's/.*= //')
              curl --cacert "$HOOKLEDGER_CA" "$HOOKLEDGER_URL/webhook/tiktok" -H 'Content-Type: application/json' \
                -H "x-tiktok-shop-signature: $signature" -H "x-tiktok-shop-timestamp: $now" --data-raw "$body" -w '\n'
            Send it again: the same answer, and still one row. Change the signature: 401.
            """#)
    }
}
