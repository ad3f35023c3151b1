import JSON
import Ledger
import Outbound
import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// What is registered at the providers is compared with what is expected, and what is off is registered or enabled again:
/// at most twice a day, for the source's own address only, and never what a person has switched off.
@Suite(.blocking) struct SubscriptionWatchTests {
    typealias Shop = ShopStandIns.Shop
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    static let topics: [Shop: [String]] = [
        .tiktok: ["ORDER_STATUS_CHANGE", "PACKAGE_UPDATE"],
        .shopify: ["orders/create", "orders/updated", "products/update"],
        .woocommerce: ["order.created", "order.updated"],
        .bigcommerce: ["store/order/created", "store/order/updated", "store/order/statusUpdated"],
        .square: ["order.created", "order.updated"],
    ]

    static func address(_ shop: Shop) -> String { "https://hooks.example.com/webhook/\(shop.rawValue)" }

    private func task(_ shop: Shop, _ more: String = "") throws -> SubscriptionWatch.Task {
        let topics = (Self.topics[shop] ?? []).joined(separator: ", ")
        let path = "paths: [/webhook/\(shop.rawValue)]"
        let yaml = try world.yaml().replacing(
            path,
            with: "\(path)\n    webhooks: { expect: [\(topics)], address: \"\(Self.address(shop))\"\(more) }")
        return try #require(SubscriptionWatch.Task.all(world.settings(of: yaml), of: shop.rawValue).first)
    }

    private func watch(
        _ shop: Shop, _ more: String = "", send: ((HTTPRequest) -> Void)? = nil
    ) throws -> SubscriptionWatch {
        SubscriptionWatch(
            try task(shop, more),
            world: Reconciler.World(
                now: { world.now },
                send: { request in
                    send?(request)
                    return world.send(request)
                }))
    }

    /// Looks, and says what was found and done.
    private func look(_ shop: Shop, _ more: String = "") throws -> [String] {
        switch try watch(shop, more).run(on: world.batch) {
        case .notTaken: ["not taken"]
        case .failed(let state, _): ["failed \(state)"]
        case .done(let findings, let repaired):
            findings.map { "\($0.topic) \($0.state.rawValue)" }
                + repaired.map { "\($0.repair.rawValue) \($0.topic)" + ($0.trouble.map { ": \($0)" } ?? "") }
        }
    }

    private func pass(minutes: Int64) { world.now = world.now.advanced(bySeconds: minutes * 60) }

    private func entry(_ id: JSONValue, _ topic: String, _ address: String, _ status: String? = nil) -> JSONValue {
        [
            "id": id, "topic": .string(topic), "address": .string(address),
            "status": status.map(JSONValue.string) ?? "on",
        ]
    }

    private func registered(_ shop: Shop) throws -> [String] {
        try world.shops.subscriptions(of: shop).list.map { one in
            "\(one["topic"]?.string ?? "") \(one["address"]?.string ?? "")"
        }.sorted()
    }

