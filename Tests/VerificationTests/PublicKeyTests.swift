import Crypto
import Forgery
import Testing
import Verification
import Webhooks

@Suite("Providers that sign with a private key")
struct PublicKeyTests {
    let seed: [UInt8] = Array(0..<32)

    /// The spellings of one Ed25519 key pair, of which each verifies.
    @Test("An Ed25519 key may be written in many ways; a private one verifies what it signs")
    func spellings() throws {
        let key = try PrivateKey(ed25519Seed: SecretBytes(seed))
        let bytes = try #require(key.publicKey().ed25519Bytes)
        let publicSpellings = [
            Hex.encode(bytes), "whpk_" + Base64.encode(bytes), Base64.encode(bytes, padded: false),
            try key.publicKey().pem, "whpk_" + Base64.encode(seed + bytes), Hex.encode(seed + bytes),
        ]
        let privateSpellings = ["whsk_" + Base64.encode(seed + bytes), "whsk_" + Base64.encode(seed)]
        var received = delivery([("webhook-id", "m-1")], body: "{}")
        let draft = Draft(url: "", headers: received.headers, body: received.body)
        for text in privateSpellings {
            let made = try Scheme.standardWebhooksV1A.sign(draft, secret: secret(text), now: noon)
            received.headers = HeaderFields([("webhook-id", "m-1")] + made.map { ($0.name, $0.value) })
            for text in publicSpellings + privateSpellings {
                #expect(Scheme.standardWebhooksV1A.refusal(of: received, keyring(text)) == nil, "\(text)")
                let ring = keyring(credentials: ["public_key": text])
                #expect(Scheme.standardWebhooksV1A.refusal(of: received, ring) == nil)
                #expect(ring.problems(for: .standardWebhooksV1A).isEmpty)
            }
        }
        for text in ["", "whpk_", "whpk_AAAA", "whpk_!", "-----BEGIN PUBLIC KEY-----", Hex.encode(seed.dropLast())] {
            #expect(Scheme.standardWebhooksV1A.refusal(of: received, keyring(text)) == .noUsableSecret, "\(text)")
            #expect(!keyring(text).problems(for: .standardWebhooksV1A).isEmpty, "\(text)")
        }
    }

    @Test("Ed25519 signatures of Standard Webhooks under the header names of Svix")
    func svix() throws {
        let text = "whsk_" + Base64.encode(seed)
        let body = Array("{}".utf8)
        let draft = Draft(url: "", headers: HeaderFields([("webhook-id", "m-1")]), body: body)
        let made = try Scheme.standardWebhooksV1A.sign(draft, secret: secret(text), now: noon)
        var received = delivery(
            [("svix-id", "m-1")] + made.map { ($0.name.replacing("webhook-", with: "svix-"), $0.value) }, body: "{}")
        #expect(Scheme.standardWebhooksV1A.refusal(of: received, keyring(text)) == nil)
        received.headers = HeaderFields(
            received.headers.fields.map { ($0.name, $0.name == "svix-id" ? "m-2" : $0.value) })
        #expect(Scheme.standardWebhooksV1A.refusal(of: received, keyring(text)) == .noSecretMatched)
    }

