import Crypto
import Testing
import Webhooks

@testable import Verification

/// The values of components: the examples of RFC 9421, section 2.
@Suite("Components of signed messages")
struct ComponentTests {
    /// The value of a component; nil when it is refused.
    private func value(
        _ component: String, _ headers: [(name: String, value: String)] = [], method: String = "POST",
        url: String = "https://www.example.com/path?param=value"
    ) -> String? {
        guard case .list(let list) = StructuredFieldReader.dictionary("x=(\(component))")?["x"],
            let item = list.items.first
        else { return nil }
        let request = RequestFields(
            Draft(method: method, url: url, headers: HeaderFields(headers), body: []), credentials: [:])
        return try? MessageComponents(request).value(of: item)
    }

    @Test func derivedComponents() {
        #expect(value(#""@method""#) == "POST")
        #expect(value(#""@target-uri""#) == "https://www.example.com/path?param=value")
        #expect(value(#""@authority""#) == "www.example.com")
        #expect(value(#""@authority""#, url: "HTTPS://WWW.Example.COM:443/Path") == "www.example.com")
        #expect(value(#""@authority""#, url: "http://www.example.com:80/") == "www.example.com")
        #expect(value(#""@authority""#, url: "http://www.example.com:443/") == "www.example.com:443")
        #expect(value(#""@scheme""#, url: "HTTP://www.example.com/") == "http")
        #expect(value(#""@request-target""#) == "/path?param=value")
        #expect(value(#""@path""#) == "/path")
        #expect(value(#""@path""#, url: "https://www.example.com") == "/")
        #expect(value(#""@path""#, url: "https://www.example.com?a=/b") == "/")
        #expect(
            value(#""@query""#, url: "https://www.example.com/path?param=value&foo=bar&baz=bat%2Dman")
                == "?param=value&foo=bar&baz=bat%2Dman")
        #expect(value(#""@query""#, url: "https://www.example.com/path?queryString") == "?queryString")
        #expect(value(#""@query""#, url: "https://www.example.com/path") == "?")
        for unknown in [#""@status""#, #""@nonsense""#, #""@signature-params""#, #""@method";req"#, #""@path";bs"#] {
            #expect(value(unknown) == nil, "\(unknown)")
        }
    }

    @Test func queryParameters() {
        let url = "https://www.example.com/path?param=value&foo=bar&baz=batman&qux="
        #expect(value(#""@query-param";name="baz""#, url: url) == "batman")
        #expect(value(#""@query-param";name="qux""#, url: url) == "")
        #expect(value(#""@query-param";name="param""#, url: url) == "value")
        let encoded =
            "https://www.example.com/parameters?var=this%20is%20a%20big%0Amultiline%20value"
            + "&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something"
        #expect(value(#""@query-param";name="var""#, url: encoded) == "this%20is%20a%20big%0Amultiline%20value")
        #expect(value(#""@query-param";name="bar""#, url: encoded) == "with%20plus%20whitespace")
        #expect(value(#""@query-param";name="fa%C3%A7ade%22%3A%20""#, url: encoded) == "something")
        #expect(value(#""@query-param";name="nope""#, url: url) == nil)
        #expect(value(#""@query-param";name="a""#, url: "https://x.example/?a=1&a=2") == nil)
        #expect(value(#""@query-param";name="a""#, url: "https://x.example/?a=1&%61=2") == nil)
        #expect(value(#""@query-param""#, url: url) == nil)
    }

    @Test func headers() {
        let dictionary = ("example-dict", " a=1, b=2;x=1;y=2, c=(a   b    c), d")
        let spaced = "  Leading and trailing whitespace.  "
        #expect(value(#""x-ows""#, [("X-OWS", spaced)]) == "Leading and trailing whitespace.")
        #expect(value(#""x-empty""#, [("x-empty", " ")]) == "")
        #expect(value(#""example-dict""#, [dictionary]) == "a=1, b=2;x=1;y=2, c=(a   b    c), d")
        #expect(value(#""example-dict";key="a""#, [dictionary]) == "1")
        #expect(value(#""example-dict";key="b""#, [dictionary]) == "2;x=1;y=2")
        #expect(value(#""example-dict";key="c""#, [dictionary]) == "(a b c)")
        #expect(value(#""example-dict";key="d""#, [dictionary]) == "?1")
        #expect(
            value(#""example";bs"#, [("example", "value, with, lots, of, commas")])
                == ":dmFsdWUsIHdpdGgsIGxvdHMsIG9mLCBjb21tYXM=:")
        #expect(value(#""example-dict";key="zz""#, [dictionary]) == nil)
        #expect(value(#""example-dict";sf"#, [dictionary]) == nil)
        #expect(value(#""example-dict";tr"#, [dictionary]) == nil)
        #expect(value(#""missing""#) == nil)
        #expect(value(#""Host""#, [("host", "x")]) == nil)
    }

    /// Otherwise two headers could sign like one, or bytes that are no UTF-8 like others.
    @Test func valuesThatCouldSignForOthersAreRefused() {
        #expect(value(#""x""#, [("x", "café")]) == nil)
        #expect(value(#""x""#, [("x", "a\n\"@path\": /other")]) == nil)
        #expect(value(#""x""#, [("x", "a\rb")]) == nil)
        #expect(value(#""x";bs"#, [("x", "\u{FFFD}")]) == nil)
        #expect(value(#""x""#, [("x", "1"), ("x", "1")]) == nil)
    }
}
