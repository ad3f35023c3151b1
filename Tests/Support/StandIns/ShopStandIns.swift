package import JSON
internal import Outbound
internal import Transport

/// The shops of shops.py, in a process of their own.
package final class ShopStandIns {
    /// The shops that there are.
    package enum Shop: String, CaseIterable, Sendable {
        case tiktok, shopify, woocommerce, bigcommerce, square, etsy, evershop

        /// Those of a simulation.
        package static let simulated: [Shop] = [.tiktok, .shopify, .woocommerce]
        /// Those whose pages have numbers, so that no page can repeat.
        package static let numbered: Set<Shop> = [.woocommerce, .bigcommerce, .etsy, .evershop]
    }

    /// The lists of event_lists.py.
    package enum EventList: String, CaseIterable, Sendable {
        case github, stripe
    }

    /// Where they listen, without a slash at the end.
    package let url: String
    private let process: StandInProcess
    private let client: HTTPClient

    /// Starts them.
    package init() throws {
        process = try StandInProcess("shops.py")
        client = try StandInProcess.client()
        url = process.url
    }

    /// They have nothing, and take the first tokens again.
    package func reset() throws { try control(["op": "reset"]) }

    /// The app's secret, at the APIs and at the authorization servers.
    package static let appSecret = "e59af819cc"

    /// From now on TikTok Shop and Shopify take the tokens of the authorization servers.
    package func authorizer() throws -> Authorizer {
        try control(["op": "authorize"])
        return try Authorizer(at: url + "/authorizer")
    }

    /// A new order, or a new state of one, as the shop's API gives it.
    /// - Parameter owner: the shop or account whose tokens alone show it; nil for all.
    package func put(_ order: JSONValue, in shop: Shop, of owner: String? = nil) throws {
        var terms = JSONObject()
        terms["op"] = "put"
        terms["shop"] = .string(shop.rawValue)
        terms["order"] = order
        terms["of"] = owner.map(JSONValue.string)
        try control(.object(terms))
    }

    /// A new product or customer, or a new state of one, as the shop's API gives it.
    package func put(_ record: JSONValue, kind: String, in shop: Shop) throws {
        try control(["op": "record", "shop": .string(shop.rawValue), "kind": .string(kind), "record": record])
    }

    /// A product or customer is gone.
    package func forget(_ id: String, kind: String, in shop: Shop) throws {
        try control(["op": "forget", "shop": .string(shop.rawValue), "kind": .string(kind), "id": .string(id)])
    }

    /// The next answers of its list of products or customers have a fault of records.py.
    /// - Parameter skip: how many go by before.
    package func inject(_ fault: String, of shop: Shop, kind: String, times: Int = 1, skip: Int = 0) throws {
        try control([
            "op": "fault", "shop": .string("\(shop.rawValue)-\(kind)"), "fault": .string(fault),
            "times": .number(JSONNumber(Int64(times))), "skip": .number(JSONNumber(Int64(skip))),
        ])
    }

    /// Whether its webhooks are registered.
    package func setWebhook(_ isOn: Bool, of shop: Shop) throws {
        try control(["op": "webhook", "shop": .string(shop.rawValue), "on": .bool(isOn)])
    }

    /// The token that it takes; `test-token` at first.
    package func setToken(_ token: String, of shop: Shop) throws {
        try control(["op": "token", "shop": .string(shop.rawValue), "token": .string(token)])
    }

    /// The next answers of its list have a fault of shops.py.
    /// - Parameter skip: how many go by before.
    package func inject(_ fault: String, of shop: Shop, times: Int = 1, skip: Int = 0) throws {
        try control([
            "op": "fault", "shop": .string(shop.rawValue), "fault": .string(fault),
            "times": .number(JSONNumber(Int64(times))), "skip": .number(JSONNumber(Int64(skip))),
        ])
    }

    /// Its registered webhooks from now on, each with `id`, `topic`, `address` and `status`, in the words of shops.py.
    package func setSubscriptions(_ list: JSONValue, of shop: Shop) throws {
        try control(["op": "subscriptions", "shop": .string(shop.rawValue), "list": list])
    }

    /// Its registered webhooks now, and the bodies of the requests that changed them.
    package func subscriptions(of shop: Shop) throws -> (list: [JSONValue], sent: [JSONValue]) {
        let answer = try control(["op": "subscriptions", "shop": .string(shop.rawValue)])
        return (answer["list"]?.array ?? [], answer["sent"]?.array ?? [])
    }

    /// The next changes of its webhooks have a fault of shops.py.
    package func injectIntoChanges(_ fault: String, of shop: Shop, times: Int = 1) throws {
        try control([
            "op": "fault", "shop": .string(shop.rawValue + "-change"), "fault": .string(fault),
            "times": .number(JSONNumber(Int64(times))),
        ])
    }

    /// The next changes of its orders have a fault of shops.py.
    package func injectChange(_ fault: String, of shop: Shop, times: Int = 1) throws {
        try control([
            "op": "change_fault", "shop": .string(shop.rawValue), "fault": .string(fault),
            "times": .number(JSONNumber(Int64(times))),
        ])
    }

    /// How often each shop got a report of an order, such as `shopify 1 usps 9400`.
    package func told() throws -> [String: Int] {
        let members = try control(["op": "told"]).object?.members ?? []
        return Dictionary(
            members.map { ($0.key, Int($0.value.integer ?? 0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many requests it got.
    package func asked(_ shop: Shop) throws -> Int {
        Int(try control(["op": "asked"])[shop.rawValue]?.integer ?? 0)
    }

    @discardableResult func control(_ body: JSONValue) throws -> JSONValue {
        let answer = try client.perform(
            HTTPRequest(
                method: "POST", url: url + "/control", body: body.serialized(), responseLimit: 16 << 20,
                repeatable: true))
        return try JSONValue(parsing: answer.body)
    }
}
