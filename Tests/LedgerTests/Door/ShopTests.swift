import JSON
import Ledger
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// Where ids are the shop's own, a row belongs to a shop.
@Suite(.blocking) struct ShopTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func rows(_ table: String = "orders") throws -> String? {
        try ledger.value(
            "select string_agg(shop_key || '=' || status, ' ' order by shop_key) from \(table)")
    }

    private static func one(_ key: String) -> Recordable.Terms {
        var terms = Recordable.Terms()
        terms.shopKey = key
        terms.shopRule = .one
        return terms
    }

    @Test func oneIDOfTwoShopsIsTwoRows() throws {
        for kind in ["order", "product", "customer"] {
            try ledger.tell([
                Saying(kind: kind, status: "first", at: 0, shop: "a.example"),
                Saying(kind: kind, status: "second", at: 1, shop: "b.example"),
                Saying(kind: kind, status: "third", at: 2, shop: "a.example"),
            ])
            #expect(try rows(kind + "s") == "a.example=third b.example=second")
        }
        #expect(try ledger.differences() == "0")
        #expect(
            try ledger.value("select string_agg(shop_key, ' ' order by id) from order_states") == "a.example b.example")
    }

    @Test func aRowWithoutAShopIsAdoptedByTheFirstThatNamesIt() throws {
        try ledger.tell(
            [Saying(status: "new", at: 0), Saying(status: "paid", at: 1, shop: "a.example")], action: "ops")
        try ledger.tell([Saying(status: "new", at: 0, shop: "b.example")])
        #expect(try rows() == "a.example=paid b.example=new")
        #expect(try ledger.value("select count(distinct order_row) from jobs") == "1")
        // Its inventory goes with a product.
        let mug = ["name": "Mug"]
        try ledger.tell([Saying(kind: "product", fields: mug, at: 0)])
        try ledger.superuser.execute(
            "insert into inventory (source, product_id, sku, quantity) values ('shop', '1', 'MUG', 5)")
        try ledger.tell([Saying(kind: "product", fields: mug, at: 1, shop: "a.example")])
        #expect(try ledger.value("select shop_key || quantity from inventory") == "a.example5")
    }

    @Test func aBodyThatNamesNoShopBelongsToTheOnlyRowOfItsID() throws {
        try ledger.tell([Saying(status: "new", at: 0, shop: "a.example")])
        try ledger.tell([Saying(status: "trash", timing: .deletion, window: 600)])
        #expect(try rows() == "a.example=trash")
        try ledger.tell([Saying(status: "new", at: 5, shop: "b.example")])
        try ledger.tell([Saying(status: "gone", at: 9), Saying(status: "bin", timing: .deletion, window: 600)])
        #expect(try rows() == "a.example=trash b.example=new")
        #expect(
            try ledger.value(
                "select count(*) || max(reason) from events where disposition = 'stored' and order_row is null"
            )?.hasPrefix("2several shops") == true)
        #expect(try ledger.differences() == "0")
    }

    /// A deletion that came before all rows is the first row's, not that of another shop with the same id.
    @Test func aHeldDeletionBelongsToTheFirstRowOfItsID() throws {
        for kind in ["order", "product"] {
            try ledger.tell([
                Saying(kind: kind, status: "trash", timing: .deletion, window: 600),
                Saying(kind: kind, status: "new", at: -20, shop: "a.example"),
                Saying(kind: kind, status: "new", at: -10, shop: "b.example"),
                Saying(kind: kind, status: "paid", at: -5, shop: "a.example"),
            ])
            #expect(try rows(kind + "s") == "a.example=trash b.example=new")
        }
        #expect(try ledger.differences() == "0")
    }

    /// The same deletion after something else was said is no repetition, though it changes none of several rows.
    @Test func aDeletionThatIsOneOfSeveralIsAnEventOfItsOwn() throws {
        let deleted = Saying(status: "trash", timing: .deletion, window: 600)
        let receipts = try ledger.tell([
            Saying(status: "new", at: 0, shop: "a.example"), deleted, deleted,
            Saying(status: "new", at: 2, shop: "b.example"), deleted, deleted,
            Saying(status: "paid", at: 9, shop: "b.example"), deleted,
        ])
        #expect(receipts.map(\.isDuplicate) == [false, false, true, false, false, true, false, false])
        #expect(try rows() == "a.example=trash b.example=paid")
        #expect(try ledger.value("select count(*) from events where reason like 'several shops%'") == "2")
        #expect(try ledger.differences() == "0")
    }

    /// Under `one` the first shop that signed an order is the source's; the jobs of another one are held.
    @Test func jobsOfAShopThatIsNotListedAreHeld() throws {
        func said(_ shop: String, _ status: String, isVerified: Bool = true, kind: String = "order") throws {
            var saying = Saying(kind: kind, status: status, at: 0, shop: shop)
            saying.isVerified = isVerified
            _ = try ledger.record(saying.recordable(terms: Self.one(shop), action: "ops"))
        }
        try said("forged.example", "x", isVerified: false)
        try said("product.example", "x", kind: "product")
        try said("a.example", "new")
        try said("b.example", "new")
        #expect(
            try ledger.value("select string_agg(shop_key || ' ' || state, ', ' order by shop_key) from shop_list")
                == "a.example listed, b.example unlisted, forged.example unlisted, product.example unlisted")
        let held = "select count(*) || ' ' || count(*) filter (where state = 3 and hold_reason = 'shop') from jobs"
        #expect(try ledger.value(held) == "4 3")
        let operation = try ledger.connect(as: "hookledger_operator")
        _ = try operation.query("select decide_shop('shop', 'b.example', 'listed', 'cli:root', null)", [])
        try said("b.example", "paid")
        #expect(try ledger.value(held) == "5 2")
        #expect(
            try ledger.value("select details ->> 'before' from operator_log where action = 'shop.listed'") == "unlisted"
        )
    }

    /// A product, a customer or an unsigned order may have named it before its first order.
    @Test func theFirstOrderMayBeOfAShopThatIsKnown() throws {
        for (kind, isVerified) in [("product", true), ("customer", true), ("order", false), ("order", true)] {
            var saying = Saying(kind: kind, status: "\(kind)\(isVerified)", at: 0, shop: "a.example")
            saying.isVerified = isVerified
            _ = try ledger.record(saying.recordable(terms: Self.one("a.example"), action: "ops"))
        }
        #expect(
            try ledger.value("select shop_key || ' ' || state || ' ' || is_first from source_shops")
                == "a.example listed true")
        #expect(try ledger.value("select count(*) || ' ' || count(*) filter (where state = 3) from jobs") == "4 3")
    }

    @Test func twoFirstShopsAtOnceAreOne() async throws {
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        try await withThrowingTaskGroup { group in
            for shop in ["a.example", "b.example", "c.example", "d.example"] {
                group.addTask {
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
                    let delivery = try Saying(id: shop, status: "new", at: 0, shop: shop).recordable(
                        terms: Self.one(shop), action: "ops")
                    _ = try #require(writer.record([delivery]).first).get()
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.value("select count(*) from source_shops where state = 'listed' and is_first") == "1")
        #expect(try ledger.value("select count(*) from jobs where state = 3") == "3")
    }

    /// Two hosts with a batch each about one new id: one of them records its batch again, and no sender sees that.
    @Test func aUniqueKeyNeverReachesTheSender() async throws {
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        try await withThrowingTaskGroup { group in
            for worker in 0..<6 {
                group.addTask {
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
                    let shop = ["", "a.example", "b.example"][worker % 3]
                    let batch = try (0..<20).map { id in
                        try Saying(id: "\(id)", status: "s\(worker)", at: Int64(worker), shop: shop).recordable()
                    }
                    for result in writer.record(batch) { _ = try result.get() }
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.value("select count(*) from events") == "120")
        #expect(try ledger.value("select count(*) from orders where shop_key <> ''") == "40")
    }

    @Test func aShopsKeyIsHostAndPathInLowerCase() {
        #expect(ShopSettings.key("https://www.Shop.Example:8443/Store/") == "shop.example/store")
        #expect(ShopSettings.key("shop.example") == "shop.example")
        let shops = ShopSettings(rule: .list(["new.example"]), aliases: ["old.example": "new.example"])
        #expect(shops.verdict(on: shops.resolve("old.example")) == .any)
        #expect(shops.verdict(on: "else.example") == .unlisted)
    }
}
