import JSON
import Testing

@Suite("JSON numbers")
struct NumberTests {
    @Test("Literals", arguments: ["", "-", "1a", " 1", "1 ", "1.", "٣", "0x1", "1e", "+1", "00"])
    func notLiterals(text: String) { #expect(JSONNumber(literal: text) == nil) }

    @Test("Whole numbers that fit in 64 bits")
    func integers() {
        #expect(JSONNumber(literal: "9223372036854775807")?.integer == .max)
        #expect(JSONNumber(literal: "9223372036854775808")?.integer == nil)
        #expect(JSONNumber(literal: "1.0")?.integer == nil)
        #expect(JSONNumber(literal: "1e3")?.integer == nil)
    }

    @Test(
        "Digits before and after the point",
        arguments: [
            ("0", 1, 0), ("-12", 2, 0), ("12.50", 2, 2), ("1e3", 4, 0), ("1.25e1", 2, 1), ("1.25E+2", 3, 0),
            ("5e-3", 1, 3), ("1e29", 30, 0),
        ])
    func fits(text: String, whole: Int, fraction: Int) throws {
        let number = try #require(JSONNumber(literal: text))
        #expect(number.fits(whole: whole, fraction: fraction))
        if fraction > 0 { #expect(!number.fits(whole: whole, fraction: fraction - 1)) }
        if whole > 1 { #expect(!number.fits(whole: whole - 1, fraction: fraction)) }
    }

    @Test(
        "Absurd exponents fit nowhere",
        arguments: [
            "1e400000000", "1e-400000000", "1e99999999999999999999", "0e-99999999999999999999",
        ])
    func absurd(text: String) throws {
        #expect(try !#require(JSONNumber(literal: text)).fits(whole: 1000, fraction: 1000))
    }

    @Test(
        "The plain form of a number",
        arguments: [
            ("2", "2"), ("2.0", "2"), ("2.0000", "2"), ("0.50", "0.5"), ("727000.0", "727000"), ("20e-1", "2"),
            ("1.25e1", "12.5"), ("1e3", "1000"), ("-0", "0"), ("-0.0", "0"), ("-1.50", "-1.5"), ("5e-3", "0.005"),
            ("0e9", "0"), ("1e29", "1" + String(repeating: "0", count: 29)),
            ("576486316948490000", "576486316948490000"),
        ])
    func plain(text: String, plain: String) throws {
        #expect(try #require(JSONNumber(literal: text)).plain?.text == plain)
    }

    @Test("What is too large or too fine has no plain form", arguments: ["1e30", "1e400", "1e-31", "1e99999999999999"])
    func noPlainForm(text: String) throws {
        #expect(try #require(JSONNumber(literal: text)).plain == nil)
    }

    @Test("What Postgres cannot take is stored as text")
    func storable() throws {
        let value = try parse(#"{"a\u0000":["x\u0000y",1e400,1e200000,1e-20000,1.5]}"#)
        #expect(value.storable.text == "{\"a\u{FFFD}\":[\"x\u{FFFD}y\",1e400,\"1e200000\",\"1e-20000\",1.5]}")
        let long = String(repeating: "9", count: 200_000)
        #expect(try parse(long).storable == .string(long))
    }
}
