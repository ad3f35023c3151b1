import JSON
import Platform
import Testing

/// Objects that are composed of another text's members are those that would be made of the values.
@Suite struct ComposerTests {
    private static let name = JSONKey("name")
    private static let more = JSONKey("more_of_it")

    /// How a member may be copied: as it is, or a number as text.
    private func mayCopy(_ object: JSONObject, _ place: Int) -> Bool {
        object.plainTextLength(at: place) != nil || object.plainNumber(at: place) != nil
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func itIsWhatTheValuesSay(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var composer = JSONComposer(objects: 3, size: 20)
        var expected: [JSONValue] = []
        var copies = 0
        var objects: [JSONObject] = [
            JSONObject(distinct: [.init(key: "a", value: "plain"), .init(key: "b", value: 7)])
        ]
        for _ in 0..<20 {
            if case .object(let object) = JSONValue.random(depth: 2, using: &generator) { objects.append(object) }
        }
        for made in objects.prefix(4) {
            let sent = try #require(try JSONValue(parsing: JSONValue.object(made).serialized()).object)
            for source in [made, sent] {
                for place in source.places {
                    composer.begin()
                    composer.write(source.value(at: place), as: Self.name)
                    var members = [JSONObject.Member(key: "name", value: source.value(at: place).storable)]
                    if mayCopy(source, place) {
                        composer.copy(place, of: source, as: Self.more)
                        members.append(JSONObject.Member(key: "more_of_it", value: source.value(at: place)))
                        copies += 1
                    }
                    composer.end()
                    expected.append(.object(JSONObject(distinct: members)))
                }
            }
        }
        composer.begin()
        composer.end()
        expected.append(.object(JSONObject()))
        let composed = composer.finished()
        #expect(composed == expected && copies > 0)
        #expect(JSONValue.array(composed).text == JSONValue.array(expected).text)
        #expect(JSONValue.array(composed).storableText == JSONValue.array(expected).storableText)
        for (ours, theirs) in zip(composed, expected) {
            #expect(ours.object?.members == theirs.object?.members)
            #expect(ours["name"] == theirs["name"] && ours["more_of_it"] == theirs["more_of_it"])
            #expect(ours.object?.isEmpty == theirs.object?.isEmpty)
        }
    }

    @Test func aNumberBecomesText() throws {
        let sent = try #require(try parse(#"{"a":24.90,"b":-1,"c":1e3,"d":"x","e":"\n"}"#).object)
        #expect(sent.places.map { sent.plainNumber(at: $0)?.length } == [5, nil, nil, nil, nil])
        #expect(sent.places.map { sent.plainNumber(at: $0)?.isWhole } == [false, nil, nil, nil, nil])
        #expect(sent.places.map { sent.plainTextLength(at: $0) } == [nil, nil, nil, 1, nil])
        var composer = JSONComposer(objects: 1, size: 20)
        composer.begin()
        composer.copy(try #require(sent.place(of: "a")), of: sent, as: Self.name, asText: true)
        composer.end()
        #expect(composer.finished() == [["name": "24.90"]])
    }

    @Test func keysComeAsPostgresStoresThem() {
        let names = ["b", "aa", "a", "ab", "_c", "é", "Z"]
        #expect(names.sorted { JSONKey.isStored($0, before: $1) } == ["Z", "a", "b", "_c", "aa", "ab", "é"])
    }
}

/// Compact text is copied as a whole, and only that.
@Suite struct CopiedTextTests {
    @Test(
        "What the writer would write otherwise is not copied",
        arguments: [
            (#"{"a": 1}"#, #"{"a":1}"#), (#"{"a":[1 ,2]}"#, #"{"a":[1,2]}"#), (#"{"a":1,"a":2}"#, #"{"a":2}"#),
            (#"{"a":"\u0041"}"#, #"{"a":"A"}"#), (#"{"\u0041":1}"#, #"{"A":1}"#), (#"{"a":"\/"}"#, #"{"a":"/"}"#),
            ("{\"a\":\"\u{7F}\"}", #"{"a":"\u007f"}"#), (#" {"a":[[],{},"é"]} "#, #"{"a":[[],{},"é"]}"#),
        ])
    func itIsWrittenAgain(sent: String, written: String) throws {
        #expect(try parse(sent).text == written)
        let nested = try parse(#"{"x":1,"y":[\#(sent),null],"z":{"k":\#(sent)}}"#)
        #expect(nested["y"]?.text == "[\(written),null]" && nested["z"]?.text == #"{"k":\#(written)}"#)
    }

    @Test("A part is copied from its first byte to its last one, and numbers too large for Postgres are not")
    func parts() throws {
        let sent = try parse(#"{"a":{"b":"c","d":[1,"é",{}]},"e":"f","g":1e2000}"#)
        #expect(sent["a"]?.text == #"{"b":"c","d":[1,"é",{}]}"#)
        #expect(sent["e"]?.text == #""f""#)
        #expect(sent.storableText == #"{"a":{"b":"c","d":[1,"é",{}]},"e":"f","g":"1e2000"}"#)
        #expect(sent.text == #"{"a":{"b":"c","d":[1,"é",{}]},"e":"f","g":1e2000}"#)
    }
}
