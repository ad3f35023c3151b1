import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// What deliveries of both contracts make of an order.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct OrderStateTests: StackUser {
    let stack: LocalStack
    private let shop: Shop

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
    }

    @Test func partnerCenterUpdatesTheStatusAndLeavesTheMoney() throws {
        let now = Shop.now
        #expect(try shop.send(.guide("mixed", "AWAITING_SHIPMENT", at: now, amount: "49.98")).status == 200)
        let answer = try shop.send(.partnerCenter("mixed", "IN_TRANSIT", at: now + 1))
        #expect((answer.status, answer.body) == (200, ""))
        let row = "select status, total_amount, email from orders where order_id = 'mixed'"
        #expect(try books.lines(row) == ["IN_TRANSIT|49.98|mixed@buyer.example"])
        let again = try shop.send(.partnerCenter("mixed", "IN_TRANSIT", at: now + 1))
        #expect((again.status, again.body) == (200, ""))
        #expect(try books.count("select count(*) from events where subject = 'order:mixed'") == 2)
    }

    /// 24 orders of arrival, 24 equal rows.
    @Test func everyOrderOfArrivalGivesTheSameRow() throws {
        let now = Shop.now
        for (number, places) in Self.permutations([0, 1, 2, 3]).enumerated() {
            let order = "arrival-\(number)"
            let life: [ShopDelivery] = [
                .guide(order, "UNPAID", at: now - 40, amount: "12.50"),
                .partnerCenter(order, "AWAITING_SHIPMENT", at: now - 30),
                .guide(order, "IN_TRANSIT", at: now - 20, amount: "12.00", type: "package_shipped"),
                .partnerCenter(order, "CANCEL", at: now - 10),
            ]
            for place in places { try #require(try shop.send(life[place]).status == 200) }
        }
        let states = """
            select distinct status, total_amount, order_data - 'email' - 'id' - 'needs_detail', extra
            from orders where order_id like 'arrival-%'
            """
        let rows = try books.lines(states)
        #expect(rows.count == 1, "\(rows)")
        #expect(rows.first?.hasPrefix("CANCELLED|12.00|") == true)
        #expect(try books.count("select count(*) from orders where order_id like 'arrival-%'") == 24)
    }

    @Test(arguments: ["not JSON", "", "{", "[1]", "\"text\"", "{\"type\":\"order_created\"}", "\u{1}", "💶"])
    func aSignedBodyOfNoKnownFormIsKept(_ body: String) throws {
        let before = try books.count("select count(*) from events where type in ('unrecognized')")
        let answer = try shop.send(ShopDelivery(.guide, body: body))
        #expect(answer.status == 200)
        #expect(try books.count("select count(*) from events where type in ('unrecognized')") == before + 1)
        #expect(try books.count("select count(*) from orders where order_id = ''") == 0)
    }

    @Test func hostileValuesArriveAsTheyAre() async throws {
        let order = #"o'1;--\"\\<!channel>&"#
        let now = Shop.now
        let body = """
            {"timestamp":\(now),"type":"order_created","shop_id":"s","data":{"order_id":"\(order)",\
            "order_status":"AWAITING_SHIPMENT","update_time":\(now),"total_amount":123456789012345678.90,\
            "note":"\\u0000 \\ud800 1e999","create_time":99999999999999999999,"items":[{"id":"1","quantity":1e400}]}}
            """
        #expect(try shop.send(ShopDelivery(.guide, body: body)).status == 200)
        let row = "select total_amount, status from orders where order_id like 'o''1;%'"
        #expect(try books.lines(row) == ["123456789012345678.90|AWAITING_SHIPMENT"])
        #expect(
            try await books.eventually(
                "select outcome from job_log where order_id like 'o''1;%'", are: ["done"]))
        let messages = try Files.readText(stack.folder.slackMessages)
        #expect(messages.contains("&lt;!channel&gt;&amp;"))
        #expect(!messages.contains("<!channel>"))
    }

    @Test func theSameDeliveryAtOnceFromManyClientsCountsOnce() throws {
        let client = LoadClient(
            url: shop.hook, certificate: stack.folder.certificate, credentials: shop.credentials)
        let one = ShopDelivery.guide("at-once", "UNPAID", at: Shop.now, amount: "5")
        let report = try client.send([ShopDelivery](repeating: one, count: 200))
        #expect(report.statuses == [200: 200])
        #expect(try books.count("select count(*) from events where subject = 'order:at-once'") == 1)
        #expect(try books.count("select count(*) from orders where order_id = 'at-once'") == 1)
    }

    private static func permutations(_ places: [Int]) -> [[Int]] {
        guard places.count > 1 else { return [places] }
        return places.flatMap { first in permutations(places.filter { $0 != first }).map { [first] + $0 } }
    }
}