    @Test("A public key signs nothing, and the error says why")
    func receiver() throws {
        let text = try PrivateKey.generate(.rsa2048).publicKey().pem
        #expect(throws: SigningError.noPrivateKey(keyID: "test")) {
            try Scheme.wise.sign(Draft(url: "", body: []), secret: secret(text), now: noon)
        }
    }

    @Test("A private key comes back out of its PEM block")
    func pem() throws {
        for kind in PrivateKey.Kind.allCases {
            let key = try PrivateKey.generate(kind)
            let text = String(decoding: try key.pem().reveal(), as: UTF8.self)
            #expect(try PrivateKey(pem: text).publicKey().pem == key.publicKey().pem)
        }
    }

    @Test("eBay's header must be what it says: base64 of JSON with the right algorithm")
    func eBay() throws {
        let genuine = try GenuineDelivery(.eBay)
        let text = String(
            decoding: try #require(Base64.decode(genuine.delivery.headers["x-ebay-signature"] ?? "")), as: UTF8.self)
        func refusal(_ text: String) -> Refusal.Kind? {
            var sent = genuine.delivery
            sent.headers = HeaderFields([("X-EBAY-SIGNATURE", Base64.encode(Array(text.utf8)))])
            return Scheme.eBay.refusal(of: sent, genuine.keyring)
        }
        #expect(refusal(text) == nil)
        #expect(refusal(text.replacing("ecdsa", with: "ECDSA").replacing("SHA1", with: "sha1")) == nil)
        #expect(refusal(text.replacing("ecdsa", with: "none")) == .malformedSignature)
        #expect(refusal(text.replacing("SHA1", with: "MD5")) == .malformedSignature)
        for broken in ["", "{}", "[]", "null", #"{"alg":"ecdsa","digest":"SHA1","signature":1}"#] {
            #expect(refusal(broken) == .malformedSignature)
        }
    }

    @Test("Of several keys of eBay's the one that the header names is tried alone, else all")
    func keyOfEBay() throws {
        let genuine = try GenuineDelivery(.eBay)
        let other = SecretBytes(utf8: try PrivateKey.generate(.p256).publicKey().pem)
        let text = String(
            decoding: try #require(Base64.decode(genuine.delivery.headers["x-ebay-signature"] ?? "")), as: UTF8.self)
        let right = try #require(genuine.keyring.secrets.first).secret
        func outcome(kid: String, _ keys: (id: String, key: SecretBytes)...) -> String {
            var sent = genuine.delivery
            let header = text.dropLast() + #","kid":"\#(kid)"}"#
            sent.headers = HeaderFields([("X-EBAY-SIGNATURE", Base64.encode(Array(header.utf8)))])
            let ring = Keyring(secrets: keys.map { SigningSecret(keyID: $0.id, secret: $0.key) })
            do throws(Refusal) {
                return try Scheme.eBay.verify(sent, keyring: ring, now: GenuineDelivery.now).verdict.keyID ?? ""
            } catch { return error.reason.prefix { $0 != "s" } + error.kind.rawValue }
        }
        #expect(outcome(kid: "b", ("a", other), ("b", right)) == "b")
        #expect(outcome(kid: "unknown", ("a", other), ("b", right)) == "b")
        #expect(outcome(kid: "a", ("a", other), ("b", right)) == "none of 1 no_secret_matched")
        #expect(outcome(kid: "", ("a", right)) == "a")
    }

    @Test("Discord: the time is as long as it was signed, so that no digit goes over into the body")
    func discord() throws {
        let text = "whsk_" + Base64.encode(seed)
        var sent = delivery([("x-signature-timestamp", "1700000000")], body: #"{"id":"1"}"#)
        let made = try Scheme.discord.sign(
            Draft(url: "", headers: sent.headers, body: sent.body), secret: secret(text), now: noon)
        let signed = sent.body
        for moved in 0...10 {
            let time = "1700000000"
            sent.headers = HeaderFields(
                [("x-signature-timestamp", String(time.dropLast(moved)))] + made.map { ($0.name, $0.value) })
            sent.body = Array(time.suffix(moved).utf8) + signed
            #expect(Scheme.discord.refusal(of: sent, keyring(text)) == (moved == 0 ? nil : .malformedSignature))
        }
    }

    @Test("PayPal: every signed part counts, and the certificate's URL must be PayPal's")
    func payPal() throws {
        let genuine = try GenuineDelivery(.payPal)
        func refusal(_ name: String, _ value: String, ring: Keyring? = nil) -> Refusal.Kind? {
            var sent = genuine.delivery
            sent.headers = HeaderFields(
                sent.headers.fields.filter { $0.name != name }.map { (name: $0.name, value: $0.value) }
                    + [(name: name, value: value)])
            return Scheme.payPal.refusal(of: sent, ring ?? genuine.keyring)
        }
        for url in ["https://api.paypal.com/v1/notifications/certs/C", "https://api.sandbox.paypal.com/c"] {
            #expect(refusal("paypal-cert-url", url) == nil)
        }
        for url in [
            "https://paypal.com/c", "http://api.paypal.com/c", "https://api.paypal.com.evil.example/c",
            "https://evilpaypal.com/c", "https://evil.example/api.paypal.com", "https://api.paypal.com@evil.example/",
            "https://evil.example\\.api.paypal.com/", "https://.paypal.com/", "https://api.paypal.com:444/", "",
        ] {
            #expect(refusal("paypal-cert-url", url) == .malformedSignature, "\(url)")
        }
        #expect(refusal("paypal-auth-algo", "SHA256withRSA") == nil)
        #expect(refusal("paypal-auth-algo", "SHA1withRSA") == .malformedSignature)
        #expect(refusal("paypal-transmission-time", "2026-01-01T00:00:00Z") == .noSecretMatched)
        #expect(refusal("paypal-transmission-id", "other") == .noSecretMatched)
        var other = genuine.keyring
        other.credentials["webhook_id"] = SecretBytes(utf8: "another")
        #expect(refusal("x", "y", ring: other) == .noSecretMatched)
        other.credentials = [:]
        #expect(refusal("x", "y", ring: other) == .noUsableSecret)
    }
}
