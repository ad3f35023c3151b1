import JSON
import Platform
import Providers
import Testing
import Webhooks

@Suite("Bodies of any kind")
struct RandomBodyTests {
    private static let keys = [
        "type", "shop_id", "timestamp", "data", "order_id", "order_status", "create_time", "update_time", "items", "id",
        "quantity",
        "sale_price", "shipping_address", "full_address", "name", "total_amount", "shipping_fee", "buyer_email",
        "tts_notification_id",
        "seller_open_id", "other", "\u{0}", "event", "content", "comment_id", "comment_action", "created_at",
        "updated_at",
        "line_items", "variants", "price", "financial_status", "total", "refunds", "fulfillments", "transactions",
        "_links",
        "tracking_numbers", "amount", "tracking_number", "refund_line_items", "billing", "shipping", "customer",
        "order_number", "product", "new",
        "subscription",
    ]
    private static let leaves = [
        "1", "4", #""order_created""#, #""order_cancelled""#, #""package_shipped""#, #""1""#, #""\u0000""#,
        #""\ud800""#, "null", "true", "-1", "1e400",
        "1e999999999999", "0.1", "1735380000", "99999999999999999999", #""""#, #""UNPAID""#, #""CANCEL""#, "-0",
        #""49.98""#, "[]", "{}", #""2024-01-01T00:00:00Z""#, #""{\"comment_id\":1}""#,
        #""\#(String(repeating: "é", count: 2100))""#, "253402300799",
    ]

    private static func text(depth: Int, using generator: inout SplitMix64) -> String {
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
        var generator = SplitMix64(seed: seed)
        var records = 0
        for _ in 0..<8 {
            let data =
                (["items", "shipping_address", "line_items", "variants"]
                + (0..<4).compactMap { _ in Self.keys.randomElement(using: &generator) })
                .map { JSONValue.string($0).text + ":" + Self.text(depth: 2, using: &generator) }.joined(separator: ",")
            let id = Bool.random(using: &generator) ? "\"1\"" : Self.text(depth: 2, using: &generator)
            let type = (Self.types + ["null", "1.5"]).randomElement(using: &generator) ?? "1"
            for body in [
                #"{"type":\#(type),"event":\#(type),"data":{"order_id":\#(id),"id":\#(id),\#(data)}}"#,
                #"{"id":\#(id),"order_number":\#(id),"comment_id":\#(id),"type":\#(type),\#(data)}"#,
                Self.text(depth: 4, using: &generator),
            ] {
                let topic = Self.topics.randomElement(using: &generator) ?? ""
                for provider in Self.providers.shuffled(using: &generator).prefix(8) {
                    guard let event = try event(body, by: provider, topic) else { continue }
                    #expect(try event == self.event(body, by: provider, topic))
                    check(event)
                    if event.record != .none { records += 1 }
                }
            }
        }
        #expect(records > 0)
    }

    /// Those that make records, and some of those that do not.
    private static let providers = ProviderRegistry.all.filter { !($0 is EnvelopeProvider) || $0.name < "e" }
    private static let types = [
        "1", "4", #""order_created""#, #""order_cancelled""#, #""package_shipped""#, #""order.created""#,
        #""product_updated""#, #""customer.created""#, #""comment.update""#, #""video_comment_created""#,
    ]
    private static let topics = [
        "orders/create", "orders/updated", "products/update", "customers/update", "customers/redact", "order.created",
        "order.deleted", "product.updated", "customer.updated", "refunds/create", "fulfillments/create",
        "returns/request",
        "orders/edited", "orders/delete", "\u{0}", "",
    ]

    /// The event, however the body is signed; nil where the contract refuses such a body.
    private func event(_ body: String, by provider: any Provider, _ topic: String) throws -> Event? {
        let headers = ["x-shopify-topic", "x-wc-webhook-topic", "x-github-event"].map { ($0, topic) }
        do {
            return try read(body, by: provider.name, provider.name == "roms" ? [] : headers)
        } catch let refusal as Refusal {
            #expect(provider.name == "roms" && refusal.kind == .invalidPayload)
            return nil
        }
    }

    private func check(_ event: Event) {
        for text in [event.type, event.providerType, event.subject ?? "x", event.shopID ?? "x"] {
            #expect((1...261).contains(text.utf8.count) && !text.utf8.contains(0))
        }
        switch event.record {
        case .none: break
        case .order(let order): check(order)
        case .product(let product): check(product.id, product.fields, product.extra)
        case .customer(let customer): check(customer.id, customer.fields, customer.extra)
        case .comment(let comment): check(comment.id, comment.fields, comment.extra)
        }
    }

    /// What a record may hold: an id that can be indexed, and values that Postgres takes.
    private func check<Field>(_ id: String, _ fields: Fields<Field>, _ extra: [String: JSONValue]) {
        #expect((1...255).contains(id.utf8.count))
        for (name, value) in extra { #expect(name.storable == name && value.storable == value) }
        for (field, value) in fields {
            #expect(value.storable == value)
            if ["price", "quantity"].contains("\(field)"), value != .null {
                #expect(value.identifier.flatMap(JSONNumber.init(literal:)) != nil)
            }
        }
    }

    private func check(_ order: Order) {
        #expect((1...255).contains(order.id.utf8.count))
        for (name, value) in order.extra {
            #expect(name.storable == name && value.storable == value)
        }
        for (field, value) in order.fields where value != .null {
            #expect(value.storable == value)
            switch field {
            case .totalAmount, .shippingFee, .price, .commission: #expect(isMoney(value))
            case .quantity: #expect(value.identifier.flatMap(JSONNumber.init(literal:)) != nil)
            case .placedAt, .changedAt: #expect(Timestamp(rfc3339: value.string ?? "") != nil)
            case .needsDetail: #expect(value.bool != nil)
            case .shippingAddress: #expect(value.object != nil)
            case .items: checkLines(value.array ?? [])
            case .trackingNumbers: #expect(value.array?.allSatisfy { $0.string != nil } == true)
            case .refundedAmount: #expect(isMoney(value))
            case .cancelRequested: #expect(value.bool != nil)
            default: #expect((value.string?.utf8.count ?? .max) <= 4096)
            }
        }
    }

    private func checkLines(_ lines: [JSONValue]) {
        #expect(Set(lines.compactMap { $0["line_id"]?.string }).count == lines.count)
        for line in lines {
            if let quantity = line["quantity"], quantity != .null {
                #expect(quantity.identifier.flatMap(JSONNumber.init(literal:))?.text.hasPrefix("-") == false)
            }
            for key in ["unit_price", "list_price"] {
                if let price = line[key], price != .null { #expect(isMoney(price)) }
            }
        }
    }

    private func isMoney(_ value: JSONValue) -> Bool {
        value.string.flatMap(JSONNumber.init(literal:))?.fits(whole: 30, fraction: 30) ?? false
    }
}
