import StackSuite
import Testing

/// The requests of the comment moderation guide, of TikTok's own apps, and the handshakes of other senders.
@Suite(.serialized, .stack { try GuideShell.options(&$0) }) struct CommentGuideTests {
    private let shell: GuideShell

    init() throws { shell = try GuideShell() }

    @Test func sampleWebhookEvent() throws {
        let lines = try shell.lines(
            """
            sample() {
              printf '{"type": "%s", "comment_id": "comment_id_here", "video_id": "video_id_here", "text": "This is a new comment", "user_id": "user_id_here", "username": "@username", "created_at": 1234567890}' "$1"
            }
            post() {
              curl -X POST $BASE/webhook -H 'Content-Type: application/json' --data-raw "$(sample "$1")" \\
                -H "X-TikTok-Signature: $(sample "$1" | openssl dgst -sha256 -hmac "$2" | cut -d' ' -f2)"
            }
            post video_comment_deleted your-webhook-secret
            post video_comment_created your-webhook-secret
            post video_comment_created wrong
            curl -X POST $BASE/webhook -d '{}'
            """)
        #expect(
            lines == [
                #"{"status":"ok"} 200"#, #"{"status":"ok"} 200"#, #"{"error":"Invalid signature"} 401"#,
                #"{"error":"Invalid signature"} 401"#,
            ])
        #expect(
            try shell.books.lines("select comment_id, video_id, text, user_id, username, deleted from comments")
                == ["comment_id_here|video_id_here|This is a new comment|user_id_here|@username|t"])
    }

    @Test func tikToksOwnAppsOnTheSamePath() throws {
        let lines = try shell.lines(
            #"""
            post() {
              now=$(date +%s)
              signature=$(printf %s "$now.$2" | openssl dgst -sha256 -hmac "$1" | cut -d' ' -f2)
              body=$2; shift 2
              curl -X POST $BASE/webhook -H "TikTok-Signature: t=$now,s=$signature" --data-raw "$body" "$@"
            }
            post "$TIKTOK_CLIENT_SECRET" '{"client_key":"k","event":"tiktok.ping","create_time":1752894700622,"content":"{\"reason\":\"testing Webhook\"}"}'
            post "$TIKTOK_CLIENT_SECRET" '{"client_key":"k","event":"authorization.removed","create_time":1615338610,"user_openid":"act.example","content":"{\"reason\": 1 }"}'
            post "$TIKTOK_BUSINESS_SECRET" '{"client_key":"k","event":"comment.update","create_time":1675350001,"content":"{\"comment_id\":7193456700000000001,\"comment_action\":\"insert\",\"timestamp\":1675350000123,\"text\":\"Nice\"}"}' -H 'Webhook-Schema-Version: 1'
            post wrong '{"event":"tiktok.ping"}'
            """#)
        #expect(lines == [" 200", " 200", " 200", #"{"error":"unauthorized"} 401"#])
        #expect(try shell.books.count("select count(*) from events where provider_type = 'tiktok.ping'") == 0)
        #expect(
            try shell.books.lines("select customer_id, status from customers") == ["act.example|authorization.removed"])
        #expect(
            try shell.books.lines("select text, deleted from comments where comment_id = '7193456700000000001'") == [
                "Nice|f"
            ]
        )
    }

    @Test func handshakesAreAnsweredAndNoEvents() throws {
        let before = try shell.books.count("select count(*) from events")
        let lines = try shell.lines(
            #"""
            curl "$BASE/webhook/meta?hub.mode=subscribe&hub.verify_token=$META_VERIFY_TOKEN&hub.challenge=1158201444"
            curl "$BASE/webhook/meta?hub.mode=subscribe&hub.verify_token=other&hub.challenge=1158201444"
            curl "$BASE/webhook/ebay?challenge_code=a8628072" | grep -c challengeResponse
            curl "$BASE/webhook/twitter_x?crc_token=a%2Bb%2Fc"
            printf '{"response_token":"sha256=%s"} 200\n' "$(printf 'a+b/c' | openssl dgst -sha256 -hmac "$TWITTER_X_WEBHOOK_SECRET" -binary | base64)"
            curl "$BASE/webhook/twitter_x?crc_token=%7B%22for_user_id%22%3A%227%22%7D"
            curl -X POST $BASE/webhook/woocommerce -d webhook_id=5
            now=$(date +%s)
            body='{"token":"J","challenge":"3eZbrw1aBm2rZgRNFdxV","type":"url_verification"}'
            curl -X POST $BASE/webhook/slack --data-raw "$body" -H "X-Slack-Request-Timestamp: $now" \
              -H "X-Slack-Signature: v0=$(printf %s "v0:$now:$body" | openssl dgst -sha256 -hmac "$SLACK_WEBHOOK_SECRET" | cut -d' ' -f2)"
            curl -X POST $BASE/webhook/slack --data-raw "$body" -H "X-Slack-Request-Timestamp: $now" -H "X-Slack-Signature: v0=00"
            body=$(mktemp); signed=$(mktemp)
            printf '{"type":1,"id":"1"}' >"$body"
            { printf %s "$now"; cat "$body"; } >"$signed"
            signature=$(openssl pkeyutl -sign -inkey "$DISCORD_PRIVATE_KEY" -rawin -in "$signed" | od -An -tx1 | tr -d ' \n')
            curl -X POST $BASE/webhook/discord --data-binary "@$body" -H "X-Signature-Timestamp: $now" -H "X-Signature-Ed25519: $signature"
            curl -X POST $BASE/webhook/discord --data-binary "@$body" -H "X-Signature-Timestamp: ${now}0" -H "X-Signature-Ed25519: $signature"
            rm "$body" "$signed"
            """#)
        let refused = #"{"error":"unauthorized"} 401"#
        try #require(lines.count == 11, "\(lines)")
        #expect(lines[0] == "1158201444 200" && lines[1] == #"{"error":"forbidden"} 403"#)
        #expect(lines[2] == "1" && lines[3] == lines[4] && lines[6] == " 200")
        // What signs deliveries signs no delivery for whoever asks.
        #expect(lines[5] == #"{"error":"method_not_allowed"} 405"#)
        #expect(lines[7] == "3eZbrw1aBm2rZgRNFdxV 200" && lines[8] == refused)
        #expect(lines[9] == #"{"type":1} 200"# && lines[10] == refused)
        #expect(try shell.books.count("select count(*) from events") == before)
    }

    @Test(arguments: ["meta", "ebay", "stripe", "shopify"]) func anythingElseByGETIs405(_ provider: String) throws {
        let lines = try shell.lines("curl $BASE/webhook/\(provider)")
        #expect(lines == [#"{"error":"method_not_allowed"} 405"#])
    }
}
