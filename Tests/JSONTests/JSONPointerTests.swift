import Testing

@testable import JSON

/// JSON pointers, with the examples of RFC 6901, section 5.
@Suite struct JSONPointerTests {
    private static let document = #"""
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}
        """#

    @Test(arguments: [
        ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"),
        ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
    func theExamplesOfTheRFC(_ text: String, _ value: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(try pointer.value(in: JSONValue(parsing: Array(Self.document.utf8)))?.text == value)
        #expect(pointer.description == text)
    }

    @Test func theWholeDocument() throws {
        let document = try JSONValue(parsing: Array(Self.document.utf8))
        #expect(try #require(JSONPointer("")).value(in: document) == document)
    }

    @Test(arguments: ["/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/bar", "/foo/0/x", "/none", "/foo/ 1", "//"])
    func whatIsNotThere(_ text: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(try pointer.value(in: JSONValue(parsing: Array(Self.document.utf8))) == nil)
    }

    @Test(arguments: ["foo", "~", "/~", "/~2", "/a~", "#/foo", " /foo"])
    func whatIsNoPointer(_ text: String) { #expect(JSONPointer(text) == nil) }

    @Test func aNullIsAValueAndNumbersKeepTheirDigits() throws {
        let document = try JSONValue(parsing: Array(#"{"a": null, "b": 12345678901234567890.100, "c": 1e400}"#.utf8))
        #expect(try #require(JSONPointer("/a")).value(in: document) == .null)
        #expect(try #require(JSONPointer("/b")).value(in: document)?.text == "12345678901234567890.100")
        #expect(try #require(JSONPointer("/c")).value(in: document)?.text == "1e400")
    }

    /// `~01` is `~1`, not `/`.
    @Test func escapesAreReadOnce() throws {
        #expect(try #require(JSONPointer("/~01")).steps == ["~1"])
        #expect(try #require(JSONPointer("/~1~0/x")).steps == ["/~", "x"])
    }
}
