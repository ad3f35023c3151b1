import JSON
import Testing

/// What is written for Postgres in one pass is what `storable` would have given.
@Suite struct StorableTextTests {
    static let values: [JSONValue] = [
        .null, true, "plain", "quote \" back \\ slash \n \u{1F}", "nul \u{0} in it", "\u{0}", "Grüße 🧺",
        .number(JSONNumber(42)), .array([]), .object(JSONObject()), ["a": ["b", 1, "c\u{0}"], "\u{0}k": .null],
    ]

    @Test(arguments: values)
    func inOnePassIsTheSame(value: JSONValue) {
        #expect(value.storableText == value.storable.text)
    }

    @Test(arguments: ["1e400", "1e2000", "0.1", "123456789012345678901234567890.5", "1e-2000", "-7"])
    func numbersThatNumericCannotHoldAreText(literal: String) throws {
        let value = JSONValue.number(try #require(JSONNumber(literal: literal)))
        #expect(value.storableText == value.storable.text)
    }

    @Test func membersMakeAnObject() throws {
        let members = [
            JSONObject.Member(key: "a\u{0}", value: "x"), JSONObject.Member(key: "b", value: .array([1, .null])),
        ]
        let text = JSONValue.storableText(ofMembers: members)
        #expect(text == #"{"a\#u{FFFD}":"x","b":[1,null]}"#)
        #expect(JSONValue.storableText(ofMembers: []) == "{}")
    }
}
