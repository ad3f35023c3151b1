import Outbound
import Platform
import StackSuite
import StandIns
import Testing

/// Many product events make few syncs, and the last one has the products as they are. 5,000 with HOOKLEDGER_FULL=1.
@Suite(.place) struct ProductSyncTests {
    private static let events = LoadStack.isFull ? 5000 : 300
    private static let products = LoadStack.isFull ? 200 : 20
    private static let debounce: Int64 = LoadStack.isFull ? 10 : 1

    /// The events of one product, the newest last; every tenth product is deleted in the end.
    private static func body(_ number: Int, _ product: Int) -> String {
        let time = "2025-10-28T\(two(12 + number / 3600)):\(two(number / 60 % 60)):\(two(number % 60))Z"
        if number >= events - products, product % 10 == 0 {
            return #"{"event":"product.deleted","timestamp":"\#(time)","data":{"id":"\#(product)"}}"#
        }
        let type = number < products ? "product.created" : "product.updated"
        return #"{"event":"\#(type)","timestamp":"\#(time)","data":{"id":"\#(product)","name":"Product \#(product)","#
            + #""description":"Product description","price":\#(number).99,"sku":"PROD-\#(product)","qty":\#(number)}}"#
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static var expected: String {
        let last = (events - products..<events).map { (product: $0 % products, number: $0) }
            .filter { $0.product % 10 != 0 }.sorted { "\($0.product)" < "\($1.product)" }
        return "id,name,description,price,currency,sku,qty,status,url\r\n"
            + last.map {
                "\($0.product),Product \($0.product),Product description,\($0.number).99,,PROD-\($0.product),\($0.number),,\r\n"
            }
            .joined()
    }

    @Test func manyEventsMakeFewSyncsAndTheLastOneIsRight() async throws {
        try await SlowWorkStack.run(debounce: "\(Self.debounce)s") { shop in
            let start = SystemClock.monotonicNanoseconds()
            let bodies = (0..<Self.events).map { Self.body($0, $0 % Self.products) }.shuffled()
            try await shop.send(bodies.map { shop.everShop("product", $0) })
            #expect(try await shop.settle())
            let seconds = (SystemClock.monotonicNanoseconds() - start) / 1_000_000_000
            let syncs = try shop.standIns.effects("coze")["products"] ?? 0
            print("\(Self.events) product events within \(seconds) s: \(syncs) syncs")
            // One for each window that was begun.
            #expect(syncs >= 1 && Int64(syncs) <= seconds / Self.debounce + 1)
            #expect(try shop.standIns.documents("products") == [Self.expected])
            #expect(try shop.books.count("select count(*) from events") == Self.events)
            #expect(try shop.books.count("select count(*) from job_attempts where outcome <> 'done'") == 0)
        }
    }
}
