import Testing
import Webhooks

@Suite("Forms and queries")
struct FormFieldsTests {
    @Test(
        "Names and values are decoded",
        arguments: [
            ("a=1&b=2", "b", "2"), ("a=x+y", "a", "x y"), ("a=%C3%BC%2b", "a", "ü+"), ("a=%", "a", "%"),
            ("a=%4", "a", "%4"), ("a=%zz", "a", "%zz"), ("a", "a", ""), ("a=b=c", "a", "b=c"),
            ("hub%2Emode=x", "hub.mode", "x"),
            ("&&a=1&", "a", "1"), ("a=1&a=2", "a", "1"),
        ])
    func decoded(form: String, name: String, value: String) {
        #expect(FormFields(Array(form.utf8)).first(name) == value)
        #expect(FormFields(query: "https://x/y?\(form)#a=fragment").first(name) == value)
        #expect(FormFields(Array(form.utf8)).first("none") == nil)
    }

    @Test("Case 3: a name that came twice keeps both values; the same pair counts once when it is signed")
    func repeated() {
        let form = FormFields(Array("b=2&a=2&a=1&a=2".utf8))
        #expect(String(decoding: form.sorted, as: UTF8.self) == "a1a2b2")
    }

    @Test("No more fields are read than asked for")
    func limited() {
        #expect(FormFields(Array("a=1&b=2&&c".utf8), limit: 3)?.first("c") == "")
        #expect(FormFields(Array("a=1&b=2&&c".utf8), limit: 2) == nil)
        #expect(FormFields([], limit: 0) != nil)
    }

    @Test("Names and values stay apart when they are sorted, byte by byte")
    func order() {
        for (form, sorted) in [
            ("ab=c&a=bc", "abcabc"), ("b=&a=%00&a=", "aa\u{0}b"), ("%C3%BC=1&z=1", "z1ü1"), ("a=1&a=%31&a=2", "a1a2"),
            ("a%3D=1&a=%3D1", "a=1a=1"),
        ] {
            #expect(String(decoding: FormFields(Array(form.utf8)).sorted, as: UTF8.self) == sorted, "\(form)")
        }
    }

    @Test("A URL without a query has no fields")
    func empty() {
        #expect(FormFields(query: "https://x/a=1") == FormFields([]))
    }

    @Test("Random pairs are sorted as a comparison of whole names and values sorts them")
    func randomPairs() {
        var random = SystemRandomNumberGenerator()
        func text() -> [UInt8] {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                [0, 0x61, 0x62, 0xFF].randomElement(using: &random) ?? 0
            }
        }
        for _ in 0..<500 {
            let pairs = (0..<Int.random(in: 0...30, using: &random)).map { _ in (name: text(), value: text()) }
            let ordered = pairs.filter { !$0.name.isEmpty || !$0.value.isEmpty }.sorted { a, b in
                a.name == b.name ? a.value.lexicographicallyPrecedes(b.value) : a.name.lexicographicallyPrecedes(b.name)
            }
            var expected: [UInt8] = []
            for (place, pair) in ordered.enumerated() {
                let isRepeated = place > 0 && ordered[place - 1] == pair
                if !isRepeated { expected += pair.name + pair.value }
            }
            let form = pairs.map { $0.name + [UInt8(ascii: "=")] + $0.value }.joined(separator: [UInt8(ascii: "&")])
            #expect(FormFields(Array(form)).sorted == expected, "\(pairs)")
        }
    }
}