    /// Every topic that is missing is registered, for no other address than the source's own.
    @Test(arguments: [Shop.tiktok, .shopify, .woocommerce, .bigcommerce])
    func whatIsMissingIsRegistered(shop: Shop) throws {
        let topics = try #require(Self.topics[shop])
        let elsewhere = entry(1, "another topic", "https://other.example/hook")
        try world.shops.setSubscriptions([elsewhere], of: shop)
        #expect(try look(shop) == topics.map { "\($0) missing" } + topics.map { "register \($0)" })
        #expect(try look(shop) == ["not taken"])
        pass(minutes: 1)
        #expect(try look(shop) == topics.map { "\($0) on" })
        let api = try #require(OrderAPIs.api(try task(shop).action) as? any SubscriptionAPI)
        let wanted = topics.map { "\(type(of: api).canonical($0)) \(Self.address(shop))" }
        #expect(try registered(shop) == (wanted + ["another topic https://other.example/hook"]).sorted())
        #expect(
            try world.value(
                "select string_agg(topic || ' ' || state, ', ' order by id) from webhook_history where until is null")
                == topics.sorted().map { "\($0) on" }.joined(separator: ", "))
    }

    /// WooCommerce needs a secret: that of the source.
    @Test func aNewWebhookHasTheSourcesSecret() throws {
        try world.shops.setSubscriptions([], of: .woocommerce)
        _ = try look(.woocommerce)
        let sent = try world.shops.subscriptions(of: .woocommerce).sent
        let own = try #require(world.environment["SECRET"])
        #expect(sent.map { $0["secret"]?.string } == [own, own])
        #expect(try world.value("select count(*) from webhook_repairs where result is not null") == "0")
    }

    @Test(arguments: [(Shop.woocommerce, "disabled"), (.bigcommerce, "off")])
    func whatTheProviderDisabledIsEnabled(shop: Shop, word: String) throws {
        let topics = try #require(Self.topics[shop])
        try world.shops.setSubscriptions(
            .array(topics.enumerated().map { entry(.number(JSONNumber(Int64($0 + 1))), $1, Self.address(shop), word) }),
            of: shop)
        #expect(try look(shop) == topics.map { "\($0) disabled" } + topics.map { "enable \($0)" })
        pass(minutes: 1)
        #expect(try look(shop) == topics.map { "\($0) on" })
        #expect(try registered(shop).count == topics.count)
    }

    @Test func atMostTwiceADayThenOnlyAnAlarm() throws {
        for round in 0..<4 {
            try world.shops.setSubscriptions(
                [
                    entry(1, "order.updated", Self.address(.woocommerce), "disabled"),
                    entry(2, "order.created", Self.address(.woocommerce), "active"),
                ], of: .woocommerce)
            let found = try look(.woocommerce)
            #expect(found.contains("order.updated disabled"))
            #expect(found.contains("enable order.updated") == (round < 2))
            pass(minutes: 11)
        }
        #expect(try world.value("select topic from webhook_watch where alarm") == "order.updated")
        #expect(
            try world.value("select repairs_last_day::text from webhook_watch where repaired_at is not null") == "2")
        pass(minutes: 24 * 60)
        #expect(try look(.woocommerce).contains("enable order.updated"))
    }

    /// A failed repair counts, and its reason is kept.
    @Test func aRepairThatFails() throws {
        try world.shops.setSubscriptions(
            [entry(1, "order.created", Self.address(.woocommerce), "active")], of: .woocommerce)
        try world.shops.injectIntoChanges("error", of: .woocommerce, times: 1)
        #expect(try look(.woocommerce).last == "register order.updated: answered 500: Internal error")
        #expect(
            try world.value("select repair_failed from webhook_watch where topic = 'order.updated'")
                == "answered 500: Internal error")
        pass(minutes: 1)
        #expect(try look(.woocommerce).last == "register order.updated")
        pass(minutes: 1)
        #expect(try look(.woocommerce) == ["order.created on", "order.updated on"])
    }

    /// Paused at the provider, in the configuration, or deleted by command: nothing is done about it.
    @Test func whatAPersonSwitchedOffStaysOff() throws {
        try world.shops.setSubscriptions(
            [
                entry(1, "order.created", Self.address(.woocommerce), "paused"),
                entry(2, "order.updated", Self.address(.woocommerce), "disabled"),
            ], of: .woocommerce)
        #expect(
            try look(.woocommerce, ", paused: [order.updated]") == ["order.created paused", "order.updated disabled"])
        #expect(
            try world.value(
                "select string_agg(topic || ' ' || state || ' ' || alarm, ', ' order by topic) from webhook_watch")
                == "order.created paused true, order.updated paused false")
        try world.shops.setSubscriptions(
            [
                [
                    "id": "s1", "topic": "order.created order.updated", "address": .string(Self.address(.square)),
                    "status": "off",
                ]
            ],
            of: .square)
        #expect(try look(.square) == ["order.created paused", "order.updated paused"])
        #expect(try world.shops.subscriptions(of: .square).sent.isEmpty)
        #expect(try world.shops.subscriptions(of: .woocommerce).sent.isEmpty)
    }

    @Test func whatWasDeletedByCommandStaysDeleted() throws {
        let id = "gid://shopify/WebhookSubscription/7"
        try world.shops.setSubscriptions(
            .array(
                ["ORDERS_CREATE", "ORDERS_UPDATED", "PRODUCTS_UPDATE"].enumerated().map {
                    entry(.string("gid://shopify/WebhookSubscription/\(7 + $0)"), $1, Self.address(.shopify))
                }), of: .shopify)
        #expect(try look(.shopify).count == 3)
        try world.superuser.execute(
            """
            insert into operator_log (actor, action, subject, details) values ('cli:a', 'webhook.delete', 'webhooks:shopify',
                '{"webhooks":[{"id":"\(id)","events":[],"url":null,"status":"deleted"}]}')
            """)
        try world.shops.setSubscriptions(
            .array([entry("gid://shopify/WebhookSubscription/8", "ORDERS_UPDATED", Self.address(.shopify))]),
            of: .shopify)
        pass(minutes: 11)
        #expect(
            try look(.shopify) == [
                "orders/create paused", "orders/updated on", "products/update missing", "register products/update",
            ])
        pass(minutes: 11)
        #expect(try look(.shopify).first == "orders/create paused")
        try world.superuser.execute(
            """
            insert into operator_log (actor, action, subject, details) values ('cli:a', 'webhook.register', 'webhooks:shopify',
                '{"webhooks":[{"id":"\(id)","events":["ORDERS_CREATE"],"url":"x","status":"registered"}]}')
            """)
        pass(minutes: 11)
        #expect(try look(.shopify).contains("register orders/create"))
    }

    /// TikTok Shop has one address for a topic: that of somebody else is not taken over.
    @Test func anotherAddressIsLeftAlone() throws {
        let other = "https://other.example/hook?key=secret"
        try world.shops.setSubscriptions(
            [
                ["topic": "ORDER_STATUS_CHANGE", "address": .string(other)],
                ["topic": "PACKAGE_UPDATE", "address": .string(Self.address(.tiktok))],
            ], of: .tiktok)
        #expect(try look(.tiktok) == ["ORDER_STATUS_CHANGE elsewhere", "PACKAGE_UPDATE on"])
        #expect(
            try world.value("select detail from webhook_watch where alarm") == "it leads to https://other.example/hook")
        #expect(try world.shops.subscriptions(of: .tiktok).sent.isEmpty)
    }

    /// Square: topics are added to the subscription with our address; a new one would have another key.
    @Test func squareIsExtendedNeverRegistered() throws {
        try world.shops.setSubscriptions(
            [["id": "s1", "topic": "order.created", "address": .string(Self.address(.square))]], of: .square)
        #expect(
            try look(.square) == ["order.created on", "order.updated missing", "register order.updated"])
        pass(minutes: 1)
        #expect(try look(.square) == ["order.created on", "order.updated on"])
        try world.shops.setSubscriptions([], of: .square)
        pass(minutes: 11)
        #expect(try look(.square) == ["order.created missing", "order.updated missing"])
        #expect(try world.value("select count(*) from webhook_watch where alarm") == "2")
        #expect(try world.shops.subscriptions(of: .square).sent.count == 1)
    }

    @Test func anotherVersionIsOnlySaid() throws {
        try world.shops.setSubscriptions(
            .array(
                ["ORDERS_CREATE", "ORDERS_UPDATED", "PRODUCTS_UPDATE"].enumerated().map {
                    entry(.string("gid://\($0)"), $1, Self.address(.shopify))
                }), of: .shopify)
        let found = try look(.shopify, ", api_version: \"2026-01\"")
        #expect(
            found == ["orders/create other_version", "orders/updated other_version", "products/update other_version"])
        #expect(
            try world.value("select min(detail) from webhook_watch where alarm")
                == "its version is 2025-01, not 2026-01")
        #expect(try world.shops.subscriptions(of: .shopify).sent.isEmpty)
    }

    @Test func withoutRepairItOnlyAlarms() throws {
        try world.shops.setSubscriptions([], of: .woocommerce)
        #expect(try look(.woocommerce, ", repair: false") == ["order.created missing", "order.updated missing"])
        #expect(try world.value("select count(*) from webhook_watch where alarm") == "2")
    }

    /// A refused token, limits and wrong answers change no state; the next look comes after a back-off.
    @Test func aProviderThatDoesNotAnswer() throws {
        try world.shops.setSubscriptions([], of: .woocommerce)
        try world.shops.setToken("another", of: .woocommerce)
        #expect(try look(.woocommerce) == ["failed unauthorized"])
        #expect(try world.value("select unauthorized::text || failures from webhook_watch") == "true1")
        #expect(try world.value("select count(*) from webhook_states") == "0")
        #expect(try look(.woocommerce) == ["not taken"])
        try world.shops.setToken("test-token", of: .woocommerce)
        pass(minutes: 10)
        #expect(try look(.woocommerce).count == 4)
        #expect(try world.value("select count(*) from webhook_looks where failures = 0 and last_error is null") == "1")
    }

    /// Killed between the announcement and the answer: the try counts.
    @Test func aKilledRepairCounts() throws {
        try world.shops.setSubscriptions(
            [entry(1, "order.created", Self.address(.woocommerce), "active")], of: .woocommerce)
        let other = try world.connect()
        let pid = try other.query("select pg_backend_pid()::bigint").only().bigint(0)
        let watch = try watch(.woocommerce) { request in
            if request.method == "POST" { try? world.superuser.execute("select pg_terminate_backend(\(pid), 5000)") }
        }
        #expect(throws: PostgresError.self) { try watch.run(on: other) }
        #expect(try world.value("select count(*) from webhook_repairs where is_done is null") == "1")
        #expect(try look(.woocommerce) == ["not taken"], "its lease has not ended")
        pass(minutes: 4)
        #expect(try look(.woocommerce) == ["order.created on", "order.updated on"])
        #expect(try registered(.woocommerce).count == 2)
    }

    /// A run whose lease was given away writes nothing.
    @Test func aLostLeaseWritesNothing() throws {
        try world.shops.setSubscriptions([], of: .woocommerce)
        let watch = try watch(.woocommerce) { request in
            if request.method == "GET" {
                try? world.superuser.execute(
                    "update webhook_looks set token = -1, leased_until = now() + interval '1 hour'")
            }
        }
        guard case .notTaken = try watch.run(on: world.batch) else {
            Issue.record("it worked without its lease")
            return
        }
        #expect(try world.value("select count(*) from webhook_states") == "0")
        #expect(try world.shops.subscriptions(of: .woocommerce).sent.isEmpty)
    }

    /// Time passes, and the orders are compared as usual.
    private func passComparing(minutes: Int64) throws {
        for _ in 0..<(minutes / 3) {
            pass(minutes: 3)
            try world.reconcile(.shopify)
        }
    }

    private func placeOrder(_ id: String) throws {
        let now = Timestamp(seconds: world.now.seconds) ?? world.now
        try world.shops.put(ShopOrder(.shopify, id, placedAt: now, state: .paid).body, in: .shopify)
    }

    /// The reason of a missing order is in the history. Products do not explain orders.
    @Test func theHistoryExplainsMissingOrders() throws {
        try world.reconcile(.shopify)
        let on = ["ORDERS_CREATE", "ORDERS_UPDATED", "PRODUCTS_UPDATE"].enumerated().map {
            entry(.string("gid://\($0)"), $1, Self.address(.shopify))
        }
        try world.shops.setSubscriptions(.array(on), of: .shopify)
        #expect(try look(.shopify).count == 3)
        try passComparing(minutes: 12)
        try world.shops.setSubscriptions(.array([on[0], on[1]]), of: .shopify)
        #expect(try look(.shopify, ", repair: false").last == "products/update missing")
        try placeOrder("41")
        try passComparing(minutes: 12)
        try world.shops.setSubscriptions(.array([on[0], on[2]]), of: .shopify)
        #expect(try look(.shopify, ", repair: false").contains("orders/updated missing"))
        try placeOrder("42")
        try passComparing(minutes: 12)
        try world.shops.setSubscriptions(.array(on), of: .shopify)
        #expect(try look(.shopify) == ["orders/create on", "orders/updated on", "products/update on"])
        try passComparing(minutes: 3)
        try placeOrder("43")
        try passComparing(minutes: 12)
        #expect(
            try world.value("select string_agg(order_id || ' ' || reason, ', ' order by order_id) from missing_orders")
                == "41 not_received, 42 webhook_off, 43 not_received")
        #expect(
            try world.value(
                "select detail like 'orders/updated was missing after 20%' from missing_orders where order_id = '42'")
                == "true")
        #expect(
            try world.value(
                "select string_agg(state || ' ' || (until is null), ', ' order by id) from webhook_history "
                    + "where topic = 'orders/updated'") == "on false, missing false, on true")
    }
}

/// The list of providers in the settings is that of the APIs.
struct SubscriptionProviderTests {
    @Test func theProvidersWithAnAPI() throws {
        let world = try ShopWorld(now: SystemClock.now)
        let able = world.settings.actions.filter { (ListingAPIs.api($0) ?? OrderAPIs.api($0)) is any SubscriptionAPI }
            .compactMap {
                $0.text("provider")
            }
        #expect(Set(able) == Set(WebhookSettings.providers))
    }
}
