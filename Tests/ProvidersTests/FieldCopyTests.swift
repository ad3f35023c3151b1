import JSON
import Platform
import Testing
import Webhooks

@testable import Providers

@Suite("Values that are copied without being made")
struct FieldCopyTests {
    private static let forms: [FieldForm] = [
        .identifier, .text, .words, .looseText, .longText, .prose, .money, .writtenAmount, .quantity, .stock, .truth,
        .moment, .date, .by { $0.asMoney },
    ]
    private static let digits = [
        "0", "7", "42", "1.50", "0.0", "-0", "-1", "1e2", "2.", "999999999", "9999999999", "01",
    ]

    private static func sent(using generator: inout SplitMix64) -> String {
        func count(_ limit: Int) -> Int { max(0, limit + Int.random(in: -1...1, using: &generator)) }
        return switch Int.random(in: 0..<9, using: &generator) {
        case 0: digits.randomElement(using: &generator) ?? "0"
        case 1: JSONValue.string(digits.randomElement(using: &generator) ?? "0").text
        case 2: ["null", "true", "[]", "{}", #""""#, #"" ""#, #""é""#].randomElement(using: &generator) ?? "null"
        case 3:
            [#""\u0000""#, #""a\nb""#, #""\ud800""#, "\"\u{7F}\"", #""\u0041""#].randomElement(using: &generator) ?? ""
        case 4: #""\#(String(repeating: "x", count: count(255)))""#
        case 5: #""\#(String(repeating: "x", count: count(1024)))""#
        case 6: #""\#(String(repeating: "x", count: count(4096)))""#
        case 7: String(repeating: "9", count: max(1, count(30))) + (Bool.random(using: &generator) ? "" : ".5")
        default: #""2024-01-01T00:00:00Z""#
        }
    }

    @Test("What is copied is what the form would store", arguments: 0..<8 as Range<UInt64>)
    func copies(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var copies: [FieldForm.Copy: Int] = [:]
        for _ in 0..<100 {
            guard
                case .object(let object)? = try? JSONValue(
                    parsing: Array(#"{"m":\#(Self.sent(using: &generator))}"#.utf8))
            else { continue }
            let place = try #require(object.place(of: "m"))
            let value = object.value(at: place)
            for form in Self.forms {
                guard let copy = form.copy(place, of: object) else { continue }
                copies[copy, default: 0] += 1
                #expect(form.value(value) == (copy == .asSent ? value : value.identifier.map(JSONValue.string)))
                #expect(value.saysSomething)
            }
        }
        #expect(copies[.asSent, default: 0] > 0 && copies[.asText, default: 0] > 0)
    }

    @Test("The fields of a line come in the order in which Postgres stores them, so that it need not sort them")
    func order() throws {
        let lines = LineItems(
            idKeys: ["id"],
            map: FieldMap([
                (.productName, ["name"], .text), (.sku, ["sku"], .words), (.quantity, ["qty"], .quantity),
                (.unitPrice, ["price"], .money), (.listPrice, ["list"], .money), (.imageURL, ["image"], .longText),
            ]))
        let sent = #"[{"name":"N","sku":"S","qty":2,"price":1.50,"list":"2","image":"i","id":"1","z":1},{"sku":null}]"#
        let items = try #require(lines.items(try JSONValue(parsing: Array(sent.utf8))))
        #expect(
            items.text
                == #"[{"sku":"S","line_id":"1","quantity":2,"image_url":"i","list_price":"2","unit_price":"1.50","#
                + #""product_name":"N","extra":{"z":1}},{"sku":null,"line_id":"\#("#2")"}]"#)
    }
}
