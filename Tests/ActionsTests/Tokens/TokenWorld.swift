import Crypto
import JSON
import Ledger
import LocalStack
import Patience
import Platform
import Postgres
import Settings
import StandIns
import Testing
import Verification
import Webhooks

@testable import Actions

/// A database, a configuration with apps, and the real programs, before the stand-in of the authorization servers.
final class TokenWorld {
    let authorizer: Authorizer
    let folder: String
    let superuser: Connection
    private let owned: TemporaryDatabase
    private var database: String { owned.name }
    /// Everything that the programs have printed.
    private(set) var printed = ""

    init(apps: String = "", reconcile: String = "") throws {
        authorizer = try Authorizer()
        folder = try Files.makeTemporaryFolder()
        owned = try SharedCluster.temporaryDatabase()
        let database = owned.name
        let cluster = try SharedCluster.get()
        superuser = try Connection(
            conninfo: cluster.conninfo(database: database), applicationName: "tokens",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
        let app = "client_id: { env: APP_KEY }, client_secret: { env: APP_SECRET }, token_url"
        try Files.write(
            folder + "/hookledger.yaml",
            text: """
                database:
                  conninfo: "\(cluster.conninfo(user: "hookledger_batch", database: database))"
                  roles: { operator: "\(cluster.conninfo(user: "hookledger_operator", database: database))" }
                sources:
                  tiktok:
                    providers: [tiktok_shop]
                    secrets: { env: SECRET }
                    credentials: { app_key: { env: APP_KEY } }
                    paths: [/webhook/tiktok]
                    app: { \(app): "\(authorizer.url)/tts", api_url: "\(authorizer.url)/tts", service_id: "77" }
                    \(reconcile)
                  shopify:
                    providers: [shopify]
                    secrets: { env: SECRET }
                    paths: [/webhook/shopify]
                    app: { \(app): "\(authorizer.url)/shopify", api_url: "\(authorizer.url)/shopify",
                      redirect_uri: "https://app.example/callback", scopes: [read_orders] }
                  comments:
                    providers: [tiktok_developers]
                    secrets: { env: SECRET }
                    paths: [/webhook/comments]
                    app: { \(app): "\(authorizer.url)/developers", redirect_uri: "https://app.example/callback",
                      scopes: [user.info.basic] }
                  business:
                    providers: [tiktok_business]
                    secrets: { env: SECRET }
                    paths: [/webhook/business]
                    app: { \(app): "\(authorizer.url)/business", redirect_uri: "https://app.example/callback" }
                actions:
                  fetch: { kind: fetch_order, provider: tiktok_shop, base_url: "\(authorizer.url)/tts", backoff: 10ms }
                rules:
                  - { name: details, when: { source: tiktok, order.needs_detail: true }, do: [fetch] }
                address_guard: { allow_private_hosts: [127.0.0.1] }
                """)
        try Files.write(folder + "/generation", text: "0")
        try makeKey()
    }

    deinit { try? Files.remove(folder) }

    /// Further variables of the programs.
    var more: [String: String] = [:]

    var environment: [String: String] {
        more.merging([
            "APP_KEY": Authorizer.clientID, "APP_SECRET": Authorizer.clientSecret, "SECRET": "a secret of the webhooks",
            "PATH": Environment.value(of: "PATH") ?? "/usr/bin:/bin",
        ]) { $1 }
    }

    /// A new key in place of the present one.
    func makeKey() throws {
        try? Files.remove(folder + "/keys/tokens.key")
        _ = try KeyFile.create(folder + "/keys/tokens.key")
    }

    func value(_ sql: String) throws -> String? {
        try superuser.query("select (\(sql))::text", []).only().optionalText(0)
    }

    /// Waits until a query says so.
    func wait(_ sql: String, for wanted: String, _ place: SourceLocation = #_sourceLocation) throws {
        var last: String?
        let isSo = try eventually {
            last = try value(sql)
            return last == wanted
        }
        #expect(isSo, "\(last ?? "null") instead of \(wanted): \(sql)", sourceLocation: place)
    }

    private func command(_ program: String, _ arguments: [String]) throws -> ChildCommand {
        ChildCommand(
            [try Executable.folder() + "/" + program] + arguments + ["--config", folder + "/hookledger.yaml"],
            environment: environment)
    }

    /// `hookledger` with those arguments, to its end.
    @discardableResult func tool(_ arguments: String...) throws -> (
        status: Platform.ExitStatus, text: String, errors: String
    ) {
        let output = try ChildProcess.run(command("hookledger", arguments))
        printed += output.text + output.errorText
        return (output.status, output.text, output.errorText)
    }

    /// A batch processor, for some seconds.
    func batch(_ name: String = "batch", for time: String = "120s") throws -> ChildProcess {
        var command = try command("hookledger-batch", ["--for", time])
        command.errors = .file(folder + "/\(name).log")
        return try ChildProcess.spawn(command)
    }

    func end(_ process: ChildProcess) {
        process.terminate(with: .terminate, grace: .seconds(30))
    }

    func log(_ name: String = "batch") throws -> String { try Files.readText(folder + "/\(name).log") }

    /// `hookledger authorize`, with a person who opens the page and pastes what `redirect` makes of it.
    /// - Parameter redirect: gets the page's query; makes the address that is pasted.
    @discardableResult func authorize(
        _ arguments: [String], _ redirect: (FormFields) throws -> String
    ) throws -> AuthorizingPerson.Result {
        let done = try AuthorizingPerson.run(command("hookledger", ["authorize"] + arguments), in: folder, redirect)
        printed += done.output + done.errors
        return done
    }

    /// A seller allows the app for his shops.
    @discardableResult func authorizeTikTok(
        account: String = "seller-1", _ shops: [(id: String, region: String)] = [("7001", "GB"), ("7002", "DE")]
    ) throws -> AuthorizingPerson.Result {
        try authorize(["tiktok-shop", "tiktok"]) { page in
            let code = try authorizer.code("tiktok_shop", account: account, shops: shops)
            return AuthorizingPerson.tikTokShop(page, code: code)
        }
    }

    /// An order in a shop, and the webhook that points at it.
    func order(_ id: String, in shop: String) throws {
        let now = SystemClock.now.seconds
        try authorizer.control(
            "order",
            [
                "shop": .string(shop),
                "order": [
                    "id": .string(id), "status": "AWAITING_SHIPMENT", "create_time": .number(JSONNumber(now)),
                    "update_time": .number(JSONNumber(now)), "payment": ["total_amount": "12.50", "currency": "EUR"],
                    "line_items": [
                        ["id": "1", "product_id": "p1", "product_name": "Mug", "sku_id": "s1", "sale_price": "10"]
                    ],
                ],
            ])
        try webhook(1, #"{"order_id": "\#(id)", "order_status": "AWAITING_SHIPMENT", "update_time": \#(now)}"#, shop)
    }

    /// A verified webhook of a type.
    func webhook(_ type: Int, _ data: String, _ shop: String) throws {
        let now = SystemClock.now
        let body = Array(
            #"{"type": \#(type), "tts_notification_id": "\#(UInt64.random(in: 1...UInt64(Int64.max)))", "shop_id": "\#(shop)", "timestamp": \#(now.seconds), "data": \#(data)}"#
                .utf8)
        let signature = Hex.encode(
            HMAC.authenticationCode(
                .sha256, key: SecretBytes(utf8: "a secret of the webhooks"),
                parts: [Array(Authorizer.clientID.utf8), body]))
        try record(
            Delivery(
                requestID: "r", receivedAt: now, method: "POST", path: "/webhook/tiktok",
                headers: HeaderFields([("authorization", signature)]), body: body))
    }

    /// A webhook of TikTok for Developers or of the API for Business.
    func record(_ body: JSONValue, path: String, isBusiness: Bool) throws {
        let now = SystemClock.now
        let draft = Draft(url: "https://shop.example\(path)", headers: HeaderFields(), body: body.serialized())
        let scheme = isBusiness ? Scheme.tikTokBusiness : .tikTokDevelopers
        let signature = try scheme.sign(
            draft,
            secret: SigningSecret(keyID: "s", secret: SecretBytes(utf8: "a secret of the webhooks")), now: now)
        let version = isBusiness ? [("webhook-schema-version", "1")] : []
        try record(
            Delivery(
                requestID: "r", receivedAt: now, method: "POST", path: path,
                headers: HeaderFields(version + signature.map { ($0.name, $0.value) }), body: draft.body))
    }

    private func record(_ delivery: Delivery) throws {
        let settings = try settings()
        let source = try #require(settings.source(forPath: delivery.path))
        let verified = try source.contract.verify(delivery)
        let writer = LedgerWriter(
            conninfo: try SharedCluster.get().conninfo(user: "hookledger_ingest", database: database),
            deadline: .seconds(20))
        let recordable = try Recordable(verified, from: source, by: source.contract.provider, settings: settings)
        _ = try #require(writer.record([recordable]).first).get()
    }

    func settings() throws -> Settings {
        let (folder, environment) = (folder, environment)
        let input = SettingsInput(
            variable: { environment[$0] },
            readFile: { path in (try? Files.read(path)).map { .bytes($0) } ?? .absent },
            fileMode: { path in (try? Files.status(path)).flatMap(\.self)?.mode })
        return try Settings.load(
            path: folder + "/hookledger.yaml", from: input, kinds: ActionTable.kinds, now: SystemClock.now)
    }

    /// A connection of the batch processor's role.
    func connect(_ role: String = "hookledger_batch") throws -> Connection {
        try Connection(
            conninfo: try SharedCluster.get().conninfo(user: role, database: database), applicationName: "tokens",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
    }

    /// The database as pg_dump writes it.
    func dump() throws -> String {
        let file = folder + "/dump.sql"
        let output = try ChildProcess.run(
            ChildCommand(
                ["pg_dump", "--file", file, "--dbname", try SharedCluster.get().conninfo(database: database)],
                environment: environment))
        #expect(output.succeeded, "\(output.errorText)")
        return try Files.readText(file)
    }
}
