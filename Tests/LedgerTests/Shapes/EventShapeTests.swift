import JSON
import LocalStack
import Platform
import Testing

@testable import Ledger

/// What a person would name as the change between two versions of a body is what is reported, and nothing else.
struct EventShapeTests {
    private var shape = EventShape()

    private mutating func send(_ text: String, times: Int = 1) -> [ShapeChange] {
        let body = BodyShape(Array(text.utf8))
        return (0..<times).flatMap { _ in shape.learn(body) }
    }

    private static func lines(_ changes: [ShapeChange]) -> [String] {
        changes.map { "\($0.kind.rawValue) \($0.path): \($0.before ?? "-") to \($0.after ?? "-")" }
    }

    @Test mutating func theFirstEventsAreLearnedQuietly() {
        #expect(send(#"{"a":1}"#, times: 100).isEmpty)
        #expect(send(#"{"a":"x","b":[{"c":1}]}"#, times: 100).isEmpty)
        #expect(
            Self.lines(send(#"{"a":true,"d":{"e":{"f":1}}}"#, times: 3)) == [
                "changed_type a: text, number to boolean", "new_member d: - to object",
            ])
    }

    @Test mutating func nullSaysNothingAndAnEmptyListNeither() {
        #expect(send(#"{"a":null,"list":[],"b":{"c":1}}"#, times: 300).isEmpty)
        #expect(send(#"{"a":"x","list":[{"d":1}],"b":null}"#, times: 100).isEmpty)
        #expect(send(#"{"a":null,"list":[],"b":{"c":null}}"#, times: 10).isEmpty)
    }

    /// The whole part is gone, not each of its members.
    @Test mutating func aMemberThatNearlyAlwaysWasThereGoesAndComesBack() {
        _ = send(#"{"always":1,"part":{"x":1,"y":2},"rare":1}"#, times: 100)
        _ = send(#"{"always":1,"part":{"x":1,"y":2}}"#, times: 200)
        #expect(send(#"{"always":1}"#, times: 199).isEmpty)
        #expect(Self.lines(send(#"{"always":1}"#)) == ["gone_member part: object to -"])
        #expect(send(#"{"always":1}"#, times: 500).isEmpty)
        #expect(
            Self.lines(send(#"{"always":1,"part":{"x":1,"y":2}}"#, times: 5)) == ["new_member part: - to object"])
    }

    /// What is optional comes and goes.
    @Test mutating func anOptionalMemberIsNotGone() {
        for number in 0..<300 { _ = send(number % 20 == 0 ? #"{"a":1}"# : #"{"a":1,"often":1}"#) }
        #expect(send(#"{"a":1}"#, times: 400).isEmpty)
    }

    /// A part that is rarely there has its own quiet time.
    @Test mutating func aRarePartIsLearnedQuietly() {
        _ = send(#"{"a":1,"refunds":[]}"#, times: 500)
        #expect(send(#"{"a":1,"refunds":[{"id":1}]}"#, times: 3).isEmpty)
        #expect(send(#"{"a":1,"refunds":[{"id":1,"note":"x"}]}"#, times: 3).isEmpty)
        _ = send(#"{"a":1,"refunds":[{"id":1}]}"#, times: 200)
        #expect(
            Self.lines(send(#"{"a":1,"refunds":[{"id":1,"reason":"x"}]}"#))
                == ["new_member refunds[].reason: - to text"])
    }

    /// Names that are seen once or twice are data, however harmless they look.
    @Test mutating func rareNamesMakeAMap() {
        var reported = 0
        for number in 0..<400 {
            let name = String(number % 90 + 36, radix: 36)
            reported += send("{\"id\":1,\"stock\":{\"sku_\(name)x\":\(number)}}").count
        }
        #expect(reported == 0)
        #expect(shape.members["stock"]?.isMap == true)
        #expect(shape.members.keys.sorted() == ["", "id", "stock", "stock.*"])
        #expect(send(#"{"id":1,"stock":{"somebody":{"x":1}}}"#, times: 5).isEmpty)
    }

    @Test mutating func thePathsAreBounded() {
        for number in 0..<30 {
            let parts = (0..<100).map { "\"m\(String(number * 100 + $0, radix: 36))y\":1" }.joined(separator: ",")
            _ = send("{\"p\(number)\":{\(parts)}}")
        }
        #expect(shape.members.count == EventShape.mostPaths && shape.isFull)
    }
}
