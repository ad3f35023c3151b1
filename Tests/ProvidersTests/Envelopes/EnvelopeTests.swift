import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("Providers known by their envelope")
struct EnvelopeTests {
    /// A delivery and what is to be read of it.
    struct Sample: Sendable, CustomTestStringConvertible {
        let provider: String
        var headers: [(String, String)] = []
        let body: String
        let providerType: String
        let type: String
        var subject: String?
        var shop: String?
        var time: String?

        var testDescription: String { "\(provider): \(providerType)" }
    }

    static let samples = [
        Sample(
            provider: "standard_webhooks", headers: [("webhook-id", "m1"), ("webhook-timestamp", "1674087231")],
            body: #"{"type":"contact.created","timestamp":"2022-11-03T20:26:10.344522Z","data":{}}"#,
            providerType: "contact.created", type: "contact.created", time: "2022-11-03T20:26:10.344Z"),
        Sample(
            provider: "standard_webhooks_v1a", headers: [("webhook-id", "m1"), ("webhook-timestamp", "1674087231")],
            body: #"{"type":"a"}"#, providerType: "a", type: "a", time: "2023-01-19T00:13:51.000Z"),
        Sample(
            provider: "bigcommerce",
            body:
                #"{"store_id":"1025646","producer":"stores/abcde","scope":"store/order/statusUpdated","data":{"type":"order","id":250},"hash":"dd70c0","created_at":1561479335}"#,
            providerType: "store/order/statusUpdated", type: "order.updated", subject: "order:250", shop: "abcde",
            time: "2019-06-25T16:15:35.000Z"),
        Sample(
            provider: "bigcommerce",
            body: #"{"producer":"stores/x","scope":"store/cart/updated","data":{"type":"cart","id":"c-1"}}"#,
            providerType: "store/cart/updated", type: "cart.updated", subject: "cart:c-1", shop: "x"),
        // A channel's hooks name the cart by a member of its own.
        Sample(
            provider: "bigcommerce",
            body: #"{"producer":"stores/x","scope":"store/channel/4/cart/created","data":{"cart_id":"c-2"}}"#,
            providerType: "store/channel/4/cart/created", type: "cart.created", subject: "cart:c-2", shop: "x"),
        Sample(
            provider: "paypal",
            body:
                #"{"id":"WH-1","event_type":"CUSTOMER.DISPUTE.CREATED","create_time":"2021-03-01T00:00:00Z","resource_type":"dispute","resource":{"dispute_id":"PP-1"}}"#,
            providerType: "CUSTOMER.DISPUTE.CREATED", type: "CUSTOMER.DISPUTE.CREATED", subject: "dispute:PP-1",
            time: "2021-03-01T00:00:00.000Z"),
        Sample(
            provider: "stripe",
            body:
                #"{"id":"evt_1","type":"charge.refunded","created":1614556800,"account":"acct_1","data":{"object":{"object":"charge","id":"ch_1"}}}"#,
            providerType: "charge.refunded", type: "charge.refunded", subject: "charge:ch_1", shop: "acct_1",
            time: "2021-03-01T00:00:00.000Z"),
        Sample(
            provider: "github", headers: [("X-GitHub-Event", "issues")],
            body: #"{"action":"opened","issue":{},"repository":{"full_name":"o/r"},"organization":{"login":"o"}}"#,
            providerType: "issues.opened", type: "issues.opened", subject: "repository:o/r", shop: "o"),
        Sample(
            provider: "github", headers: [("X-GitHub-Event", "push")], body: #"{"ref":"refs/heads/main"}"#,
            providerType: "push", type: "push"),
        Sample(
            provider: "slack",
            body:
                #"{"type":"event_callback","team_id":"T1","event_id":"Ev1","event_time":1614556800,"event":{"type":"message","channel":"C1"}}"#,
            providerType: "message", type: "message", subject: "channel:C1", shop: "T1",
            time: "2021-03-01T00:00:00.000Z"),
        // JSON in a form.
        Sample(
            provider: "github",
            headers: [("X-GitHub-Event", "issues"), ("Content-Type", "application/x-www-form-urlencoded")],
            body:
                "payload=%7B%22action%22%3A%22opened%22%2C%22issue%22%3A%7B%22updated_at%22%3A%222021-03-01T00%3A00%3A00Z%22%7D%7D",
            providerType: "issues.opened", type: "issues.opened", time: "2021-03-01T00:00:00.000Z"),
        Sample(
            provider: "slack", headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body:
                "payload=%7B%22type%22%3A%22block_actions%22%2C%22team%22%3A%7B%22id%22%3A%22T1%22%7D%2C%22channel%22%3A%7B%22id%22%3A%22C1%22%7D%7D",
            providerType: "block_actions", type: "block_actions", subject: "channel:C1", shop: "T1"),
        Sample(
            provider: "slack", headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "team_id=T1&command=%2Fship&text=a+b", providerType: "/ship", type: "/ship", shop: "T1"),
        Sample(
            provider: "meta",
            body: #"{"object":"page","entry":[{"id":"p1","time":1614556800,"changes":[{"field":"feed","value":{}}]}]}"#,
            providerType: "page.feed", type: "page.feed", subject: "account:p1", time: "2021-03-01T00:00:00.000Z"),
        Sample(
            provider: "meta", body: #"{"object":"instagram","entry":[{"id":"i","time":1614556800123,"messaging":[]}]}"#,
            providerType: "instagram", type: "instagram", subject: "account:i", time: "2021-03-01T00:00:00.123Z"),
        Sample(
            provider: "square",
            body:
                #"{"merchant_id":"M","type":"order.updated","event_id":"e","created_at":"2020-04-16T23:14:26Z","data":{"type":"order_updated","id":"O1","object":{"order_updated":{"state":"CANCELED"}}}}"#,
            providerType: "order.updated", type: "order.updated", subject: "order:O1", shop: "M",
            time: "2020-04-16T23:14:26.000Z"),
        Sample(
            provider: "etsy", headers: [("webhook-id", "m1"), ("webhook-timestamp", "1614556800")],
            body:
                #"{"event_type":"order.paid","resource_url":"https://api.etsy.com/v3/application/shops/1/receipts/2","shop_id":1}"#,
            providerType: "order.paid", type: "order.paid", subject: "order:2", shop: "1",
            time: "2021-03-01T00:00:00.000Z"),
        Sample(
            provider: "printify",
            body:
                #"{"id":"u","type":"order:shipment:created","created_at":"2022-05-17 15:00:00+00:00","resource":{"id":"5a96","type":"order","data":{"shop_id":815256}}}"#,
            providerType: "order:shipment:created", type: "package.shipped", subject: "order:5a96", shop: "815256",
            time: "2022-05-17T15:00:00.000Z"),
        Sample(
            provider: "printify",
            body: #"{"id":"u","type":"shop:disconnected","resource":{"id":815256,"type":"shop","data":null}}"#,
            providerType: "shop:disconnected", type: "authorization.removed", subject: "shop:815256"),
        Sample(
            provider: "shippo",
            body:
                #"{"event":"track_updated","data":{"tracking_number":"9205","tracking_status":{"status_date":"2023-01-01T00:00:00Z"}}}"#,
            providerType: "track_updated", type: "package.updated", subject: "package:9205",
            time: "2023-01-01T00:00:00.000Z"),
        Sample(
            provider: "paypal",
            body:
                #"{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","create_time":"2018-19-12T22:20:32.000Z","resource_type":"capture","resource":{"id":"C1"}}"#,
            providerType: "PAYMENT.CAPTURE.COMPLETED", type: "PAYMENT.CAPTURE.COMPLETED", subject: "capture:C1"),
        Sample(
            provider: "ebay",
            body:
                #"{"metadata":{"topic":"MARKETPLACE_ACCOUNT_DELETION"},"notification":{"notificationId":"n","eventDate":"2021-03-19T20:43:59.462Z","data":{"userId":"u"}}}"#,
            providerType: "MARKETPLACE_ACCOUNT_DELETION", type: "customer.redact", subject: "account:u",
            time: "2021-03-19T20:43:59.462Z"),
        Sample(
            provider: "aws_sns", headers: [("Content-Type", "text/plain; charset=UTF-8")],
            body:
                #"{"Type":"SubscriptionConfirmation","MessageId":"m","TopicArn":"arn:t","Timestamp":"2012-04-26T20:45:04.751Z","SubscribeURL":"https://sns.us-west-2.amazonaws.com/"}"#,
            providerType: "SubscriptionConfirmation", type: "subscription.confirmation", subject: "topic:arn:t",
            time: "2012-04-26T20:45:04.751Z"),
        Sample(
            provider: "discord", body: #"{"id":"9951","type":2,"guild_id":"g","channel_id":"c"}"#, providerType: "2",
            type: "2", subject: "channel:c", shop: "g"),
        Sample(
            provider: "twilio", headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "MessageSid=SM1&MessageStatus=delivered&AccountSid=AC1", providerType: "message.delivered",
            type: "message.delivered", subject: "message:SM1", shop: "AC1"),
        Sample(
            provider: "twitch",
            headers: [
                ("Twitch-Eventsub-Message-Id", "m"), ("Twitch-Eventsub-Message-Type", "revocation"),
                ("Twitch-Eventsub-Message-Timestamp", "2019-11-16T10:11:12.634234626Z"),
            ],
            body: #"{"subscription":{"type":"channel.follow"},"event":{"user_id":"1","broadcaster_user_id":"2"}}"#,
            providerType: "channel.follow", type: "channel.follow", subject: "account:2",
            time: "2019-11-16T10:11:12.634Z"),
        // The header that tells a revocation from an event is not signed.
        Sample(
            provider: "twitch", headers: [("Twitch-Eventsub-Message-Type", "notification")],
            body:
                #"{"subscription":{"type":"channel.follow","status":"authorization_revoked","condition":{"broadcaster_user_id":"2"}}}"#,
            providerType: "revocation", type: "subscription.removed", subject: "account:2"),
        Sample(
            provider: "twitter_x",
            body:
                #"{"user_event":{"revoke":{"date_time":"2018-05-24T09:48:12+00:00","target":{"app_id":"1"},"source":{"user_id":"6"}}}}"#,
            providerType: "user_event.revoke", type: "authorization.removed", subject: "account:6",
            time: "2018-05-24T09:48:12.000Z"),
        Sample(
            provider: "twilio", headers: [("Content-Type", "application/json")],
            body:
                #"[{"id":"EZ1","type":"com.twilio.messaging.message.sent","time":"2021-03-01T00:00:00Z","data":{"messageSid":"SM1","accountSid":"AC1"}}]"#,
            providerType: "com.twilio.messaging.message.sent", type: "com.twilio.messaging.message.sent",
            subject: "message:SM1", shop: "AC1", time: "2021-03-01T00:00:00.000Z"),
        Sample(
            provider: "twitter_x",
            body: #"{"for_user_id":"7","tweet_create_events":[{"timestamp_ms":"1614556800123"}]}"#,
            providerType: "tweet_create_events", type: "tweet_create_events", subject: "account:7", shop: "7",
            time: "2021-03-01T00:00:00.123Z"),
        Sample(
            provider: "adyen",
            body:
                #"{"live":"false","notificationItems":[{"NotificationRequestItem":{"eventCode":"AUTHORISATION","pspReference":"79","eventDate":"2018-11-06T13:00:00+01:00","merchantAccountCode":"Acc","success":"true"}}]}"#,
            providerType: "AUTHORISATION", type: "AUTHORISATION", subject: "payment:79", shop: "Acc",
            time: "2018-11-06T12:00:00.000Z"),
        Sample(
            provider: "wise",
            body:
                #"{"event_type":"transfers#state-change","sent_at":"2020-01-01T12:34:57Z","data":{"resource":{"type":"transfer","id":111,"profile_id":222},"occurred_at":"2020-01-01T12:34:56Z"}}"#,
            providerType: "transfers#state-change", type: "transfers#state-change", subject: "transfer:111",
            shop: "222",
            time: "2020-01-01T12:34:56.000Z"),
        Sample(
            provider: "generic_hmac_sha256_hex", body: #"{"event":"a.b","timestamp":1614556800}"#, providerType: "a.b",
            type: "a.b"),
        Sample(provider: "basic_auth", body: "{}", providerType: "delivery", type: "delivery"),
    ]

    @Test("Type, subject, shop and time", arguments: samples)
    func envelope(_ sample: Sample) throws {
        let event = try read(sample.body, by: sample.provider, sample.headers)
        #expect(event.provider == sample.provider)
        #expect(event.providerType == sample.providerType && event.type == sample.type)
        #expect(event.subject == sample.subject && event.shopID == sample.shop)
        #expect(event.occurredAt?.rfc3339 == sample.time)
    }

    @Test("Every provider that is kept by its envelope has a sample")
    func complete() {
        let envelopes = ProviderRegistry.all.filter { provider in
            provider is EnvelopeProvider && !["generic_hmac_", "rfc9421_"].contains(where: provider.name.hasPrefix)
        }
        #expect(Set(envelopes.map(\.name)).subtracting(Self.samples.map(\.provider)) == ["api_key"])
    }

    @Test("What cannot be read is kept as unrecognized, by its bytes", arguments: ["hello", "", "7", "[]", "\u{0}"])
    func misfits(body: String) throws {
        for provider in ProviderRegistry.all where provider is EnvelopeProvider {
            let event = try read(body, by: provider.name)
            #expect(event.type == "unrecognized" && event.record == .none, "\(provider.name)")
            #expect(event.dedupeKey.windowSeconds == 600, "\(provider.name)")
            #expect(event.reason == "the body is neither a JSON object nor a form", "\(provider.name)")
        }
    }

    @Test(
        "Orders that such senders point at",
        arguments: [
            (
                "bigcommerce",
                #"{"scope":"store/order/created","producer":"stores/x","data":{"type":"order","id":250}}"#, "250", nil,
                0
            ),
            ("bigcommerce", #"{"scope":"store/channel/5/order/updated","data":{"order_id":127}}"#, "127", nil, 0),
            (
                "bigcommerce",
                #"{"scope":"store/order/transaction/created","data":{"type":"transaction","id":9,"order_id":"250"}}"#,
                "250",
                nil, 0
            ),
            (
                "bigcommerce", #"{"scope":"store/shipment/created","data":{"type":"shipment","id":12,"orderId":251}}"#,
                "251", nil, 0
            ),
            (
                "bigcommerce",
                #"{"scope":"store/order/metafield/created","data":{"metafield_id":14,"resource_id":"270"}}"#, "270",
                nil,
                0
            ),
            (
                "square", #"{"type":"order.created","data":{"id":"O","object":{"order_created":{"state":"OPEN"}}}}"#,
                "O", "OPEN", 10
            ),
            ("etsy", #"{"event_type":"order.canceled","resource_url":"https://x/receipts/2"}"#, "2", nil, 0),
        ] as [(String, String, String, String?, Int)])
    func pointers(provider: String, body: String, id: String, status: String?, rank: Int) throws {
        let order = try #require(read(body, by: provider).order)
        #expect(order.id == id && order.fields[.needsDetail] == true)
        #expect(order.fields[.status]?.string == status && order.statusRank == rank)
    }

    @Test("What is not the order's id makes no order")
    func otherIDs() throws {
        let event = try read(
            #"{"scope":"store/order/metafield/created","data":{"type":"metafield","id":9}}"#, by: "bigcommerce")
        #expect(event.record == .none && event.subject == "metafield:9")
    }

    @Test("The store of BigCommerce's ids is signed; nobody else's ids are a shop's own")
    func shopKeys() throws {
        #expect(
            try read(#"{"scope":"store/order/created","producer":"stores/ABCDE"}"#, by: "bigcommerce").shopKey
                == "abcde")
        #expect(try read(#"{"scope":"store/order/created","store_id":"7"}"#, by: "bigcommerce").shopKey == "7")
        for sample in Self.samples where sample.provider != "bigcommerce" {
            #expect(try read(sample.body, by: sample.provider, sample.headers).shopKey == "", "\(sample.provider)")
        }
    }

    @Test("Who never tells a time lives by arrival", arguments: ["api_key", "basic_auth", "generic_hmac_sha256_hex"])
    func arrival(provider: String) throws {
        #expect(try read(#"{"type":"a","timestamp":1614556800}"#, by: provider).timing == .arrival)
        #expect(try read(#"{"id":"1"}"#, by: "stripe").timing == .own)
        #expect(try read(#"{"order_number":1}"#, by: "roms").timing == .arrival)
    }

    @Test("Twilio by GET: the query is the form")
    func byGet() throws {
        let provider = try #require(ProviderRegistry.named("twilio"))
        #expect(provider.deliversByGet)
        #expect(ProviderRegistry.all.filter(\.deliversByGet).count == 1)
        var received = delivery(body: [])
        received.method = "GET"
        received.query = "MessageSid=SM1&MessageStatus=delivered&AccountSid=AC1"
        let verified = try provider.scheme.verify(received, keyring: ring, policy: .none, now: noon)
        let event = try normalize(verified, by: provider).event
        #expect(event.type == "message.delivered" && event.subject == "message:SM1" && event.shopID == "AC1")
    }

    @Test("A byte of Latin-1 is read, and its member named")
    func latin() throws {
        let provider = try #require(ProviderRegistry.named("stripe"))
        let body = Array(#"{"id":"1","type":"a","name":"Jos"#.utf8) + [0xE9] + Array(#""}"#.utf8)
        let verified = try provider.scheme.verify(delivery(body: body), keyring: ring, policy: .none, now: noon)
        let event = try normalize(verified, by: provider).event
        #expect(event.type == "a" && event.unreadFields == ["name"])
    }
}
