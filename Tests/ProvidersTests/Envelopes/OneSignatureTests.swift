import Crypto
import JSON
import Providers
import Testing
import Verification
import Webhooks

/// Whoever has seen a delivery has its signature: it must not make another event, and nobody must get one otherwise.
@Suite("One signature is one event")
struct OneSignatureTests {
    private static let text = "00112233445566778899aabbccddeeff"
    private static let seed = "whsk_" + Base64.encode(Array(0..<32))

    private func key(of provider: String) -> SigningSecret {
        SigningSecret(keyID: "key", secret: SecretBytes(utf8: provider == "discord" ? Self.seed : Self.text))
    }

    private func sign(
        _ body: String, by name: String, _ headers: [(String, String)] = [], query: String = ""
    ) throws -> Delivery {
        let scheme = try #require(ProviderRegistry.named(name)).scheme
        var sent = delivery(headers.map { HeaderFields.Field(name: $0, value: $1) }, body: Array(body.utf8))
        sent.query = query
        let draft = try scheme.signed(
            Draft(url: sent.url, headers: sent.headers, body: sent.body), secret: key(of: name), now: noon)
        sent.headers = draft.headers
        sent.body = draft.body
        return sent
    }

    private func take(_ sent: Delivery, by name: String) throws -> Event {
        let provider = try #require(ProviderRegistry.named(name))
        let ring = Keyring(secrets: [key(of: name)])
        return try normalize(provider.scheme.verify(sent, keyring: ring, now: noon), by: provider).event
    }

    private func refusal(_ sent: Delivery, by name: String) throws -> Refusal.Kind? {
        do {
            _ = try take(sent, by: name)
            return nil
        } catch let refusal as Refusal { return refusal.kind }
    }

    @Test("X: the handshake signs words only, and a delivery is none")
    func crc() throws {
        let provider = try #require(ProviderRegistry.named("twitter_x"))
        let ring = Keyring(secrets: [key(of: "twitter_x")])
        func answer(_ token: String) -> Answer? {
            provider.handshake(
                HandshakeTests.get("crc_token=" + PercentEncoding.encode(token)), keyring: ring)
        }
        let longest = String(repeating: "a", count: 128)
        for token in ["9b4507b3-9040-4669-9ca3-6b94edb50553", "MGY2+/ab_.==", "7", longest] {
            #expect(answer(token)?.status == 200)
            // What is signed there is no delivery.
            #expect(try refusal(sign(token, by: "twitter_x"), by: "twitter_x") == .invalidPayload)
        }
        for token in [#"{"for_user_id":"7"}"#, "", "a b", "a\n", "\u{e4}", "a\u{0}", "[]", longest + "a"] {
            #expect(answer(token) == nil, "\(token)")
        }
        #expect(provider.handshake(HandshakeTests.get("crc_token"), keyring: ring) == nil)
    }

    @Test(
        "Where other texts may bear the same signature, a signed body is an object",
        arguments: ["twitter_x", "discord", "square", "evershop"])
    func objects(name: String) throws {
        let time = name == "discord" ? [("X-Signature-Timestamp", "1735380000")] : []
        for body in ["hello", "", "7", "[{}]", #"0{"id":"1"}"#, #"?a={"id":"1"}"#, "{"] {
            #expect(try refusal(sign(body, by: name, time), by: name) == .invalidPayload, "\(body)")
        }
        #expect(try refusal(sign(#" {"id":"1","type":2}"#, by: name, time), by: name) == nil)
    }

