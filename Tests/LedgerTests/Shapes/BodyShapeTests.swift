import JSON
import Testing

@testable import Ledger

/// The paths of a body: names that are data are folded, and everything is bounded.
struct BodyShapeTests {
    private func paths(_ text: String) -> [String] {
        BodyShape(Array(text.utf8)).paths.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.words ?? "")" }
    }

    @Test func membersHavePathsAndTypes() {
        #expect(
            paths(#"{"id":1,"a":{"b":"x","c":null},"list":[{"d":true},{"d":2}],"none":[]}"#) == [
                ": object", "a: object", "a.b: text", "a.c: null", "id: number", "list: list", "list[]: object",
                "list[].d: number, boolean", "none: list",
            ])
        #expect(paths("a=1&b=2") == [": object", "a: text", "b: text"])
        #expect(paths("no body of ours") == [": text"])
        #expect(paths("[1,[\"x\"]]") == [": list", "[]: list, number", "[][]: text"])
    }

    @Test(arguments: [
        "ann@mail.example", "Ann Example", "576486316948490000", "2026-11-30", "2026-11-30T10:00:00Z", "+491701234567",
        "a.txt", "orders/create", "b6f0f5f1-6a0e-4d53-8f6e-0d1c8d7cfa11", "deadbeef00c0ffee", "Ännchen", "", "12", "-1",
        String(repeating: "a", count: 65), "gid://shopify/Order/1", "user_12345",
    ]) func aNameThatIsDataIsFolded(name: String) throws {
        let body: JSONValue = .object(JSONObject(distinct: [.init(key: name, value: ["kind": "x"])]))
        #expect(BodyShape(body.serialized()).paths.keys.sorted() == ["", "*", "*.kind"])
    }

    @Test(arguments: [
        "order_id", "line1", "address_line_2", "iso8601", "ean13", "X-Header", "$schema", "sha256", "decade", "ok",
        "created_at",
        "oauth2", "facade", "_links", "3ds",
    ]) func aNameThatIsAMemberStays(name: String) {
        #expect(BodyShape(Array("{\"\(name)\":1}".utf8)).paths.keys.sorted() == ["", name])
    }

    /// Whoever they are: the names of members that all look the same are data.
    @Test func membersOfOneShapeAreAMap() {
        let people =
            #"{"people":{"ann":{"paid":1},"bob":{"paid":2},"eve":{"paid":3}},"billing":{"x":1},"shipping":{"x":1}}"#
        #expect(
            paths(people) == [
                ": object", "billing: object", "billing.x: number", "people: object", "people.*: object",
                "people.*.paid: number", "shipping: object", "shipping.x: number",
            ])
    }

    @Test func depthAndNumberAreBounded() {
        let deep = String(repeating: "{\"a\":", count: 40) + "1" + String(repeating: "}", count: 40)
        #expect(BodyShape(Array(deep.utf8)).paths.count == 13)
        let wide = "{" + (0..<5000).map { "\"m\(String($0, radix: 36))x\":1" }.joined(separator: ",") + "}"
        #expect(BodyShape(Array(wide.utf8)).paths.count == BodyShape.mostPaths)
    }
}
