import Crypto
import JSON
import Testing
import Verification
import Webhooks

@Suite("Why a signature does not fit")
struct ExplainTests {
    static let sent = #"{"name":"Jos\u00e9 \u001b","list":[1,{"a":"x/y"},[],{}],"n":24.90}"#

    static let reencoded: [(String, String)] = [
        (sent + "\n", "without the line end"), (sent + "\r\n", "without the line end"),
        (#"{"name": "Jos\u00e9 \u001b", "list": [1, {"a": "x/y"}, [], {}], "n": 24.90}"#, "compact JSON"),
        (#"{"name":"José \u001b","list":[1,{"a":"x\/y"},[],{}],"n":24.90}"#, "other letters as \\u00e4"),
        ("{\n  \"name\": \"José \\u001B\",\n  \"list\": [1,{\"a\":\"x/y\"},[],{}],\"n\": 24.90}\n", "compact JSON"),
        ("\u{FEFF}" + sent, "byte order mark"),
    ]

    @Test("A body that something wrote again is recognized", arguments: reencoded)
    func bodies(received: String, words: String) throws {
        let code = try Scheme.everShop.code(over: Self.sent, secret: "s")
        let received = delivery([("x-evershop-signature", code)], body: received)
        #expect(Scheme.everShop.refusal(of: received, keyring("s")) == .noSecretMatched)
        let explanation = try #require(Scheme.everShop.explain(received, keyring: keyring("s"), now: noon))
        #expect(explanation.contains(words), "\(explanation)")
    }

    @Test(
        "Whatever style it was signed in is found from compact JSON",
        arguments: [
            "{\n \"a\": [\n  1,\n  \"é\"\n ]\n}", "{\n  \"a\": [\n    1,\n    \"é\"\n  ]\n}\n",
            "{\n    \"a\": [\n        1,\n        \"\\u00e9\"\n    ]\n}",
            "{\n\t\"a\": [\n\t\t1,\n\t\t\"\\u00E9\"\n\t]\n}",
            "{\"a\": [1, \"\\u00e9\"]}",
        ])
    func styles(signed: String) throws {
        let code = try Scheme.everShop.code(over: signed, secret: "s")
        let received = delivery([("x-evershop-signature", code)], body: #"{"a":[1,"é"]}"#)
        #expect(Scheme.everShop.explain(received, keyring: keyring("s"), now: noon) != nil)
    }

    @Test("Secrets, credentials and URLs that are not quite right are recognized")
    func others() throws {
        func explain(_ scheme: Scheme, _ code: String, _ ring: Keyring) -> String? {
            let headers = scheme.securityHeaders.prefix(1).map { (name: $0, value: code) }
            return scheme.explain(delivery(headers, body: "{}"), keyring: ring, now: noon)
        }
        let woo = try Scheme.wooCommerce.code(over: "{}", secret: "a&b")
        #expect(explain(.wooCommerce, woo, keyring("a&amp;b"))?.contains("HTML entities") == true)
        #expect(explain(.wooCommerce, woo, keyring(" a&b\n"))?.contains("white space") == true)
        let shop = try Scheme.tikTokShop.code(over: "{}", secret: "s")
        #expect(
            explain(.tikTokShop, shop, keyring("s", credentials: ["app_key": "k"]))?.contains("app_key") == true)
        let decoded = try Scheme.standardWebhooks(name: "x").code(over: "{}", secret: "whsec_c2VjcmV0")
        #expect(explain(.wooCommerce, decoded, keyring("whsec_c2VjcmV0"))?.contains("decoded as base64") == true)
        let square = try Scheme.square.code(over: "https://shop.example/hook/?a=1{}", secret: "s")
        #expect(explain(.square, square, keyring("s"))?.contains("https://shop.example/hook/?a=1") == true)
        #expect(explain(.square, square, keyring("t")) == nil)
    }
}
