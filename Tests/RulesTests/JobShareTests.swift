import Actions
import Rules
import Settings
import Testing
import Webhooks

@Suite("Jobs that stand for many events")
struct JobShareTests {
    private func plan(_ subject: String?, _ flags: String, shop: String = "") throws -> [PlannedJob] {
        let text = """
            sources: { shop: { providers: shopify, verification: none } }
            actions:
              kb: { kind: knowledge_base, token: { file: t }, dataset: "1", debounce: 3s, retries: 7 }
              cart: { kind: cart_abandoned, after: 2h, then: [ops] }
              ops: { kind: http, url: "https://ops.test" }
            rules: [ { do: [kb, cart, ops] } ]
            flags: \(flags)
            """
        let input = SettingsInput(
            variable: { _ in nil },
            readFile: { ["hookledger.yaml": text, "t": "x"][$0].map { .bytes(Array($0.utf8)) } ?? .absent },
            fileMode: { _ in 0o600 })
        let settings = try Settings.load(
            path: "hookledger.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0))
        var event = Event(
            provider: "shopify", providerType: "p", type: "t", subject: subject, dedupeKey: DedupeKey(bytes: [1]))
        event.shopKey = shop
        return RulePlan(event, source: "shop", settings: settings).jobs
    }

    @Test("a sync is one for all, a timer one for each cart, others one for each event")
    func shares() throws {
        let jobs = try plan("cart:7", "{ auto_sync_products: true }")
        #expect(jobs.map(\.action) == ["kb", "cart", "ops"])
        #expect(jobs[0].share?.key == "knowledge_base:kb" && jobs[0].share?.delay == 3000)
        #expect(jobs[0].share?.restarts == false && jobs[0].maxAttempts == 8)
        #expect(jobs[1].share?.key == "cart_abandoned:cart:shop:7" && jobs[1].share?.delay == 7_200_000)
        #expect(jobs[1].share?.restarts == true)
        #expect(jobs[2].share == nil && jobs[2].maxAttempts == 4)
        #expect(try plan("order:7", "{ auto_sync_products: true }")[1].share == nil)
    }

    @Test("a cart is its shop's, where the signed content names one")
    func cartOfShop() throws {
        let keys = try ["a.example", "b.example/shop", "c:d%", ""].map {
            try plan("cart:7", "{}", shop: $0)[0].share?.key
        }
        #expect(
            keys == [
                "cart_abandoned:cart:shop:a.example:7", "cart_abandoned:cart:shop:b.example/shop:7",
                "cart_abandoned:cart:shop:c%3Ad%25:7", "cart_abandoned:cart:shop:7",
            ])
    }

    @Test("without its flag there is no sync")
    func flag() throws {
        #expect(try plan(nil, "{}").map(\.action) == ["cart", "ops"])
        #expect(try plan(nil, "{ auto_sync_products: false }").map(\.action) == ["cart", "ops"])
    }
}
