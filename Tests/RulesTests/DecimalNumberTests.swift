import Settings
import Testing

@Suite("Decimal numbers of any length")
struct DecimalNumberTests {
    @Test(
        "equal by value",
        arguments: [
            ("1", "1.000"), ("0", "-0.0e5"), ("100", "1e2"), ("0.001", "1E-3"), ("-1.50", "-15e-1"), ("120", "1.2e+2"),
            ("0e999999999", "0"),
        ])
    func equal(_ a: String, _ b: String) throws {
        let (a, b) = (try #require(DecimalNumber(a)), try #require(DecimalNumber(b)))
        #expect(a == b && a.hashValue == b.hashValue && !(a < b) && !(b < a))
    }

    @Test("in order")
    func order() throws {
        let texts = [
            "-1e999999999", "-100", "-99.99", "-2", "-1.5", "-1", "-0.001", "0", "1e-999999999", "0.001", "0.1", "0.11",
            "9.9", "10", "576486316948490000", "576486316948490001", "1e999999999",
        ]
        let numbers = try texts.map { try #require(DecimalNumber($0)) }
        for (i, a) in numbers.enumerated() {
            for (j, b) in numbers.enumerated() { #expect((a < b) == (i < j), "\(texts[i]) < \(texts[j])") }
        }
    }

    @Test(
        "no number",
        arguments: [
            "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "1,5", " 1", "1 ", "NaN", "Infinity", "1e1000000001",
            "1e99999999999999999999", "--1", "١",
        ])
    func none(_ text: String) { #expect(DecimalNumber(text) == nil) }

    @Test("agrees with integers, whatever the zeros around them")
    func integers() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let (a, b) = (Int.random(in: -5000...5000, using: &random), Int.random(in: -5000...5000, using: &random))
            let left = try #require(DecimalNumber("\(a).\(String(repeating: "0", count: abs(b) % 5 + 1))"))
            let right = try #require(DecimalNumber("\(b * 1000)e-3"))
            #expect((left < right) == (a < b) && (left == right) == (a == b), "\(a) and \(b)")
        }
    }
}
