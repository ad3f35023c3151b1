import Crypto
import JSON
import Jobs
import JobsSupport
import Ledger
import LocalStack
import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import Testing
import Verification
import Webhooks

@testable import Actions

/// Three shops whose orders Printify prints, with the stand-ins of all four, a ledger, and the rules of the loop.
struct LoopFixture {
    let fixture: JobsFixture
    let printify: StandIns
    let shops: ShopStandIns
    let settings: Settings
    private let yaml: String
    private let writer: LedgerWriter

    static let shops: [ShopStandIns.Shop] = [.tiktok, .shopify, .woocommerce]
    static let environment = [
        "APP_KEY": "29a39d", "APP_SECRET": "e59af819cc", "TOKEN": "test-token", "WOO_KEY": "ck",
        "TIKTOK_SECRET": secret(of: "tiktok"), "SHOPIFY_SECRET": secret(of: "shopify"),
        "WOO_SECRET": secret(of: "woocommerce"), "PRINTIFY_SECRET": secret(of: "printify"),
    ]

    static func secret(of sender: String) -> String { "the secret of \(sender)" }

    /// - Parameter tokens: the folder of the key of stored tokens; nil for fixed tokens.
    init(tokens: String? = nil) throws {
        fixture = try JobsFixture()
        printify = try StandIns()
        shops = try ShopStandIns()
        let (fixed, url) = (try Self.yaml(fixture, printify.url, shops.url), shops.url)
        yaml = tokens.map { Self.stored(fixed, url, $0) } ?? fixed
        let text = yaml
        let input = SettingsInput(
            variable: { Self.environment[$0] },
            readFile: { path in path == "/c.yaml" ? .bytes(Array(text.utf8)) : .absent }, fileMode: { _ in nil })
        settings = try Settings.load(
            path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: SystemClock.now)
        writer = LedgerWriter(conninfo: try fixture.conninfo("hookledger_ingest"), deadline: .seconds(20))
    }

    private static func yaml(_ fixture: JobsFixture, _ printify: String, _ shops: String) throws -> String {
        let atPrintify = "shop: \"815256\", token: { env: TOKEN }, base_url: \"\(printify)/printify\", backoff: 10ms"
        let access = [
            ("tiktok", "provider: tiktok_shop", "app_key: { env: APP_KEY }, app_secret: { env: APP_SECRET }"),
            ("shopify", "provider: shopify", "notify_buyer: true"),
            ("woocommerce", "provider: woocommerce", "consumer_key: { env: WOO_KEY }, consumer_secret: { env: TOKEN }"),
        ]
        let fulfil = access.map { shop, provider, keys in
            let token = shop == "woocommerce" ? "" : ", access_token: { env: TOKEN }"
            return """
                fulfil-\(shop): { kind: fulfill_order, \(provider), base_url: "\(shops)/\(shop)", \(keys)\(token),
                    carriers: { usps: "7117858858072016686" }, backoff: 10ms }
                """
        }
        let shipped = "type: { in: [package.shipped, package.delivered] }, event.origin: fetched"
        return """
            database:
              conninfo: "\(try fixture.conninfo())"
              roles: { operator: "\(try fixture.conninfo("hookledger_operator"))" }
            sources:
              tiktok:
                providers: [tiktok_shop]
                secrets: { env: TIKTOK_SECRET }
                credentials: { app_key: { env: APP_KEY } }
                paths: [/webhook/tiktok]
              shopify:
                providers: [shopify]
                secrets: { env: SHOPIFY_SECRET }
                paths: [/webhook/shopify]
              woocommerce:
                providers: [woocommerce]
                secrets: { env: WOO_SECRET }
                on_store_failure: retry
                paths: [/webhook/woocommerce]
              printify: { providers: [printify], secrets: { env: PRINTIFY_SECRET }, paths: [/webhook/printify] }
            actions:
              fetch-tiktok: { kind: fetch_order, provider: tiktok_shop, base_url: "\(shops)/tiktok", backoff: 10ms,
                access_token: { env: TOKEN }, app_key: { env: APP_KEY }, app_secret: { env: APP_SECRET } }
              fetch-shopify: { kind: fetch_order, provider: shopify, base_url: "\(shops)/shopify", access_token: { env: TOKEN } }
              fetch-woo: { kind: fetch_order, provider: woocommerce, base_url: "\(shops)/woocommerce",
                consumer_key: { env: WOO_KEY }, consumer_secret: { env: TOKEN } }
              print: { kind: printify, \(atPrintify), timeout: 2s }
              track: { kind: track_shipment, \(atPrintify), timeout: 2s }
              cancel-print: { kind: cancel_print, \(atPrintify), timeout: 2s }
              \(fulfil.joined(separator: "\n  "))
              tell: { kind: message_customer }
            rules:
              - { name: details, when: { source: tiktok, order.needs_detail: true }, do: [fetch-tiktok] }
              - { name: print, when: { order.stage: to_ship }, do: [print], once: order }
              - { name: track, when: { source: printify, type: { in: [package.shipped, package.delivered, order.updated] } },
                  do: [track] }
              - { name: tell, when: { \(shipped) }, do: [tell] }
              - { name: fulfil-tiktok, when: { source: tiktok, \(shipped) }, do: [fulfil-tiktok] }
              - { name: fulfil-shopify, when: { source: shopify, \(shipped) }, do: [fulfil-shopify] }
              - { name: fulfil-woo, when: { source: woocommerce, \(shipped) }, do: [fulfil-woocommerce] }
              - { name: cancel, becomes: { order.stage: cancelled }, do: [cancel-print] }
            address_guard: { allow_private_hosts: [127.0.0.1] }

            """
    }

