import JSON
import Jobs
import Rules
import Webhooks

/// An order as Printify takes it (https://developers.printify.com/#orders, "Submit an order").
enum PrintifyBody {
    /// How a line names what to print.
    enum Lines: String {
        /// By the shop's article number, which is the one of the Printify product.
        case sku
        /// As the integration guide has it: the article number is Printify's product id, the sender's variant id
        /// Printify's variant id.
        case product
    }

    /// What is to be sent beside what the order says.
    struct Options {
        var lines = Lines.sku
        var shippingMethod = 1
        var notifiesBuyer = false
    }

    /// What keeps an order from being printed.
    struct Objection: Error, Hashable {
        let reason: String
    }

    static func json(_ order: StoredRecord, externalID: String, _ options: Options) throws(Objection) -> JSONValue {
        [
            "external_id": .string(externalID),
            "label": .string(order.fields["order_number"]?.string ?? order.id),
            "line_items": .array(try lines(order, options.lines)),
            "shipping_method": .number(JSONNumber(Int64(options.shippingMethod))),
            "send_shipping_notification": .bool(options.notifiesBuyer),
            "address_to": .object(try address(order)),
        ]
    }

    private static func lines(_ order: StoredRecord, _ form: Lines) throws(Objection) -> [JSONValue] {
        var lines: [JSONValue] = []
        for (place, item) in (order.fields["items"]?.array ?? []).enumerated() {
            let name = item["line_id"]?.string ?? "#\(place + 1)"
            guard let quantity = wholeQuantity(item["quantity"]) else {
                throw Objection(reason: "the line \(name) has a quantity that is not a whole number")
            }
            if quantity <= 0 { continue }
            guard let sku = item["sku"]?.string, !sku.isEmpty else {
                throw Objection(reason: "the line \(name) has no sku")
            }
            var line = JSONObject()
            switch form {
            case .sku: line["sku"] = .string(sku)
            case .product:
                guard let variant = item["variant_id"]?.integer else {
                    throw Objection(reason: "the line \(name) has no variant id that is a number, as Printify's are")
                }
                line["product_id"] = .string(sku)
                line["variant_id"] = .number(JSONNumber(variant))
            }
            line["quantity"] = .number(JSONNumber(quantity))
            lines.append(.object(line))
        }
        guard !lines.isEmpty else { throw Objection(reason: "the order has no lines") }
        return lines
    }

    /// A line without a quantity is one; nil for half of a thing.
    private static func wholeQuantity(_ quantity: JSONValue?) -> Int64? {
        guard let quantity, quantity != .null else { return 1 }
        return quantity.integer
    }

    private static func address(_ order: StoredRecord) throws(Objection) -> JSONObject {
        let address = order.fields["shipping_address"]
        func text(_ key: String) -> String? {
            guard let text = address?[key]?.string?.trimmed, !text.isEmpty else { return nil }
            return String(text)
        }
        let full = text("name") ?? order.fields["customer_name"]?.string
        guard let name = full.flatMap(PersonName.init) else {
            throw Objection(reason: "the order has no name to ship to")
        }
        var to = JSONObject()
        to["first_name"] = .string(name.first)
        to["last_name"] = .string(name.last)
        to["email"] = order.fields["email"].flatMap { $0.string.map(JSONValue.string) }
        to["phone"] = (text("phone") ?? order.fields["phone"]?.string).map(JSONValue.string)
        to["country"] = text("country").map { .string($0.uppercased()) }
        // Required, but many countries have none.
        to["region"] = .string(text("region") ?? "")
        to["address1"] = (text("address1") ?? text("full_address")).map(JSONValue.string)
        to["address2"] = text("address2").map(JSONValue.string)
        to["city"] = text("city").map(JSONValue.string)
        to["zip"] = text("zip").map(JSONValue.string)
        let missing = ["country", "address1", "city", "zip"].filter { to[$0] == nil }
        guard missing.isEmpty else {
            throw Objection(reason: "the shipping address has no \(missing.joined(separator: ", no "))")
        }
        return to
    }
}
