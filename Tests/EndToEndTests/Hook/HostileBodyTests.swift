import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// Bodies that are signed and as large or as deep as the limit allows: a sender's own mistake must not take the
/// responder, or the orders of others, along.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct HostileBodyTests: StackUser {
    let stack: LocalStack
    private let client: LoadClient

    init() throws {
        stack = try TestStack.ofSuite()
        let shop = try Shop(stack)
        client = LoadClient(url: shop.hook, certificate: stack.folder.certificate, credentials: shop.credentials)
    }

    private static func order(_ id: String, _ more: String) -> String {
        #"{"timestamp":1,"type":"order_created","data":{"order_id":"\#(id)","order_status":"UNPAID",\#(more)}}"#
    }

    private static let bodies: [(name: String, body: String)] = [
        ("deep", String(repeating: "[", count: 1_000_000)),
        ("deep objects", String(repeating: #"{"a":"#, count: 180_000)),
        ("digits", order("digits", #""total_amount":"# + String(repeating: "9", count: 1_000_000))),
        ("escapes", order("escapes", #""note":""# + String(repeating: #"\u0041"#, count: 160_000) + "\"")),
        ("keys", order("keys", (0..<70_000).map { #""k\#($0)":1"# }.joined(separator: ","))),
        ("same key", order("same", [String](repeating: #""k":1"#, count: 140_000).joined(separator: ","))),
        (
            "lines",
            order(
                "lines", #""items":["# + [String](repeating: #"{"id":"1"}"#, count: 1_000).joined(separator: ",") + "]")
        ),
        (
            "too many lines",
            order("many", #""items":["# + [String](repeating: "{}", count: 50_000).joined(separator: ",") + "]")
        ),
        ("long id", order(String(repeating: "x", count: 900_000), #""a":1"#)),
    ]

    @Test func noneOfThemStopsTheOthers() throws {
        let responder = try TestStack.processes(stack.folder)["ingest"]
        let hostile = Self.bodies.map { ShopDelivery(.guide, body: $0.body) }
        let honest = (0..<200).map { ShopDelivery.guide("honest-\($0)", "UNPAID", at: Shop.now, amount: "2.00") }
        var client = client
        client.attempts = 50
        let report = try client.send((hostile + honest).shuffled() + hostile)
        // A busy machine may be too slow for one of them; then it is sent again.
        #expect(Set(report.statuses.keys).isSubset(of: [200, 503]))
        #expect(report.accepted.count == hostile.count * 2 + honest.count)
        #expect(try books.count("select count(*) from events") == hostile.count + honest.count)
        #expect(try books.count("select count(*) from orders where order_id like 'honest-%'") == honest.count)
        #expect(try books.count("select count(*) from order_items") == 1_000)
        #expect(try TestStack.processes(stack.folder)["ingest"] == responder)
    }
}
