package import Actions
internal import Crypto
internal import HTTPReceiver
internal import Jobs
package import Ledger
internal import LocalStack
internal import Logging
package import Outbound
internal import Platform
package import Postgres
internal import Providers
package import Settings
package import StandIns
internal import Transport
internal import Verification
package import Webhooks

/// Shops and providers of events with their APIs, a ledger, and a destination that counts what it gets. Time stands still until it is
/// moved, so that a run is the same whenever it takes place.
package final class ShopWorld {
    /// The present.
    package var now: Timestamp
    /// The shops.
    package let shops: ShopStandIns
    /// The configuration as it is now.
    package private(set) var settings: Settings
    /// The superuser's connection.
    package let superuser: Connection
    /// The database of the world.
    package var database: String { owned.name }
    private let owned: TemporaryDatabase
    /// What the configuration has for each variable.
    package var environment: [String: String]
    private let receiver: Receiver
    /// The batch processor's connection.
    package let batch: Connection
    private let writer: LedgerWriter
    private let client: HTTPClient
    private let reconcileKeys: String
    private let amend: (_ yaml: String, _ shops: String) -> String
    /// The variables of the beginning, and the requests that the destination had before.
    private let firstEnvironment: [String: String]
    private var effectsBefore = 0
    /// The tables without rows at the beginning.
    private let emptyTables: String

    /// The secret of the webhooks.
    package static let secret = "a secret of the webhooks"

    /// The variables of the tokens.
    package static let tokenNames: [ShopStandIns.Shop: String] = [
        .tiktok: "TIKTOK_TOKEN", .shopify: "SHOPIFY_TOKEN", .woocommerce: "WOO_TOKEN",
        .bigcommerce: "BIGCOMMERCE_TOKEN", .square: "SQUARE_TOKEN", .etsy: "ETSY_TOKEN", .evershop: "EVERSHOP_PASSWORD",
    ]

    /// The end of a delivery.
    package enum Arrival: Sendable {
        case stored, duplicate, refused
    }

    /// - Parameters:
    ///   - now: the first present.
    ///   - reconcile: the keys of `reconcile:` beside `through`.
    ///   - amend: changes the configuration; gets the address of the shops, too.
    package init(
        now: Timestamp, reconcile: String = "every: 5min, overlap: 15min, settle: 2min",
        amend: @escaping (_ yaml: String, _ shops: String) -> String = { yaml, _ in yaml }
    ) throws {
        self.now = now
        reconcileKeys = reconcile
        self.amend = amend
        shops = try ShopStandIns()
        receiver = try Receiver { _, _ in .answer(200) }
        environment = [
            "APP_KEY": Authorizer.clientID, "APP_SECRET": ShopStandIns.appSecret, "SECRET": Self.secret,
            "WOO_KEY": "ck", "ETSY_SECRET": "whsec_" + Base64.encode(Array(Self.secret.utf8)),
        ]
        for name in Array(Self.tokenNames.values) + ["STRIPE_TOKEN", "GITHUB_TOKEN"] {
            environment[name] = "test-token"
        }
        firstEnvironment = environment
        owned = try SharedCluster.temporaryDatabase()
        let database = owned.name
        let cluster = try SharedCluster.get()
        superuser = try Connection(
            conninfo: cluster.conninfo(database: database), applicationName: "simulation",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
        // Events of simulated days before the first partition.
        try superuser.execute(
            """
            do $$ begin execute format('create table events_before partition of events for values from (%L) to (%L)',
                timestamptz '2000-01-01', (date_trunc('week', now() at time zone 'UTC') - interval '1 week')
                    at time zone 'UTC'); end $$
            """)
        emptyTables = try superuser.query(
            """
            select string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables as t
            where schemaname = 'hookledger'
                and not (select relispartition from pg_class where oid = format('%I.%I', schemaname, tablename)::regclass)
                and (xpath('/row/c/text()', query_to_xml(
                    format('select count(*) as c from (select from %I.%I limit 1) as r', schemaname, tablename),
                    false, true, '')))[1]::text = '0'
            """
        ).only().text(0)
        batch = try Connection(
            conninfo: cluster.conninfo(user: "hookledger_batch", database: database), applicationName: "simulation",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
        writer = LedgerWriter(
            conninfo: cluster.conninfo(user: "hookledger_ingest", database: database), deadline: .seconds(20))
        client = try HTTPClient(HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"])))
        settings = try Self.load(
            amend(Self.yaml(shops.url, receiver.url, reconcile, cluster.conninfo(database: database)), shops.url),
            environment, now)
    }

    /// The configuration file, for programs that read it.
    package func yaml() throws -> String {
        amend(
            Self.yaml(
                shops.url, receiver.url, reconcileKeys,
                try SharedCluster.get().conninfo(user: "hookledger_batch", database: database),
                operatorConninfo: try SharedCluster.get().conninfo(user: "hookledger_operator", database: database)),
            shops.url)
    }

    /// Everything is as at the beginning, except for ids.
    package func reset() throws {
        try superuser.execute("truncate \(emptyTables)")
        try shops.reset()
        now = SystemClock.now
        aside = []
        environment = firstEnvironment
        effectsBefore = receiver.taken.count
        try reload()
    }

    /// The settings of another configuration, with the same environment.
    package func settings(of yaml: String) throws -> Settings { try Self.load(yaml, environment, now) }

    private static func yaml(
        _ shops: String, _ receiver: String, _ reconcile: String, _ conninfo: String, operatorConninfo: String? = nil
    ) -> String {
        """
        database:
          conninfo: "\(conninfo)"
          roles: { operator: "\(operatorConninfo ?? conninfo)" }
        sources:
          tiktok:
            providers: [tiktok_shop]
            secrets: { env: SECRET }
            credentials: { app_key: { env: APP_KEY } }
            paths: [/webhook/tiktok]
            reconcile: { through: fetch-tiktok, \(reconcile) }
          shopify:
            providers: [shopify]
            secrets: { env: SECRET }
            paths: [/webhook/shopify]
            reconcile: { through: fetch-shopify, \(reconcile) }
          woocommerce:
            providers: [woocommerce]
            secrets: { env: SECRET }
            paths: [/webhook/woocommerce]
            reconcile: { through: fetch-woo, \(reconcile) }
          bigcommerce:
            providers: [bigcommerce]
            secrets: { env: SECRET }
            paths: [/webhook/bigcommerce]
            reconcile: { through: fetch-bigcommerce, \(reconcile) }
          square:
            providers: [square]
            secrets: { env: SECRET }
            paths: [/webhook/square]
            reconcile: { through: fetch-square, \(reconcile) }
          etsy:
            providers: [etsy]
            secrets: { env: ETSY_SECRET }
            paths: [/webhook/etsy]
            reconcile: { through: fetch-etsy, \(reconcile) }
          evershop:
            providers: [evershop, evershop_webhooks]
            secrets: { env: SECRET }
            paths: [/webhook/evershop]
            reconcile: { through: list-evershop, \(reconcile) }
          stripe:
            providers: [stripe]
            secrets: { env: SECRET }
            paths: [/webhook/stripe]
            reconcile: { through: list-stripe, \(reconcile) }
          github:
            providers: [github]
            secrets: { env: SECRET }
            paths: [/webhook/github]
            reconcile: { through: list-github, \(reconcile) }
        actions:
          fetch-tiktok: { kind: fetch_order, provider: tiktok_shop, base_url: "\(shops)/tiktok", backoff: 10ms,
            access_token: { env: TIKTOK_TOKEN }, app_key: { env: APP_KEY }, app_secret: { env: APP_SECRET } }
          fetch-shopify: { kind: fetch_order, provider: shopify, base_url: "\(shops)/shopify",
            access_token: { env: SHOPIFY_TOKEN } }
          fetch-woo: { kind: fetch_order, provider: woocommerce, base_url: "\(shops)/woocommerce",
            consumer_key: { env: WOO_KEY }, consumer_secret: { env: WOO_TOKEN } }
          fetch-bigcommerce: { kind: fetch_order, provider: bigcommerce, base_url: "\(shops)/bigcommerce",
            access_token: { env: BIGCOMMERCE_TOKEN } }
          fetch-square: { kind: fetch_order, provider: square, base_url: "\(shops)/square", locations: [L1],
            access_token: { env: SQUARE_TOKEN } }
          fetch-etsy: { kind: fetch_order, provider: etsy, base_url: "\(shops)/etsy", shop: "77",
            access_token: { env: ETSY_TOKEN }, app_key: { env: APP_KEY } }
          list-evershop: { kind: listing, provider: evershop, base_url: "\(shops)/evershop", email: admin@shop.example,
            password: { env: EVERSHOP_PASSWORD } }
          list-stripe: { kind: listing, provider: stripe, base_url: "\(shops)/stripe", types: [invoice.paid],
            access_token: { env: STRIPE_TOKEN } }
          list-github: { kind: listing, provider: github, base_url: "\(shops)/github", repository: acme/shop,
            hook_url: "https://hooks.example.com/webhook/github", access_token: { env: GITHUB_TOKEN } }
          ship: { kind: http, url: "\(receiver)", backoff: 10ms }
        rules:
          - { name: details-tiktok, when: { source: tiktok, order.needs_detail: true }, do: [fetch-tiktok] }
          - { name: details-bigcommerce, when: { source: bigcommerce, order.needs_detail: true }, do: [fetch-bigcommerce] }
          - { name: details-square, when: { source: square, order.needs_detail: true }, do: [fetch-square] }
          - { name: details-etsy, when: { source: etsy, order.needs_detail: true }, do: [fetch-etsy] }
          - { name: hooks, when: { source: [stripe, github] }, do: [ship], once: event }
          - { name: ship, when: { order.stage: to_ship }, do: [ship], once: order }
        address_guard: { allow_private_hosts: [127.0.0.1] }
        """
    }

    private static func load(_ yaml: String, _ environment: [String: String], _ now: Timestamp) throws -> Settings {
        let input = SettingsInput(
            variable: { environment[$0] },
            readFile: { path in path == "/c.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in nil })
        return try Settings.load(path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: now)
    }

    /// Reads the configuration again, after `environment` was changed.
    package func reload() throws { settings = try Self.load(yaml(), environment, now) }

    /// A webhook arrives: verified, and stored or refused.
    package func deliver(_ delivery: Delivery) throws -> Arrival {
        guard let source = settings.source(forPath: delivery.path) else { throw ShopWorldError("no source") }
        let contract = source.contract(for: delivery)
        do throws(Refusal) {
            let verified = try source.verify(delivery, by: contract)
            let recordable = try Recordable(verified, from: source, by: contract.provider, settings: settings)
            return stored(writer.record([recordable]))
        } catch {
            try refuse(delivery, source, error)
            return .refused
        }
    }

    private func stored(_ results: [Result<Receipt, RecordFailure>]) -> Arrival {
        guard case .success(let receipt)? = results.first else { return .refused }
        return receipt.isDuplicate ? .duplicate : .stored
    }

    /// As the responder does it: a row of its own, and the whole delivery in the quarantine.
    private func refuse(_ delivery: Delivery, _ source: SourceSettings, _ refusal: Refusal) throws {
        try RefusedDelivery.write(
            [RefusedDelivery(delivery, source: source.name, refusal: refusal, status: 401)], over: superuser)
        let provider = source.contract.provider
        _ = try QuarantinedDelivery.write(
            [
                QuarantinedDelivery(
                    delivery, source: source.name, provider: provider.name, credential: nil, refusal: refusal,
                    status: 401, retried: provider.scheme.headersOfAttempt)
            ], over: superuser)
    }

    /// The tasks of reconciling.
    package func tasks(_ shop: ShopStandIns.Shop? = nil) -> [Reconciler.Task] {
        Reconciler.Task.all(settings, of: shop?.rawValue)
    }

    /// The task of the source of that name.
    package func task(of source: String) throws -> Reconciler.Task {
        guard let task = Reconciler.Task.all(settings, of: source).first else { throw ShopWorldError("no task") }
        return task
    }

    /// A reconciler of a shop. Its waits move the present.
    package func reconciler(
        _ task: Reconciler.Task, shouldStop: @escaping () -> Bool = { false }
    ) -> Reconciler {
        let world = Reconciler.World(
            now: { self.now },
            send: { self.send($0) }, pause: { self.now = Timestamp(microseconds: self.now.microseconds + $0 * 1000) },
            shouldStop: shouldStop,
            aside: { self.aside })
        return Reconciler(task, settings: settings, world: world, connection: batch)
    }

    /// Sends a request, and waits for its end.
    package func send(_ request: HTTPRequest) -> Reply {
        client.reply(to: request)
    }

    /// Another connection of the batch processor's.
    package func connect() throws -> Connection {
        try Connection(
            conninfo: try SharedCluster.get().conninfo(user: "hookledger_batch", database: database),
            applicationName: "simulation", settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
    }

    /// The orders of deliveries in `aside/`.
    package var aside: Set<String> = []

    /// Runs the reconciliation of one shop.
    @discardableResult
    package func reconcile(
        _ shop: ShopStandIns.Shop, _ kind: ReconcileBooks.Kind = .scheduled, since: Timestamp? = nil
    ) throws -> Reconciler.Report {
        try reconciler(task(of: shop.rawValue)).run(kind, since: since)
    }

    /// Runs the jobs that are ready, and those whose hold is over.
    package func runJobs() throws {
        guard
            try superuser.query(
                """
                select exists (select from jobs where state = 0 and run_at <= now())
                    or exists (select from jobs_held_for_token() as h where has_token(h.source, h.shop))
                """
            ).only().bool(0)
        else { return }
        var options = RunOptions()
        options.once = true
        options.duration = .milliseconds(20_000)
        var logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        _ = BatchRun(
            conninfo: try SharedCluster.get().conninfo(user: "hookledger_batch", database: database),
            actions: ActionTable.actions(settings), conditions: RuleConditions(settings), client: client,
            options: options, logger: logger, stop: StopFlag()
        ).run()
    }

    /// How many requests the destination got, and of how many effects.
    package var effects: (requests: Int, different: Int) {
        let taken = receiver.taken.dropFirst(effectsBefore)
        return (taken.count, Set(taken).count)
    }

    /// The one value of a query, as text.
    package func value(_ sql: String) throws -> String? {
        try superuser.query("select (\(sql))::text", []).only().optionalText(0)
    }
}

/// A fault of the simulation itself.
package struct ShopWorldError: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}
