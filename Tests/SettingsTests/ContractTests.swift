import Crypto
import Providers
import Settings
import Testing
import Verification
import Webhooks

@Suite("Sources that speak several contracts")
struct ContractTests {
    private static let mixed = """
        sources:
          orders:
            paths: /api/v2/webhooks/orders
            tolerance: 1min
            credentials: { app_key: { env: KEY } }
            providers:
              roms: { secrets: { env: ROMS }, verification: optional }
              shopify: { secrets: [ { env: SHOPIFY }, { env: OLD } ] }
              woocommerce: { secrets: { env: WOO }, tolerance: 2min, credentials: { app_key: { env: OTHER } } }
        """
    private static let variables = [
        "ROMS": "r", "SHOPIFY": "s", "OLD": "o", "WOO": "w", "KEY": "k", "OTHER": "k2",
    ]

    private static func delivery(_ headers: [String], body: String = "{}", type: String = "application/json")
        -> Delivery
    {
        Delivery(
            requestID: "", receivedAt: Machine.now, path: "/",
            headers: HeaderFields(
                headers.map { ($0, "x") } + [("content-type", type)]), body: Array(body.utf8))
    }

    @Test("each provider can have its own secrets, and takes the rest from the source")
    func own() throws {
        let settings = try Machine(Self.mixed, environment: Self.variables).load()
        let source = try #require(settings.source(forPath: "/api/v2/webhooks/orders"))
        #expect(source.providers == ["roms", "shopify", "woocommerce"])
        let contracts = source.contracts
        #expect(contracts.map { $0.keyring.secrets.map(\.keyID) } == [["ROMS"], ["SHOPIFY", "OLD"], ["WOO"]])
        #expect(contracts.map(\.verification) == [.optional, .required, .required])
        #expect(contracts.map(\.tolerance) == [60, 60, 120])
        #expect(contracts[1].keyring.credentials["app_key"]?.equals(Array("k".utf8)) == true)
        #expect(contracts[2].keyring.credentials["app_key"]?.equals(Array("k2".utf8)) == true)
        // A source that takes unsigned deliveries is named, and nothing else is said.
        #expect(
            settings.problems.filter { $0.severity != .notice }.map(\.message) == [
                "sources.orders accepts unsigned deliveries of roms, because verification is optional"
            ])
    }

    @Test("what is missing for one provider is reported for it alone")
    func missing() {
        let machine = Machine(Self.mixed, environment: Self.variables.filter { $0.key != "WOO" })
        let warnings = machine.problems.filter { $0.contains("warning") }
        #expect(warnings.filter { !$0.contains("unsigned deliveries of roms") }.count == 2 && warnings.count == 3)
        #expect(warnings.contains { $0.contains("sources.orders cannot verify woocommerce and answers 503") })
    }

    @Test(
        "a delivery is held to the contract that its headers name, else to the first",
        arguments: [
            ([], "roms"), (["X-Webhook-Signature"], "roms"), (["X-Shopify-Topic"], "shopify"),
            (["X-Shopify-Hmac-Sha256"], "shopify"), (["X-WC-Webhook-Topic"], "woocommerce"),
            (["X-WC-Webhook-Signature"], "woocommerce"),
        ])
    func chosen(headers: [String], name: String) throws {
        let source = try #require(try Machine(Self.mixed, environment: Self.variables).load().sources.first)
        let contract = source.contract(for: Self.delivery(headers))
        #expect(contract.provider.name == name)
        // Unsigned, only the one that is optional lets it in.
        if name == "roms", headers.isEmpty {
            #expect(try contract.verify(Self.delivery(headers)).verdict.strength == .unverified)
        } else {
            #expect(throws: Refusal.self) { try contract.verify(Self.delivery(headers)) }
        }
    }

    @Test("WooCommerce's ping is answered on such a path; an order is not")
    func ping() throws {
        let source = try #require(try Machine(Self.mixed, environment: Self.variables).load().sources.first)
        let form = "application/x-www-form-urlencoded"
        #expect(source.handshake(Self.delivery([], body: "webhook_id=5", type: form))?.answer == Answer(status: 200))
        #expect(source.handshake(Self.delivery([], body: "webhook_id=x", type: form)) == nil)
        #expect(source.handshake(Self.delivery([])) == nil)
    }

    @Test("TikTok Shop's two contracts are recognized by their headers")
    func tikTokShop() throws {
        let source = try #require(try Machine(environment: Machine.shopVariables).load().sources.first)
        func chosen(_ headers: String...) -> String { source.contract(for: Self.delivery(headers)).provider.name }
        #expect(chosen("Authorization") == "tiktok_shop")
        #expect(chosen("X-TikTok-Shop-Signature") == "tiktok_shop_guide")
        #expect(chosen("Authorization", "x-tiktok-shop-signature") == "tiktok_shop_guide")
        #expect(chosen() == "tiktok_shop")
    }

    @Test("the refusal of a delivery without any signature names all that would count")
    func unsigned() throws {
        let source = try #require(try Machine(environment: Machine.shopVariables).load().sources.first)
        let refusal = #expect(throws: Refusal.self) { try source.verify(Self.delivery([]), by: source.contract) }
        #expect(
            refusal
                == Refusal(
                    .missingSignature,
                    "there is no header authorization (tiktok_shop) and no header x-tiktok-shop-signature "
                        + "(tiktok_shop_guide)"))
        // Its other header says whose it is.
        let guide = Self.delivery(["X-TikTok-Shop-Timestamp"])
        let told = #expect(throws: Refusal.self) { try source.verify(guide, by: source.contract(for: guide)) }
        #expect(told?.reason == "there is no header x-tiktok-shop-signature")
    }

    @Test("what is never sent again is spooled where there is a spool, but for what the operator says")
    func storeFailure() throws {
        func policies(_ more: String, spool: String = "spool: /var/lib/hookledger/spool\n") throws -> [String] {
            let yaml =
                spool + "sources: { s: { providers: [woocommerce, shopify, github], secrets: { env: KEY }\(more) } }"
            let settings = try Machine(yaml, environment: ["KEY": "k"]).load()
            let told = settings.problems.filter { $0.description.contains("does not retry") }
            #expect(told.count == (spool.isEmpty && more.isEmpty ? 2 : 0) && told.allSatisfy { $0.severity == .notice })
            return settings.sources[0].contracts.map(\.onStoreFailure.rawValue)
        }
        #expect(try policies("") == ["spool", "retry", "spool"])
        #expect(try policies(", on_store_failure: retry") == ["retry", "retry", "retry"])
        #expect(try policies(", on_store_failure: spool") == ["spool", "spool", "spool"])
        #expect(try policies("", spool: "") == ["retry", "retry", "retry"])
        let own = try Machine(
            "sources: { s: { secrets: { env: KEY }, providers: { github: { on_store_failure: retry }, slack: {} } } }",
            environment: ["KEY": "k"]
        ).load()
        #expect(own.sources[0].contracts.map(\.onStoreFailure) == [.retry, .retry])
    }

    @Test(
        "variables alone make sources on the guides' paths",
        arguments: [
            (["WEBHOOK_SECRET"], ["/webhook": ["tiktok_comments_guide"], "/api/v2/webhooks/orders": ["roms"]]),
            (
                ["EVERSHOP_WEBHOOK_SECRET"],
                [
                    "/api/webhooks/evershop/product": ["evershop", "evershop_webhooks"],
                    "/api/webhooks/evershop/order": ["evershop", "evershop_webhooks"],
                    "/api/webhooks/evershop/customer": ["evershop", "evershop_webhooks"],
                    "/webhook/evershop": ["evershop", "evershop_webhooks"],
                ]
            ),
            (
                ["WEBHOOK_SECRET", "TIKTOK_CLIENT_SECRET", "TIKTOK_BUSINESS_SECRET"],
                [
                    "/webhook": ["tiktok_comments_guide", "tiktok_developers", "tiktok_business"],
                    "/api/v2/webhooks/orders": ["roms"],
                ]
            ),
            (
                ["WEBHOOK_SECRET", "SHOPIFY_WEBHOOK_SECRET", "WOOCOMMERCE_WEBHOOK_SECRET"],
                [
                    "/webhook": ["tiktok_comments_guide"],
                    "/api/v2/webhooks/orders": ["roms", "shopify", "woocommerce"],
                    "/webhook/shopify": ["shopify", "shopify_events"],
                    "/webhook/shopify_events": ["shopify", "shopify_events"], "/webhook/woocommerce": ["woocommerce"],
                ]
            ),
        ])
    func defaults(variables: [String], paths: [String: [String]]) throws {
        let environment = Dictionary(uniqueKeysWithValues: variables.map { ($0, "secret-of-\($0)") })
        let settings = try Machine(environment: environment).load()
        let found = settings.sources.flatMap { source in source.paths.map { ($0, source.providers) } }
        #expect(Dictionary(found, uniquingKeysWith: { a, _ in a }) == paths)
        #expect(settings.problems.allSatisfy { $0.severity == .notice })
        for contract in settings.sources.flatMap(\.contracts) {
            #expect(contract.verification == .required)
            #expect(contract.keyring.secrets.map(\.keyID) == [ProviderVariables.secret(of: contract.provider.name)])
        }
        for source in settings.sources where source.name == "roms" {
            #expect(source.otherContracts.allSatisfy { settings.owner(of: $0, at: source).name == $0.provider.name })
        }
    }

    @Test("sources that share a secret: a mistake, unless one's deliveries belong to the other")
    func sharedSecrets() throws {
        func load(_ keptAs: String, _ secret: String = "A") throws -> Settings {
            try Machine(
                """
                sources:
                  shopify: { providers: shopify, secrets: { env: A } }
                  orders:
                    paths: /orders
                    providers: { roms: { verification: optional }, shopify: { secrets: { env: \(secret) }\(keptAs) } }
                """, environment: ["A": "a", "B": "b", "C": "a"]
            ).load()
        }
        func warnings(_ settings: Settings) -> [String] {
            settings.problems.filter { $0.severity == .fault && $0.message.contains("same secret") }.map(\.message)
        }
        #expect(try warnings(load("")).count == 1)
        #expect(
            try warnings(load("", "C")).first?.hasPrefix("sources.shopify and sources.orders verify shopify") == true)
        #expect(try warnings(load("", "B")).isEmpty)
        let kept = try load(", kept_as: shopify")
        let (orders, shop) = (try #require(kept.source(named: "orders")), try #require(kept.source(named: "shopify")))
        #expect(warnings(kept).isEmpty)
        #expect(kept.owner(of: orders.otherContracts[0], at: orders).name == "shopify")
        #expect(kept.owner(of: orders.contract, at: orders).name == "orders")
        #expect(kept.owner(of: shop.contract, at: shop).name == "shopify")
        for wrong in ["orders", "nobody", "roms"] {
            #expect(throws: SettingsErrors.self) { try load(", kept_as: \(wrong)") }
        }
    }

    @Test(
        "so do sources of two contracts that one signature fits",
        arguments: [
            ("shopify", "shopify_events", true), ("generic_hmac_sha256_base64", "shopify", true),
            ("generic_hmac_sha256_hex", "github", true), ("api_key", "api_key", true), ("roms", "printify", false),
            ("shopify", "roms", true), ("shopify", "woocommerce", true), ("meta", "github", true),
            ("meta", "roms", false),
            ("stripe", "shopify", nil), ("generic_hmac_sha1_hex", "github", nil),
        ] as [(String, String, Bool?)])
    func interchangeable(one: String, other: String, isMistake: Bool?) throws {
        let settings = try Machine(
            """
            database: dbname=x
            sources:
              one: { providers: \(one), paths: /one, secrets: { env: A } }
              other: { providers: \(other), paths: /other, secrets: { env: A } }
            """, environment: ["A": "abcdef0123456789"]
        ).load()
        let found = settings.problems.first { $0.message.contains("same secret") }
        // Hexadecimal or base64 is but another spelling of the same code.
        #expect(found.map { $0.severity == .fault } == isMistake, "\(found.map(\.message) ?? "")")
        #expect(found?.message.contains("abcdef") != true)
    }

    @Test(
        "so do two contracts of one source, whose paths take the deliveries of both",
        arguments: [
            ("shopify, woocommerce", true), ("github, generic_hmac_sha256_hex", true), ("github, roms", true),
            ("generic_hmac_sha256_hex, generic_hmac_sha256_hex_multi", true), ("roms, printify", false),
            ("shopify, shopify_events", nil), ("evershop, evershop_webhooks", nil), ("stripe, shopify", nil),
        ] as [(String, Bool?)])
    func interchangeableInOneSource(providers: String, isMistake: Bool?) throws {
        let settings = try Machine(
            "database: dbname=x\nsources: { one: { providers: [\(providers)], paths: /one, secrets: { env: A } } }",
            environment: ["A": "abcdef0123456789"]
        ).load()
        let found = settings.problems.first { $0.message.contains("same secret") }
        #expect(found.map { $0.severity == .fault } == isMistake, "\(found.map(\.message) ?? "")")
    }

    @Test("the deliveries of Shopify Events can belong to the shop's own source")
    func shopifyEvents() throws {
        let settings = try Machine(
            """
            database: dbname=x
            sources:
              shopify: { providers: shopify, secrets: { env: A } }
              events: { paths: /e, providers: { shopify_events: { secrets: { env: A }, kept_as: shopify } } }
            """, environment: ["A": "a"]
        ).load()
        #expect(!settings.problems.contains { $0.message.contains("same secret") })
        #expect(settings.owner(of: settings.sources[1].contract, at: settings.sources[1]).name == "shopify")
    }

    @Test("an equal body counts once for as long as its signature can be sent again")
    func windows() throws {
        let settings = try Machine(
            """
            sources:
              a: { providers: slack, tolerance: 1h, dedupe_window: 1min, secrets: { env: A } }
              b: { providers: [slack, github], paths: /b, dedupe_window: 1min, secrets: { env: A } }
            """, environment: ["A": "a"]
        ).load()
        #expect(settings.sources[0].dedupeWindow(of: settings.sources[0].contract.provider) == 7200)
        #expect(settings.sources[1].contracts.map { settings.sources[1].dedupeWindow(of: $0.provider) } == [600, 60])
    }

    @Test("every other provider has a path of its own name", arguments: ProviderRegistry.all.map(\.name))
    func paths(name: String) throws {
        let yaml = "sources: { s: { providers: \(name), verification: none } }"
        let source = try #require(try Machine(yaml).load().sources.first)
        #expect(!source.paths.isEmpty)
        let guides = ["/webhook", "/webhook/tiktok", "/webhook/evershop", "/api/v2/webhooks/orders"]
        for path in source.paths {
            #expect(path == "/webhook/\(name)" || guides.contains(path) || path.hasPrefix("/api/webhooks/evershop/"))
        }
    }
}
