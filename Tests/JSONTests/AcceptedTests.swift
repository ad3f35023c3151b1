import JSON
import Testing

@Suite("JSON that is taken")
struct AcceptedTests {
    @Test(
        "Texts of RFC 8259, odd ones included",
        arguments: [
            "null", "true", "false", "0", "-0", "-1", "123", "1.5", "1E2", "1e+2", "1e-2", "0e0", "-0.0e-0", "123e65",
            "\"\"", "[]", "{}", " [ ] ", "\t\r\n {} \n", "[1,2]", "[[]]", "[null, 1, \"1\", {}]",
            "{\"a\":[]}", "{\"\":0}", "{ \"a\" : 1 , \"b\" : 2 }", "{\"a\":{\"a\":{\"a\":1}}}",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0060\\u012a\\u12AB\"", "\"\\uD801\\udc37\"", "\"\\u0000\"",
            "\"\u{7F}\"",
            "\"\u{2028}\u{2029}\"", "\"\u{E0}\u{20AC}\u{1F600}\u{10FFFF}\u{FFFF}\"", "[1e400]",
            "[-1e-99999999999999999999]",
            "[123456789012345678901234567890]", "[\"a\"\n,\t4]", "{\"a\":\"b\",\"a\":\"c\"}", "\"/*not a comment*/\"",
        ])
    func accepted(text: String) throws {
        let value = try parse(text)
        #expect(try JSONValue(parsing: value.serialized()) == value)
    }

    @Test("Numbers keep their literal text")
    func numbersKeepText() throws {
        for literal in ["576486316948490000", "24.90", "1.0", "-0", "1e400", "1E+2", "820982911946154508.10"] {
            #expect(try parse("[\(literal)]").array?.first == JSONNumber(literal: literal).map(JSONValue.number))
            #expect(try parse(literal).text == literal)
        }
    }

    @Test("Of a repeated key the last value counts, in the first one's place")
    func lastKeyWins() throws {
        #expect(try parse(#"{"a":1,"b":2,"a":3}"#).text == #"{"a":3,"b":2}"#)
        let many = (0..<40).map { "\"k\($0 % 20)\":\($0)" }.joined(separator: ",")
        let object = try #require(try parse("{\(many)}").object)
        #expect(object.members.map(\.key) == (0..<20).map { "k\($0)" })
        #expect(object["k7"]?.integer == 27)
    }

    @Test("A byte order mark before the text is ignored")
    func byteOrderMark() throws {
        #expect(try parse("\u{FEFF}{\"a\":1}") == parse("{\"a\":1}"))
        #expect(try parse("\u{FEFF} []") == [])
        #expect(try parse("\"\u{FEFF}a\"").string?.unicodeScalars.count == 2)
    }

    @Test("Keys that look the same but differ in bytes are two keys")
    func keysByBytes() throws {
        #expect(try parse("{\"\u{E9}\":1,\"e\u{301}\":2}").object?.members.count == 2)
        let filler = (0..<20).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(try parse("{\(filler),\"\u{E9}\":1,\"e\u{301}\":2}").object?.members.count == 22)
    }

    @Test(
        "Escapes",
        arguments: [
            (#""\u0041\n""#, "A\n"), (#""\ud83d\ude00""#, "\u{1F600}"), (#""x\ud83d""#, "x\u{FFFD}"),
            (#""\ude00y""#, "\u{FFFD}y"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}\u{1F600}"), (#""\ud83d\n""#, "\u{FFFD}\n"),
            (#""\ud83dA""#, "\u{FFFD}A"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""a\u0000b""#, "a\u{0}b"), (#""\uFFFF\uFEFF""#, "\u{FFFF}\u{FEFF}"),
        ])
    func escapes(text: String, meaning: String) throws {
        let read = try #require(try parse(text).string)
        #expect(Array(read.unicodeScalars) == Array(meaning.unicodeScalars))
    }

    @Test("64 levels are read, 65 are not")
    func depth() throws {
        func nested(_ levels: Int, _ open: String, _ close: String) -> String {
            String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
        }
        _ = try parse(nested(64, "[", "]"))
        _ = try parse(nested(64, "{\"a\":", "}"))
        #expect(throws: JSONError(reason: .tooDeep, offset: 64)) { try parse(nested(65, "[", "]")) }
        #expect(throws: JSONError(reason: .tooDeep, offset: 64 * 5)) { try parse(nested(65, "{\"a\":", "}")) }
        #expect(throws: JSONError(reason: .tooDeep, offset: 64)) { try parse(String(repeating: "[", count: 1_000_000)) }
    }
}
