import JSON
import Rules
import Settings
import Testing
import Webhooks

@Suite("No record makes a rule trap")
struct RandomRecordTests {
    @Test("every test on every field of random records gives one of three values, twice the same")
    func random() throws {
        var random = SystemRandomNumberGenerator()
        let tests = [
            "x", "5", "true", "null", "[a, 5, null]", "{ gte: 5 }", "{ lt: -1e9, gt: 0.1 }", "{ prefix: e }",
            "{ prefix: 1 }", "{ exists: true }", "{ exists: false }", "{ ne: 5 }",
        ]
        let paths =
            OrderField.allCases.map(\.rawValue).flatMap { field in
                switch field {
                case "items": ["order.items", "order.items.0", "order.items.1.sku", "order.items.0.quantity"]
                case "shipping_address": ["order.shipping_address", "order.shipping_address.city.0"]
                default: ["order.\(field)"]
                }
            } + ["order.id", "order.extra.a", "order.extra.b.0.c", "type", "subject", "shop_id"]
        let rules = try settings(
            paths.flatMap { path in tests.map { "{ do: print, when: { \(path): \($0) } }" } }
        ).rules
        #expect(rules.count == paths.count * tests.count)
        var seen: Set<String> = []
        for _ in 0..<150 {
            var fields = Fields<OrderField>()
            for field in OrderField.allCases.shuffled().prefix(9) { fields[field] = Self.value(&random) }
            let order = event(
                fields,
                extra: ["a": Self.value(&random), "b": Self.value(&random)])
            let subject = RuleSubject(order, source: "shop")
            for rule in rules {
                let truth = rule.evaluate(subject)
                #expect(truth == rule.evaluate(subject))
                seen.insert(truth.word)
            }
        }
        #expect(seen == ["true", "false", "unknown"])
    }

    private static func value(_ random: inout SystemRandomNumberGenerator, depth: Int = 0) -> JSONValue {
        let numbers = ["0", "-1", "5", "1e400", "-0.0", "576486316948490000", "1E-400", "9e999999999999"]
        let texts = ["", "x", "5", "5.0", "\u{0}", "e\u{301}", "1e9999999999999999999999", "-", "true", "null"]
        switch Int.random(in: 0..<(depth < 3 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .number(JSONNumber(literal: numbers.randomElement(using: &random) ?? "0") ?? JSONNumber(0))
        case 3, 4: return .string(texts.randomElement(using: &random) ?? "")
        case 5: return .array((0..<3).map { _ in value(&random, depth: depth + 1) })
        default:
            var object = JSONObject()
            for key in ["sku", "city", "c", ""] { object[key] = value(&random, depth: depth + 1) }
            return .object(object)
        }
    }
}
