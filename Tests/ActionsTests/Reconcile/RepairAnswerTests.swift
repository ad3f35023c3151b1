import JSON
import Ledger
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// A repair is done when the provider's answer describes the webhook that was asked for, and nothing else.
@Suite(.blocking) struct RepairAnswerTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    /// A provider whose webhook is registered, extended or enabled, and the members with which its answers describe it.
    struct Repair: Sendable, CustomTestStringConvertible {
        let shop: String
        let topic: String
        /// What is registered before, as shops.py has it.
        let before: JSONValue
        let (id, topics, address, off): (JSONObject, JSONObject, JSONObject, JSONObject)
        var testDescription: String { "\(shop), \(before == .array([]) ? "registered" : "changed")" }
    }

    private static func own(_ shop: String) -> String { "https://hooks.example.com/webhook/\(shop)" }
    private static let other: JSONValue = "https://other.example/hook?key=secret"

    private static func members(_ name: String, _ value: JSONValue) -> JSONObject {
        var object = JSONObject()
        object[name] = value
        return object
    }

    private static func repair(
        _ shop: String, _ topic: String, _ before: JSONValue, id: JSONValue, topics: (String, JSONValue),
        address: (String, JSONValue), off: (String, JSONValue)
    ) -> Repair {
        Repair(
            shop: shop, topic: topic, before: before, id: members("id", id), topics: members(topics.0, topics.1),
            address: members(address.0, address.1), off: members(off.0, off.1))
    }

    private static func entry(_ shop: String, _ id: JSONValue, _ topic: String, _ status: String = "on") -> JSONValue {
        ["id": id, "topic": .string(topic), "address": .string(own(shop)), "status": .string(status)]
    }

    private static func wooCommerce(_ before: JSONValue) -> Repair {
        repair(
            "woocommerce", "order.updated", before, id: 1, topics: ("topic", "product.updated"),
            address: ("delivery_url", other), off: ("status", "disabled"))
    }

    private static func bigCommerce(_ before: JSONValue) -> Repair {
        repair(
            "bigcommerce", "store/order/updated", before, id: 1, topics: ("scope", "store/cart/*"),
            address: ("destination", other), off: ("is_active", false))
    }

    private static func gitHub(_ before: JSONValue) -> Repair {
        repair(
            "github", "push", before, id: 9, topics: ("events", ["issues"]), address: ("config", ["url": other]),
            off: ("active", false))
    }

    /// Each has another webhook of id 1 or 9, which is not the one that is changed.
    static let repairs = [
        wooCommerce([entry("woocommerce", 1, "order.created")]),
        wooCommerce([entry("woocommerce", 7, "order.updated", "disabled")]),
        bigCommerce([entry("bigcommerce", 1, "store/order/created")]),
        bigCommerce([entry("bigcommerce", 7, "store/order/updated", "off")]),
        gitHub([["id": "9", "topic": "issues", "address": other]]),
        gitHub([["id": "9", "topic": "issues", "address": other], entry("github", "8", "issues")]),
        repair(
            "shopify", "orders/create", [entry("shopify", "gid://1", "ORDERS_UPDATED")], id: "gid://1",
            topics: ("topic", "ORDERS_DELETE"), address: ("endpoint", ["callbackUrl": other]), off: ("id", .null)),
        repair(
            "square", "order.updated", [entry("square", "s1", "order.created")], id: "s2",
            topics: ("event_types", ["order.created"]), address: ("notification_url", other), off: ("enabled", false)),
        repair(
            "stripe", "invoice.paid", [entry("stripe", "we_1", "charge.refunded")], id: "we_2",
            topics: ("enabled_events", ["charge.refunded"]), address: ("url", other), off: ("status", "disabled")),
    ]

    /// Looks, and says why each repair failed.
    private func look(_ repair: Repair) throws -> [String?] {
        let path = "paths: [/webhook/\(repair.shop)]"
        let yaml = try world.yaml().replacing(
            path,
            with: "\(path)\n    webhooks: { expect: [\(repair.topic)], address: \"\(Self.own(repair.shop))\" }")
        let task = try #require(SubscriptionWatch.Task.all(world.settings(of: yaml), of: repair.shop).first)
        let watch = SubscriptionWatch(task, world: Reconciler.World(now: { world.now }, send: { world.send($0) }))
        guard case .done(_, let repaired) = try watch.run(on: world.batch) else { return ["not looked"] }
        return repaired.map(\.trouble)
    }

    private func put(_ list: JSONValue, _ shop: String) throws {
        if let hooks = ShopStandIns.EventList(rawValue: shop) {
            try world.shops.setHooks(list, of: hooks)
        } else {
            try world.shops.setSubscriptions(list, of: try #require(ShopStandIns.Shop(rawValue: shop)))
        }
    }

    private func answer(_ text: String, _ shop: String) throws {
        if let list = ShopStandIns.EventList(rawValue: shop) {
            try world.shops.inject("answer " + text, of: list, isChange: true)
        } else {
            try world.shops.injectIntoChanges("answer " + text, of: try #require(ShopStandIns.Shop(rawValue: shop)))
        }
    }

    @Test(arguments: repairs) func anAnswerAboutSomethingElseIsNoRepair(repair: Repair) throws {
        let isShopify = repair.shop == "shopify"
        let answers: [(String, String)] = [
            (JSONValue.object(repair.id).text, "the answer is about another webhook: "),
            (JSONValue.object(repair.topics).text, "the webhook of the answer is not for "),
            (JSONValue.object(repair.address).text, "the webhook of the answer leads to https://other.example/hook"),
            (
                JSONValue.object(repair.off).text,
                isShopify ? "the answer describes no webhook" : "the webhook of the answer is switched off"
            ),
            ("<html>Done</html>", "answered 20"), ("[]", isShopify ? "the answer" : "the answer describes no webhook"),
        ]
        for (text, trouble) in answers {
            try put(repair.before, repair.shop)
            try answer(text, repair.shop)
            let found = try look(repair)
            #expect(found.count == 1 && found.first??.hasPrefix(trouble) == true, "\(text): \(found)")
            #expect(found.first??.contains("secret") == false)
            world.now = world.now.advanced(bySeconds: 25 * 3600)
        }
        #expect(try world.value("select count(*) from webhook_repairs where is_done") == "0")
        #expect(try world.value("select count(*) from webhook_repairs where not is_done") == "\(answers.count)")
        try put(repair.before, repair.shop)
        #expect(try look(repair) == [nil])
        #expect(try world.value("select count(*) from webhook_repairs where is_done") == "1")
    }

    /// TikTok Shop's answer has a code, and describes no webhook.
    @Test(arguments: ["<html>Done</html>", "[]", #"{"code": 36009004, "message": "Invalid parameter"}"#])
    func tikTokShopAnswersWithACode(text: String) throws {
        try put([], "tiktok")
        try answer(text, "tiktok")
        let repair = Repair(
            shop: "tiktok", topic: "PACKAGE_UPDATE", before: [], id: JSONObject(), topics: JSONObject(),
            address: JSONObject(), off: JSONObject())
        #expect(try look(repair).first??.isEmpty == false)
        #expect(try world.value("select count(*) from webhook_repairs where is_done") == "0")
    }
}
