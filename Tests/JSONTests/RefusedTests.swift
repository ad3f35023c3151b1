import JSON
import Testing

@Suite("What is not JSON")
struct RefusedTests {
    @Test(
        "Texts, with the offset of the first byte that does not fit",
        arguments: [
            ("", .unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2),
            ("[1,", .unexpectedEnd, 3), ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1),
            ("[1 2]", .unexpectedByte, 3),
            ("[1}", .unexpectedByte, 2), ("]", .unexpectedByte, 0), ("[]]", .trailingBytes, 2),
            ("{} {}", .trailingBytes, 3),
            ("{", .unexpectedEnd, 1), ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5),
            ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,", .unexpectedEnd, 7), ("{\"a\":1,}", .unexpectedByte, 7),
            ("{a:1}", .unexpectedByte, 1), ("{'a':1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1),
            ("{\"a\" 1}", .unexpectedByte, 5), ("{\"a\"::1}", .unexpectedByte, 5),
            ("{\"a\":1 \"b\":2}", .unexpectedByte, 7),
            ("{\"a\":1,,\"b\":2}", .unexpectedByte, 7), ("tru", .unexpectedEnd, 3), ("trUe", .unexpectedByte, 2),
            ("nul]", .unexpectedByte, 3), ("truee", .trailingBytes, 4), ("nan", .unexpectedByte, 1),
            ("NaN", .unexpectedByte, 0),
            ("Infinity", .unexpectedByte, 0), ("-Infinity", .invalidNumber, 1), ("-", .unexpectedEnd, 1),
            ("--1", .invalidNumber, 1),
            ("+1", .unexpectedByte, 0), ("01", .trailingBytes, 1), ("-01", .trailingBytes, 2),
            ("1.", .unexpectedEnd, 2),
            (".5", .unexpectedByte, 0), ("1.e1", .invalidNumber, 2), ("1e", .unexpectedEnd, 2),
            ("1e+", .unexpectedEnd, 3),
            ("1e+-1", .invalidNumber, 3), ("1ee1", .invalidNumber, 2), ("0x1", .trailingBytes, 1),
            ("1_0", .trailingBytes, 1),
            ("[1e1.5]", .unexpectedByte, 4), ("\u{FF11}", .unexpectedByte, 0), ("\"", .unexpectedEnd, 1),
            ("\"a", .unexpectedEnd, 2),
            ("\"\\", .unexpectedEnd, 2), ("\"\\x\"", .invalidEscape, 2), ("\"\\'\"", .invalidEscape, 2),
            ("\"\\U0041\"", .invalidEscape, 2),
            ("\"\\u\"", .invalidEscape, 3), ("\"\\u00G0\"", .invalidEscape, 5), ("\"\\u00", .unexpectedEnd, 5),
            ("\"\\ud800\\u00\"", .invalidEscape, 11), ("\"a\nb\"", .controlCharacter, 2),
            ("\"\t\"", .controlCharacter, 1),
            ("\"\u{0}\"", .controlCharacter, 1), ("'a'", .unexpectedByte, 0), ("[\"a\" // c\n]", .unexpectedByte, 5),
            ("[]\u{0}", .trailingBytes, 2), ("{}\u{FEFF}", .trailingBytes, 2),
            ("\u{FEFF}\u{FEFF}{}", .unexpectedByte, 3), ("\u{A0}1", .unexpectedByte, 0),
            ("\u{C}1", .unexpectedByte, 0),
        ] as [(String, JSONError.Reason, Int)])
    func refused(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason: reason, offset: offset)) { try parse(text) }
    }

    @Test(
        "Strings that are not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xFF], [0xFE], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82],
            [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x28, 0x80], [0xF0, 0x9F, 0x98, 0x28], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 2)) {
            try JSONValue(parsing: Array("\"a".utf8) + bytes + Array("b\"".utf8))
        }
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array("\"a".utf8) + bytes) }
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 4)) {
            try JSONValue(parsing: Array("{\"\\n".utf8) + bytes + Array("\":1}".utf8))
        }
        #expect(throws: JSONError(reason: .unexpectedByte, offset: 1)) {
            try JSONValue(parsing: Array("[".utf8) + bytes)
        }
    }

    @Test("UTF-16 is not read")
    func utf16() {
        #expect(!accepts([0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00]))
        #expect(!accepts([0x00, 0x5B, 0x00, 0x5D]))
    }

    @Test("The description quotes nothing")
    func description() throws {
        let error = #expect(throws: JSONError.self) { try parse("[secret]") }
        #expect(error?.description == "unexpected byte at byte 1")
    }
}
