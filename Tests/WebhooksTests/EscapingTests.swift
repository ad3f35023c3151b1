import Testing
import Webhooks

@Suite("Escaping")
struct EscapingTests {
    @Test(
        "A sign is escaped whatever joins it", arguments: ["\u{200D}", "\u{301}", "\u{FE0F}", "\u{20DD}", "\u{E0020}"])
    func scalars(joiner: String) {
        let text = "'\(joiner)x'"
        #expect(text.escapingScalars { $0 == "'" ? "''" : nil }.utf8.elementsEqual("''\(joiner)x''".utf8))
    }

    @Test("A word is found whatever follows it")
    func bytes() {
        #expect("the hunter\u{301} and hunter".replacingBytes(of: "hunter", with: "***") == "the ***\u{301} and ***")
        #expect("aaa".replacingBytes(of: "aa", with: "b") == "ba")
        #expect("a".replacingBytes(of: "", with: "b") == "a")
    }
}
