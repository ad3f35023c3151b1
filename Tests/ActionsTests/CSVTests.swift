import Testing

@testable import Actions

/// RFC 4180, and cells that a spreadsheet would run.
@Suite struct CSVTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("\"", "\"\"\"\""),
        ("two\r\nlines", "\"two\r\nlines\""), ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+49 30", "'+49 30"),
        ("-5", "-5"), ("-5.25", "-5.25"), ("-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"), ("＝1", "'＝1"),
        ("\t=1", "'\t=1"), ("=\"a\"", "\"'=\"\"a\"\"\""), ("Grüße 👋", "Grüße 👋"),
    ]) func field(text: String, expected: String) {
        #expect(CSV.field(text) == expected)
    }

    /// What joins a scalar before it makes another character of it, to Swift and to nobody else.
    @Test(arguments: ["\u{200D}", "\u{301}", "\u{FE0F}", "\u{1F3FD}", "\u{E0020}"])
    func aQuoteIsOneWhateverFollowsIt(joiner: String) {
        #expect(CSV.field("a\"\(joiner),=1") == "\"a\"\"\(joiner),=1\"")
        #expect(CSV.field("a,\(joiner)b") == "\"a,\(joiner)b\"")
        #expect(CSV.field("=\(joiner)1") == "'=\(joiner)1")
    }

    @Test func rowsEndInBothLineEnds() {
        #expect(CSV.text([["a", nil], ["b", "c"]]) == "a,\r\nb,c\r\n")
        #expect(CSV.text([]) == "")
    }
}
