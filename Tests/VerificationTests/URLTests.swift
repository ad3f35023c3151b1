import Crypto
import Testing
import Verification
import Webhooks

@Suite("Schemes that sign the URL")
struct URLTests {
    func received(_ host: String, code: String, scheme: String = "https", body: String = "A=1&B=2") -> Delivery {
        var received = delivery(
            [("x-twilio-signature", code), ("content-type", "application/x-www-form-urlencoded")], body: body)
        received.host = host
        received.scheme = scheme
        return received
    }

    @Test(
        "Twilio may have written the port or not",
        arguments: [
            ("https://h.example/hook?a=1", "https", "h.example"),
            ("https://h.example:443/hook?a=1", "https", "h.example"),
            ("https://h.example/hook?a=1", "https", "h.example:443"),
            ("http://h.example:80/hook?a=1", "http", "h.example"),
            ("http://h.example:8080/hook?a=1", "http", "h.example:8080"),
            ("http://h.example/hook?a=1", "http", "h.example:8080"),
            ("https://u:p@h.example:443/hook?a=1", "https", "u:p@h.example"),
            ("https://[2001:db8::1]:443/hook?a=1", "https", "[2001:db8::1]"),
            ("https://[2001:db8::1]/hook?a=1", "https", "[2001:db8::1]:443"),
        ])
    func ports(signed: String, scheme: String, host: String) throws {
        let code = try Scheme.twilio.code(over: signed + "A1B2", secret: "t")
        #expect(Scheme.twilio.refusal(of: received(host, code: code, scheme: scheme), keyring("t")) == nil)
        let other = host.replacing("h.example", with: "i.example").replacing("2001", with: "2002")
        #expect(
            Scheme.twilio.refusal(of: received(other, code: code, scheme: scheme), keyring("t")) == .noSecretMatched)
    }

    @Test("A body that is no form is signed by its digest in the URL")
    func digest() throws {
        let body = #"{"a":1}"#
        let query = "bodySHA256=" + Hex.encode(Digest.sha256.hash(Array(body.utf8)))
        var sent = received("h.example", code: "", body: body)
        sent.query = query
        let code = try Scheme.twilio.code(over: "https://h.example/hook?\(query)", secret: "t")
        sent.headers = HeaderFields([("x-twilio-signature", code)])
        #expect(Scheme.twilio.refusal(of: sent, keyring("t")) == nil)
        sent.body.append(0x20)
        #expect(Scheme.twilio.refusal(of: sent, keyring("t")) == .noSecretMatched)
        sent.body = []
        #expect(Scheme.twilio.refusal(of: sent, keyring("t")) == .noSecretMatched)
    }

    @Test("Behind a proxy the configured URL counts; a query that comes with the delivery is kept")
    func configured() throws {
        var sent = delivery([], body: "{}")
        let code = try Scheme.square.code(over: "https://public.example/square{}", secret: "s")
        sent.headers = HeaderFields([("x-square-hmacsha256-signature", code)])
        sent.query = ""
        #expect(Scheme.square.refusal(of: sent, keyring("s")) == .noSecretMatched)
        let ring = keyring("s", credentials: ["notification_url": "https://public.example/square"])
        #expect(Scheme.square.refusal(of: sent, ring) == nil)
        sent.query = "a=1"
        #expect(Scheme.square.refusal(of: sent, ring) == .noSecretMatched)
        let withQuery = try Scheme.square.code(over: "https://public.example/square?a=1{}", secret: "s")
        sent.headers = HeaderFields([("x-square-hmacsha256-signature", withQuery)])
        #expect(Scheme.square.refusal(of: sent, ring) == nil)
    }
}
