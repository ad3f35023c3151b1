internal import Actions
internal import JSON
package import Ledger
internal import Platform
internal import Postgres
internal import Settings
package import StandIns
package import Webhooks

/// A ``ShopWorld`` that the batch processor keeps alive: it refreshes the stored tokens of TikTok Shop and Shopify, registers
/// webhooks again, and reconciles. People do only what nobody else can. WooCommerce has keys that do not expire.
package final class LivingShops {
    /// The shops, the ledger and the destination.
    package let world: ShopWorld
    private let authorizer: Authorizer
    private let folder: String
    private var passed = SystemClock.monotonicNanoseconds()
    /// When what is asked regularly is due, in microseconds.
    private var due: [String: Int64] = [:]

    /// How long an access token lives, in seconds: a day. The refresh is due between two minutes.
    package static let life: Int64 = 86_436

    /// The account whose tokens are those of a shop.
    private static let accounts: [ShopStandIns.Shop: String] = [.tiktok: "seller-1", .shopify: "one.myshopify.com"]

    /// Starts the shops; people have authorized the app and registered the webhooks.
    package init(now: Timestamp) throws {
        let folder = try Files.makeTemporaryFolder()
        self.folder = folder
        _ = try KeyFile.create(folder + "/tokens.key")
        world = try ShopWorld(now: now) { yaml, shops in ShopApps.amended(yaml, shops: shops, folder: folder) }
        authorizer = try world.shops.authorizer()
        try authorizer.control("life", ["seconds": .number(JSONNumber(Self.life))])
        for shop in ShopStandIns.Shop.simulated {
            let list = Subscribed.topics(shop).enumerated().map { place, topic -> JSONValue in
                [
                    "id": shop == .woocommerce ? .number(JSONNumber(Int64(place) + 1)) : .string("w\(place)"),
                    "topic": .string(topic), "address": .string(ShopApps.address(shop)), "status": "active",
                ]
            }
            try world.shops.setSubscriptions(.array(list), of: shop)
            if Self.accounts[shop] != nil { try authorize(shop) }
        }
    }

    deinit { try? Files.remove(folder) }

    /// A person authorizes the app.
    package func authorize(_ shop: ShopStandIns.Shop) throws {
        try Files.write(folder + "/hookledger.yaml", text: world.yaml())
        try ShopApps.authorize(
            shop, account: Self.accounts[shop] ?? "", shops: [ShopOrder.tikTokShop], at: authorizer, folder: folder,
            environment: world.environment)
    }

    /// Minutes pass for the tokens: they live by the clocks of the database and of the provider, which are those of this host.
    /// Its own time is taken off, so that the run does not depend on how fast it is.
    package func pass(minutes: Int64) throws {
        let now = SystemClock.monotonicNanoseconds()
        let step = minutes * 60_000_000 - Int64(now - passed) / 1000
        passed = now
        _ = try world.superuser.query(
            """
            update credentials set expires_at = expires_at - $1::interval, refresh_due_at = refresh_due_at - $1,
                refreshed_at = refreshed_at - $1, authorized_at = authorized_at - $1, state_since = state_since - $1,
                refresh_expires_at = refresh_expires_at - $1, leased_until = leased_until - $1
            """, [.interval(step)])
        try authorizer.control("advance", ["microseconds": .number(JSONNumber(step))])
    }

    /// The provider ends the access token of a shop.
    package func endToken(of shop: ShopStandIns.Shop) throws { try end("expire", shop) }

    /// The seller takes his permission back, and no webhook mentions it.
    package func revoke(_ shop: ShopStandIns.Shop) throws { try end("revoke", shop) }

    private func end(_ operation: String, _ shop: ShopStandIns.Shop) throws {
        try authorizer.control(operation, ["account": .string(Self.accounts[shop] ?? "")])
    }

    /// Refreshes the tokens that are due.
    /// - Returns: how many were refreshed, and how many refreshes were refused.
    package func keepTokens() throws -> (refreshed: Int, refused: Int) {
        let refresh = TokenRefresh(
            world.settings, vault: try TokenVault(of: world.settings.keys), holder: "simulation",
            now: { SystemClock.now }, send: { self.world.send($0) })
        var (refreshed, refused) = (0, 0)
        while let report = try refresh.one(
            on: world.batch,
            connect: { () throws(PostgresError) in throw PostgresError(message: "the connection is lost") })
        {
            switch report.end {
            case .done: refreshed += 1
            case .refused: refused += 1
            case .overtaken, .failed: throw ShopWorldError("refresh: \(report.end)")
            }
        }
        return (refreshed, refused)
    }

    /// Looks at the registered webhooks of a shop, if that is due.
    /// - Returns: how many were registered or enabled again.
    package func watch(_ shop: ShopStandIns.Shop) throws -> Int {
        guard isDue("watch", shop) else { return 0 }
        var (repaired, wait) = (0, Int64(60))
        for task in SubscriptionWatch.Task.all(world.settings, of: shop.rawValue) {
            for one in try task.withTokens(world.settings, isNoted: true, on: world.batch).tasks {
                let look = SubscriptionWatch(
                    one, world: Reconciler.World(now: { self.world.now }, send: { self.world.send($0) }))
                guard case .done(_, let done) = try look.run(on: world.batch) else { continue }
                repaired += done.count { $0.trouble == nil }
                if done.isEmpty { wait = one.webhooks.every.components.seconds }
            }
        }
        rest("watch", shop, wait)
        return repaired
    }

    /// Reconciles a shop, if that is due.
    package func reconcile(_ shop: ShopStandIns.Shop) throws {
        guard isDue("reconcile", shop) else { return }
        var wait: Int64 = 60
        for task in world.tasks(shop) {
            for one in try Reconciler.ready(task, world.settings, now: world.now, on: world.batch)
            where try world.reconciler(one).run(.scheduled).end == .done {
                wait = one.reconcile.every.components.seconds
            }
        }
        rest("reconcile", shop, wait)
    }

    // What is not due is not asked for: a run of many days asks often enough.
    private func isDue(_ what: String, _ shop: ShopStandIns.Shop) -> Bool {
        due["\(what) \(shop)"] ?? .min <= world.now.microseconds
    }

    private func rest(_ what: String, _ shop: ShopStandIns.Shop, _ seconds: Int64) {
        due["\(what) \(shop)"] = world.now.microseconds + seconds * 1_000_000
    }

    /// A person releases what was refused while the secret was wrong.
    package func release() throws -> Release.Report {
        var whole = Release.Report()
        for shop in ShopStandIns.Shop.simulated {
            guard let source = world.settings.source(named: shop.rawValue) else { continue }
            let one = try Release(
                Release.Request(source: source, since: nil, acceptsLate: false), settings: world.settings, key: nil,
                connection: world.batch, role: .batch
            ).run(isDry: false)
            whole.released += one.released
            whole.arrived += one.arrived
            whole.superseded += one.superseded
            whole.unusable += one.unusable
            whole.failed += one.failed
            whole.refused.merge(one.refused) { $0 + $1 }
        }
        return whole
    }

    /// The topics of a shop whose webhooks are on.
    package func subscribed(_ shop: ShopStandIns.Shop) throws -> Set<String> {
        let list = try world.shops.subscriptions(of: shop).list
        return Set(list.filter { $0["status"]?.string ?? "active" == "active" }.compactMap { $0["topic"]?.string })
    }

    /// How often something was changed at the shop's registered webhooks over its API.
    package func changes(of shop: ShopStandIns.Shop) throws -> Int {
        try world.shops.subscriptions(of: shop).sent.count
    }

    /// The provider switches webhooks off: WooCommerce marks them, the others forget them.
    package func switchOff(_ topics: Set<String>, of shop: ShopStandIns.Shop) throws {
        if shop == .woocommerce { return try mark(topics, "disabled") }
        let list = try world.shops.subscriptions(of: shop).list
        try world.shops.setSubscriptions(
            .array(list.filter { !topics.contains($0["topic"]?.string ?? "") }), of: shop)
    }

    /// A person pauses the webhooks of WooCommerce, or ends that.
    package func pause(_ isPaused: Bool) throws {
        try mark(Set(Subscribed.topics(.woocommerce)), isPaused ? "paused" : "active")
    }

    private func mark(_ topics: Set<String>, _ status: String) throws {
        let list = try world.shops.subscriptions(of: .woocommerce).list.map { one -> JSONValue in
            guard var terms = one.object, topics.contains(one["topic"]?.string ?? "") else { return one }
            terms["status"] = .string(status)
            return .object(terms)
        }
        try world.shops.setSubscriptions(.array(list), of: .woocommerce)
    }
}
