import JSON
import StackSuite
import Testing

/// The commands of the ROMS guide.
@Suite(.serialized, .stack { try GuideShell.options(&$0) }) struct ROMSGuideTests {
    private let shell: GuideShell

    init() throws { shell = try GuideShell() }

    /// What is answered to a stored order.
    private func expectAccepted(_ line: String, _ number: String) throws {
        try #require(line.hasSuffix(" 200"), "\(line)")
        let row = try shell.books.count("select id from orders where source = 'roms' and order_id = '\(number)'")
        #expect(
            line.dropLast(4)
                == #"{"success":true,"message":"Order received and processed successfully","order_id":\#(row),"order_number":"\#(number)"}"#
        )
    }

    @Test func step3SendsATestOrder() throws {
        let lines = try shell.lines(
            """
            for time in first second; do
            curl -X POST $BASE/api/v2/webhooks/orders \\
              -H "Content-Type: application/json" \\
              -d '{
                "order_number": "12345",
                "product": "Nike Shoes",
                "price": 99.99,
                "quantity": 1,
                "email": "customer@example.com",
                "status": "pending"
              }'
            done
            """)
        #expect(lines.count == 2 && lines.first == lines.last)
        try expectAccepted(try #require(lines.first), "12345")
        #expect(
            try shell.books.lines("select product, price, quantity, email, status from orders where order_id = '12345'")
                == ["Nike Shoes|99.99|1|customer@example.com|pending"])
        #expect(
            try shell.books.lines("select verification, type from events where subject = 'order:12345'")
                == ["unverified|order.updated"])
    }

    @Test func minimalStandardCompleteAndUpdate() throws {
        let bodies = [
            #"{"order_number": "ORD-001"}"#,
            #"{"order_number": "ORD-001", "product": "Nike Air Max", "price": 120.00, "quantity": 1, "email": "customer@example.com", "status": "pending"}"#,
            #"{"order_number": "ORD-001", "product": "Nike Air Max", "price": 120.00, "total": 120.00, "commission": 15.00, "quantity": 1, "email": "customer@example.com", "customer_name": "John Doe", "profile": "Profile1", "proxy_list": "Proxy1", "reference_number": "REF123", "status": "verified", "tracking_number": "1Z999AA10123456784", "order_date": "2024-10-27T10:30:00Z"}"#,
            #"{"order_number": "ORD-001", "status": "shipped", "tracking_number": "1Z999AA10123456785"}"#,
        ]
        for body in bodies {
            let line = try #require(
                try shell.lines(
                    "curl -X POST $BASE/api/v2/webhooks/orders -H 'Content-Type: application/json' -d '\(body)'"
                ).first)
            try expectAccepted(line, "ORD-001")
        }
        let columns =
            "product, price, total, commission, quantity, email, customer_name, profile, proxy_list, reference_number, "
            + "status, tracking_number, order_date"
        #expect(
            try shell.books.lines("select \(columns) from orders where order_id = 'ORD-001'") == [
                "Nike Air Max|120.00|120.00|15.00|1|customer@example.com|John Doe|Profile1|Proxy1|REF123|shipped|"
                    + "1Z999AA10123456785|2024-10-27T10:30:00.000Z"
            ])
        // Only what changed is in the history.
        #expect(
            try shell.books.lines(
                "select field, old #>> '{}', new #>> '{}' from order_events where order_id = 'ORD-001' and field in ('status', 'price', "
                    + "'tracking_number') order by received_at, field")
                == [
                    "price||120.00", "status||pending", "status|pending|verified",
                    "tracking_number||1Z999AA10123456784",
                    "status|verified|shipped", "tracking_number|1Z999AA10123456784|1Z999AA10123456785",
                ])
    }

    /// The guide's own lines; Python's `json.dumps` writes spaces behind colons and commas, `JSON.stringify` none.
    @Test(arguments: [
        #"{"order_number":"12346","product":"Nike Shoes","price":99.99}"#,
        #"{"order_number": "12347", "product": "Nike Shoes", "price": 99.99}"#,
    ])
    func signed(_ payload: String) throws {
        let lines = try shell.lines(
            """
            SECRET="your-webhook-secret"
            PAYLOAD='\(payload)'
            SIGNATURE=$(echo -n "$PAYLOAD" | openssl dgst -sha256 -hmac "$SECRET" | cut -d' ' -f2)

            curl -X POST $BASE/api/v2/webhooks/orders \\
              -H "Content-Type: application/json" \\
              -H "X-Webhook-Signature: $SIGNATURE" \\
              -d "$PAYLOAD"
            curl -X POST $BASE/api/v2/webhooks/orders \\
              -H "Content-Type: application/json" \\
              -H "X-Webhook-Signature: $(echo "$SIGNATURE" | tr 0123456789abcdef 123456789abcdef0)" \\
              -d "$PAYLOAD"
            """)
        let number = payload.contains("12346") ? "12346" : "12347"
        try expectAccepted(try #require(lines.first), number)
        #expect(lines.last == #"{"success":false,"error":"Invalid signature"} 401"#)
        #expect(
            try shell.books.lines("select verification, key_id from events where subject = 'order:\(number)'")
                == ["signature|WEBHOOK_SECRET"])
    }

    @Test(arguments: [#"{"product": "Nike Shoes"}"#, #"{"order_number": "#, "", "[]"])
    func whatIsNoOrderIsRefusedWithItsReason(_ body: String) throws {
        let line = try #require(
            try shell.lines(
                "curl -X POST $BASE/api/v2/webhooks/orders -H 'Content-Type: application/json' --data-raw '\(body)'"
            ).first)
        #expect(line.hasSuffix(" 400"))
        let answer = try JSONValue(parsing: Array(line.dropLast(4).utf8))
        #expect(answer["success"] == false && answer["detail"]?.string?.isEmpty == false)
    }

    /// The guide gives this address to merchants of Shopify and WooCommerce: what they send is theirs, with their secrets.
    @Test func otherShopsAreRecognizedByTheirHeaders() throws {
        let lines = try shell.lines(
            """
            post() { curl -X POST "$BASE/api/v2/webhooks/orders" -H 'Content-Type: application/json' --data-raw "$BODY" "$@"; }
            sign() { printf %s "$BODY" | openssl dgst -sha256 -hmac "$1" -binary | base64; }
            BODY='{"id":450789469,"name":"#1001","order_number":1001,"total_price":"398.00","updated_at":"2024-01-01T00:00:00Z"}'
            post -H 'X-Shopify-Topic: orders/create'
            post -H 'X-Shopify-Topic: orders/create' -H "X-Shopify-Hmac-Sha256: $(sign "$WEBHOOK_SECRET")"
            post -H 'X-Shopify-Topic: orders/create' -H "X-Shopify-Hmac-Sha256: $(sign "$SHOPIFY_WEBHOOK_SECRET")"
            BODY='{"id":727,"status":"processing","total":"29.35","date_modified_gmt":"2017-03-22T19:28:08"}'
            post -H 'X-WC-Webhook-Topic: order.created'
            post -H 'X-WC-Webhook-Topic: order.created' -H "X-WC-Webhook-Signature: $(sign "$WOOCOMMERCE_WEBHOOK_SECRET")"
            curl -X POST "$BASE/api/v2/webhooks/orders" -d webhook_id=5
            """)
        let refused = #"{"error":"unauthorized"} 401"#
        #expect(lines == [refused, refused, " 200", refused, " 200", " 200"])
        #expect(
            try shell.books.lines(
                "select provider, order_id, status, total_amount from orders where order_id in ('450789469', '727', '1001') "
                    + "order by provider") == ["shopify|450789469||398.00", "woocommerce|727|processing|29.35"])
        #expect(try shell.books.count("select count(*) from events where body = 'webhook_id=5'") == 0)
    }
}
