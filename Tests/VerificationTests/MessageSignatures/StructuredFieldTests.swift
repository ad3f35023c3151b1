import Testing

@testable import Verification

@Suite("Structured fields against RFC 8941")
struct StructuredFieldTests {
    /// The canonical text of a dictionary; nil when it is refused.
    private func canonical(_ text: String) -> String? {
        StructuredFieldReader.dictionary(text).map { dictionary in
            dictionary.members.map { $0.value.text == "?1" ? $0.key : "\($0.key)=\($0.value.text)" }
                .joined(separator: ", ")
        }
    }

    @Test(arguments: [
        (#"en="Applepie", da=:w4ZibGV0w6ZydGU=:"#, #"en="Applepie", da=:w4ZibGV0w6ZydGU=:"#),
        ("a=?0, b, c=?1; foo=bar", "a=?0, b, c=?1;foo=bar"),
        ("rating=1.50, feelings=(joy sadness)", "rating=1.5, feelings=(joy sadness)"),
        ("a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid", "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid"),
        ("  a=1 ,\tb=(a   b   c)  ", "a=1, b=(a b c)"),
        (#"a="x\"y\\z""#, #"a="x\"y\\z""#), ("a=*foo:bar/1", "a=*foo:bar/1"), ("a=-0.5", "a=-0.5"),
        ("a=-999999999999999", "a=-999999999999999"), ("a=()", "a=()"), ("", ""),
        (#"sig=("@path" "x";key="a");created=1;keyid="k""#, #"sig=("@path" "x";key="a");created=1;keyid="k""#),
    ])
    func read(text: String, expected: String) { #expect(canonical(text) == expected) }

    @Test(arguments: [
        "a=1,", ",a=1", "a=1 b=2", "A=1", "a=1;B=2", "1=a", "a=", "a=(1 2", "a=(1,2)", "a=1)", "a=(1 (2))",
        "a=1234567890123456", "a=1234567890123.5", "a=1.1234", "a=1.", "a=-", "a=007", #"a="b\x""#, #"a="b"#,
        "a=\"tab\there\"", "a=\"café\"", "a=?2", "a=:YQ=:", "a=:YQ:", "a=:a-b_:", "a=:YQ==", "a=#x", "\ta=1", "a=é",
        "a==1", "a=\"b\"c", "a=1, a=2", "a;x=1;x=2", "a=(1;x;x)",
    ])
    func refused(text: String) { #expect(canonical(text) == nil) }

    @Test func hostileTextsAreNotRead() {
        func many(_ unit: (Int) -> String, _ count: Int, _ separator: String) -> String {
            (0..<count).map(unit).joined(separator: separator)
        }
        #expect(canonical(many({ "k\($0)=1" }, 32, ",")) != nil)
        #expect(canonical(many({ "k\($0)=1" }, 33, ",")) == nil)
        #expect(canonical("a=(\(many({ "\($0)" }, 33, " ")))") == nil)
        #expect(canonical("a=1" + many({ ";p\($0)" }, 17, "")) == nil)
        #expect(canonical("a=\"\(String(repeating: "x", count: 8186))\"") != nil)
        #expect(canonical("a=\"\(String(repeating: "x", count: 8200))\"") == nil)
    }
}