    @Test("EverShop: a message of Standard Webhooks is no body, and a body no such message")
    func everShop() throws {
        let object = #"{"event":"order.created"}"#
        func code(_ text: String) -> [UInt8] {
            HMAC.authenticationCode(.sha256, key: key(of: "evershop").secret, parts: [Array(text.utf8)])
        }
        let message = "m1.\(noon.seconds).\(object)"
        let standard = delivery(
            [
                .init(name: "webhook-id", value: "m1"), .init(name: "webhook-timestamp", value: "\(noon.seconds)"),
                .init(name: "webhook-signature", value: "v1," + Base64.encode(code(message))),
            ], body: Array(object.utf8))
        #expect(try refusal(standard, by: "evershop") == nil)
        let raw = delivery(
            [.init(name: "x-evershop-signature", value: Hex.encode(code(message)))], body: Array(message.utf8))
        #expect(try refusal(raw, by: "evershop") == .invalidPayload)
        let note = #"{"event":"x","note":"a.\#(noon.seconds).{}"}"#
        let cut = delivery(
            [
                .init(name: "webhook-id", value: #"{"event":"x","note":"a"#),
                .init(name: "webhook-timestamp", value: "\(noon.seconds)"),
                .init(name: "webhook-signature", value: "v1," + Base64.encode(code(note))),
            ], body: Array(#"{}"}"#.utf8))
        #expect(try refusal(cut, by: "evershop") == .invalidPayload)
    }

    @Test("Twilio: however the form is cut up, and whatever its type is said to be")
    func twilio() throws {
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        let body = "AccountSid=AC1&MessageSid=SM1&MessageStatus=delivered"
        let sent = try sign(body, by: "twilio", form, query: "a=1")
        let event = try take(sent, by: "twilio")
        #expect(event.type == "message.delivered" && event.dedupeKey.windowSeconds == nil)
        for (query, body) in [
            ("a=1", "AccountSidAC1MessageSidSM1=MessageStatusdelivered"),
            ("a=1AccountSidAC1MessageSidSM1MessageStatusdelivered", ""),
            ("a=1AccountSidAC1", "MessageStatus=delivered&MessageSid=SM1"), ("a=1", body + "&MessageSid=SM1"),
        ] {
            var changed = sent
            changed.query = query
            changed.body = Array(body.utf8)
            #expect(try take(changed, by: "twilio").dedupeKey == event.dedupeKey, "\(query) \(body)")
        }
        var other = sent
        other.headers = HeaderFields(
            sent.headers.fields.map { ($0.name, $0.name == "content-type" ? "application/json" : $0.value) })
        #expect(try take(other, by: "twilio") == event)
        let read = try sign(body.replacing("delivered", with: "read"), by: "twilio", form, query: "a=1")
        #expect(try take(read, by: "twilio").dedupeKey != event.dedupeKey)
        let json = #"{"type":"a","n":1}"#
        let digest = "bodySHA256=" + Hex.encode(Digest.sha256.hash(Array(json.utf8)))
        #expect(try take(sign(json, by: "twilio", form, query: digest), by: "twilio").type == "a")
    }

    @Test("Adyen: however the items are written, parted and ordered")
    func adyen() throws {
        func item(_ id: String) -> String {
            #"""
            {"NotificationRequestItem":{"pspReference":"\#(id)","merchantAccountCode":"M","merchantReference":"r:s",
            "amount":{"value":5,"currency":"EUR"},"eventCode":"CAPTURE","success":"true"}}
            """#
        }
        func signed(_ items: String...) throws -> Delivery {
            try sign(#"{"notificationItems":[\#(items.joined(separator: ","))]}"#, by: "adyen")
        }
        let sent = try signed(item("1"), item("2"))
        let event = try take(sent, by: "adyen")
        #expect(event.type == "CAPTURE" && event.dedupeKey.windowSeconds == nil)
        #expect(try take(signed(item("2"), item("1")), by: "adyen").dedupeKey == event.dedupeKey)
        #expect(try take(signed(item("1"), item("3")), by: "adyen").dedupeKey != event.dedupeKey)
        let text = String(decoding: sent.body, as: UTF8.self)
        let writings = [
            text.replacing(#""true""#, with: "true"),
            text.replacing(#":"M""#, with: #":"M:r""#).replacing(#""r:s""#, with: #""s""#),
        ]
        for writing in writings {
            var changed = sent
            changed.body = Array(writing.utf8)
            #expect(writing != text)
            #expect(try take(changed, by: "adyen").dedupeKey == event.dedupeKey)
        }
    }
}
