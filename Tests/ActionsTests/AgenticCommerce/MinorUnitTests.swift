import JSON
import Testing

@testable import Actions

@Suite struct MinorUnitTests {
    static let cases: [(String, String, Int64)] = [
        ("24.90", "USD", 2490), ("24.9", "usd", 2490), ("24", "EUR", 2400), ("1200", "JPY", 1200),
        ("1200.00", "JPY", 1200),
        ("1.2345", "KWD", 1235), ("0.5", "JPY", 1), ("0.49", "JPY", 0), ("-24.905", "USD", -2491), ("0", "USD", 0),
        ("8.3333", "USD", 833), ("1e2", "USD", 10_000), ("999999999999.99", "USD", 99_999_999_999_999),
        ("12.3456", "CLF", 123_456), ("-0.00", "USD", 0),
    ]

    @Test(arguments: cases)
    func amounts(text: String, currency: String, expected: Int64) {
        #expect(MinorUnits.amount(.string(text), of: currency) == expected)
        #expect(MinorUnits.amount(JSONNumber(literal: text).map(JSONValue.number), of: currency) == expected)
    }

    @Test func whatIsNoAmountIsNone() {
        let values: [JSONValue?] = [
            nil, .null, "", "24,90", "abc", "1e999999999", .bool(true), [], "99999999999999999999.00",
        ]
        for value in values {
            #expect(MinorUnits.amount(value, of: "USD") == nil)
        }
    }
}
