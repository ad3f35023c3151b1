import JSON
import Providers
import Testing
import Webhooks

/// A small generator with a seed (SplitMix64), so that a failure can be repeated.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("Bodies of any kind")
struct RandomBodyTests {
    private static let keys = [
        "type", "shop_id", "timestamp", "data", "order_id", "order_status", "create_time", "update_time", "items", "id",
        "quantity",
        "sale_price", "shipping_address", "full_address", "name", "total_amount", "shipping_fee", "buyer_email",
        "tts_notification_id",
        "seller_open_id", "other", "\u{0}",
    ]
    private static let leaves = [
        "1", "4", #""order_created""#, #""order_cancelled""#, #""package_shipped""#, #""1""#, #""\u0000""#,
        #""\ud800""#, "null", "true", "-1", "1e400",
        "1e999999999999", "0.1", "1735380000", "99999999999999999999", #""""#, #""UNPAID""#, #""CANCEL""#, "-0",
        #""49.98""#, "[]", "{}",
        #""\#(String(repeating: "é", count: 2100))""#, "253402300799",
    ]

    private static func text(depth: Int, using generator: inout SeededGenerator) -> String {
        let choice = Int.random(in: 0..<10, using: &generator)
        if depth == 0 || choice < 4 { return leaves.randomElement(using: &generator) ?? "0" }
        let count = Int.random(in: 0..<8, using: &generator)
        if choice == 4 {
            return "[" + (0..<count).map { _ in text(depth: depth - 1, using: &generator) }.joined(separator: ",") + "]"
        }
        return "{"
            + (0..<count).map { _ in
                JSONValue.string(keys.randomElement(using: &generator) ?? "").text + ":"
                    + text(depth: depth - 1, using: &generator)
            }.joined(separator: ",") + "}"
    }

    @Test(
        "No body makes a provider throw or trap; the event is the same each time, and fits the tables",
        arguments: 0..<8 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        var orders = 0
        for _ in 0..<40 {
            let data =
                (["items", "shipping_address"]
                + (0..<4).compactMap { _ in Self.keys.randomElement(using: &generator) })
                .map { JSONValue.string($0).text + ":" + Self.text(depth: 3, using: &generator) }.joined(separator: ",")
            let id = Bool.random(using: &generator) ? "\"1\"" : Self.text(depth: 2, using: &generator)
            let type = Self.leaves.prefix(6).randomElement(using: &generator) ?? "1"
            for body in [
                #"{"type":\#(type),"data":{"order_id":\#(id),\#(data)}}"#, Self.text(depth: 4, using: &generator),
            ] {
                for provider in ProviderRegistry.all {
                    let event = try event(Array(body.utf8), by: provider)
                    #expect(try event == ProvidersTests.event(Array(body.utf8), by: provider))
                    check(event)
                    if event.order != nil { orders += 1 }
                }
            }
        }
        #expect(orders > 10)
    }

    private func check(_ event: Event) {
        for text in [event.type, event.providerType, event.subject ?? "x", event.shopID ?? "x"] {
            #expect((1...261).contains(text.utf8.count) && !text.utf8.contains(0))
        }
        guard let order = event.order else { return }
        #expect((1...255).contains(order.id.utf8.count))
        for (name, value) in order.extra {
            #expect(name.storable == name && value.storable == value)
        }
        for (field, value) in order.fields where value != .null {
            #expect(value.storable == value)
            switch field {
            case .totalAmount, .shippingFee: #expect(isMoney(value))
            case .placedAt, .changedAt: #expect(Timestamp(rfc3339: value.string ?? "") != nil)
            case .needsDetail: #expect(value.bool != nil)
            case .shippingAddress: #expect(value.object != nil)
            case .items: checkLines(value.array ?? [])
            default: #expect((value.string?.utf8.count ?? .max) <= 4096)
            }
        }
    }

    private func checkLines(_ lines: [JSONValue]) {
        #expect(Set(lines.compactMap { $0["line_id"]?.string }).count == lines.count)
        for line in lines {
            if let quantity = line["quantity"], quantity != .null {
                #expect(Int32(exactly: quantity.integer ?? -1).map { $0 >= 0 } ?? false)
            }
            for key in ["unit_price", "list_price"] {
                if let price = line[key], price != .null { #expect(isMoney(price)) }
            }
        }
    }

    private func isMoney(_ value: JSONValue) -> Bool {
        value.string.flatMap(JSONNumber.init(literal:))?.fits(whole: 30, fraction: 10) ?? false
    }
}