    /// The same with stored tokens, reconciliation and expected webhooks.
    private static func stored(_ yaml: String, _ shops: String, _ folder: String) -> String {
        var yaml = yaml
        for (shop, action) in [("tiktok", "fetch-tiktok"), ("shopify", "fetch-shopify"), ("woocommerce", "fetch-woo")] {
            let path = "paths: [/webhook/\(shop)]\n"
            yaml = yaml.replacingBytes(
                of: path,
                with: "reconcile: { through: \(action), every: 1min, overlap: 15min, settle: 0s }\n    " + path)
        }
        yaml = yaml.replacingBytes(of: "access_token: { env: TOKEN }", with: "timeout: 20s")
        return ShopApps.amended(yaml, shops: shops, folder: folder)
    }

    /// The configuration in a folder, for programs that read it.
    func folder() throws -> String {
        let folder = try Files.makeTemporaryFolder()
        try Files.write(folder + "/hookledger.yaml", text: yaml)
        try GenerationFile(folder + "/generation").ensure()
        return folder
    }

    /// A paid order with all that Printify needs.
    func order(_ shop: ShopStandIns.Shop, _ id: String) -> ShopOrder {
        var order = ShopOrder(
            shop, id, placedAt: Timestamp(seconds: SystemClock.now.seconds - 600) ?? SystemClock.now, state: .paid)
        switch shop {
        case .tiktok:
            order.details["line_items"] = [
                ["id": "5771", "product_id": "p1", "product_name": "Mug", "sku_id": "s1", "seller_sku": "A-1"]
            ]
            order.details["recipient_address"] = [
                "name": "Jane Doe", "region_code": "US", "postal_code": "12345", "full_address": "1 Main St",
                "address_line1": "1 Main St",
                "district_info": [["address_level_name": "City", "address_name": "Springfield"]],
            ]
        case .woocommerce:
            order.details["billing"] = ["email": "buyer@example.com"]
            order.details["line_items"] = [["id": 1, "name": "Mug", "sku": "A-1", "quantity": 1, "price": "12.50"]]
            order.details["shipping"] = [
                "first_name": "Jane", "last_name": "Doe", "address_1": "1 Main St", "city": "Springfield",
                "postcode": "12345", "country": "US",
            ]
        default:
            order.details["email"] = "buyer@example.com"
            order.details["line_items"] = [["id": 1, "title": "Mug", "sku": "A-1", "quantity": 1, "price": "12.50"]]
            order.details["shipping_address"] = [
                "name": "Jane Doe", "address1": "1 Main St", "city": "Springfield", "zip": "12345",
                "country_code": "US",
            ]
        }
        return order
    }

    /// The shop has the order in that state and sends its webhook.
    func say(_ order: ShopOrder, serial: Int) throws {
        try shops.put(order.body, in: order.shop)
        try deliver(order.webhook(serial: serial, secret: Self.secret(of: order.shop.rawValue), now: SystemClock.now))
    }

    /// What Printify calls the order of that name.
    func printedID(_ name: String) throws -> String {
        try #require(
            try fixture.value("select external_id from effects where effect_key = 'printify:815256:\(name)'"))
    }

    /// Printify's webhook about a parcel, or about the order where there is no number.
    func printifySays(
        _ type: String, of name: String, number: String? = nil, id: String, at seconds: Int64 = 0
    ) throws {
        let now = SystemClock.now
        let time = JSONValue.string((Timestamp(seconds: now.seconds - 300 + seconds) ?? now).rfc3339)
        var data = JSONObject()
        data["shop_id"] = 815256
        if let number {
            data["carrier"] = [
                "code": "usps", "tracking_number": .string(number),
                "tracking_url": .string("https://track.example/\(number)"),
            ]
            data[type.hasSuffix("delivered") ? "delivered_at" : "shipped_at"] = time
        }
        let body: JSONValue = [
            "id": .string(id), "type": .string(type), "created_at": time,
            "resource": ["id": .string(try printedID(name)), "type": "order", "data": .object(data)],
        ]
        let draft = Draft(
            url: "https://shop.example/webhook/printify", headers: HeaderFields(), body: body.serialized())
        let signature = try Scheme.printify.sign(
            draft, secret: SigningSecret(keyID: "s", secret: SecretBytes(utf8: Self.secret(of: "printify"))), now: now)
        try deliver(
            Delivery(
                requestID: "printify-\(id)", receivedAt: now, path: "/webhook/printify",
                headers: HeaderFields(signature.map { ($0.name, $0.value) }), body: draft.body))
    }

    func deliver(_ delivery: Delivery) throws {
        let source = try #require(settings.source(forPath: delivery.path))
        let verified = try source.contract.verify(delivery)
        let recordable = try Recordable(verified, from: source, by: source.contract.provider, settings: settings)
        for result in writer.record([recordable]) { _ = try result.get() }
    }

    /// Runs all jobs, also those that wait for a back-off.
    func run(_ patience: Int = 200) throws {
        for _ in 0..<patience where try fixture.count("jobs", "state in (0, 1)") > 0 {
            try fixture.superuser.execute("update jobs set run_at = now() where state = 0 and run_at > now()")
            _ = try fixture.run(ActionTable.actions(settings), conditions: RuleConditions(settings))
            SystemClock.sleep(milliseconds: 20)
        }
    }

    /// One line about an order: stage, status, tracking numbers.
    func state(_ source: String) throws -> String? {
        try fixture.value(
            """
            select concat_ws(' ', order_data ->> 'stage', order_data ->> 'status', order_data ->> 'tracking_numbers')
            from orders where source = '\(source)'
            """)
    }

    /// The messages to customers, in their order.
    var messages: [String] {
        get throws {
            try fixture.superuser.query("select content from conversation_messages order by id").map { try $0.text(0) }
        }
    }
}
