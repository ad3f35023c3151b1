import JSON
import Outbound
import Rules
import Settings
import Testing

@testable import Actions
@testable import Jobs

/// What is fetched belongs to the order's shop, or to no order of ours.
@Suite struct FetchedShopTests {
    private func action() throws -> FetchOrder {
        let settings = try Configured.settings(
            """
            sources:
              tiktok-shop:
                providers: woocommerce
                secrets: { env: S }
                shops: { allow: any, aliases: { old.example: new.example } }
            actions:
              fetch:
                kind: fetch_order
                provider: woocommerce
                base_url: "https://new.example"
                consumer_key: { env: S }
                consumer_secret: { env: S }
            """, ["S": "s"])
        let fetch = try #require(settings.action(named: "fetch"))
        return try #require(FetchOrder(fetch, in: settings))
    }

    private func judge(_ host: String?, ofShop shop: String) throws -> Step {
        var order = Subjects.order()
        order.id = "7"
        order.shopKey = shop
        let links = host.map { #", "_links": {"self": [{"href": "https://\#($0)/wp-json/wc/v3/orders/7"}]}"# } ?? ""
        let body = #"{"id": 7, "status": "processing", "total": "5", "line_items": []\#(links)}"#
        return try action().next(
            .success(HTTPResponse(status: 200, body: Array(body.utf8))), of: Subjects.subject(order: order))
    }

    @Test(
        arguments: [
            ("new.example", "new.example"), ("old.example", "new.example"), ("new.example", ""), (nil, "new.example"),
            (nil, ""),
        ] as [(String?, String)])
    func theOrdersOwn(host: String?, shop: String) throws {
        guard case .commit = try judge(host, ofShop: shop) else {
            Issue.record("\(try judge(host, ofShop: shop))")
            return
        }
    }

    @Test func anothersIsNotWrittenIntoIt() throws {
        guard case .ended(let outcome) = try judge("else.example", ofShop: "new.example") else {
            Issue.record("it must not be recorded")
            return
        }
        #expect(
            outcome == .bury("the answer is about an order of the shop else.example, and this one is of new.example"))
    }
}
