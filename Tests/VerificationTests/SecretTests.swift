import Crypto
import Testing
import Verification
import Webhooks

@Suite("Signing secrets")
struct SecretTests {
    let scheme = Scheme.everShop

    func signed(with text: String) throws -> Delivery {
        delivery([("x-evershop-signature", try scheme.code(over: "{}", secret: text))], body: "{}")
    }

    @Test("Any of several secrets may have signed; the verdict says which")
    func several() throws {
        let verified = try scheme.verify(
            signed(with: "second"), keyring: keyring("first", "second", "third"), now: noon)
        #expect(verified.verdict == Verdict(strength: .signature, scheme: "evershop", keyID: "key1"))
        #expect(try scheme.refusal(of: signed(with: "fourth"), keyring("first", "second")) == .noSecretMatched)
    }

    @Test("A secret counts from its first moment up to and without its last")
    func windows() throws {
        let end = noon.advanced(bySeconds: 60)
        let ring = Keyring(secrets: [
            secret("old", id: "old", until: noon), secret("new", id: "new", from: noon, until: end),
        ])
        let before = Timestamp(microseconds: noon.microseconds - 1)
        #expect(try scheme.refusal(of: signed(with: "old"), ring, now: before) == nil)
        #expect(try scheme.refusal(of: signed(with: "new"), ring, now: before) == .noSecretMatched)
        #expect(try scheme.refusal(of: signed(with: "old"), ring, now: noon) == .noSecretMatched)
        #expect(try scheme.refusal(of: signed(with: "new"), ring, now: noon) == nil)
        #expect(try scheme.refusal(of: signed(with: "new"), ring, now: end) == .noUsableSecret)
    }

    @Test("Without a usable secret nothing verifies, not even under an empty key")
    func unusable() throws {
        // HMAC-SHA256 under an empty key over `{}`: anybody can make it.
        let forged = delivery(
            [("x-evershop-signature", "22f8eea909400af98adf3681a9f31923ef6b7fcba4abb553d92823a3e9d5c25e")], body: "{}")
        #expect(scheme.refusal(of: forged, keyring("")) == .noUsableSecret)
        #expect(scheme.refusal(of: forged, keyring()) == .noUsableSecret)
        #expect(scheme.refusal(of: delivery([], body: "{}"), keyring()) == .noUsableSecret)
        let standard = Scheme.standardWebhooks
        for text in ["", "whsec_", "whsec_====", "whsec_%%%%", "whsec_A", "not base64!", "AA=A", "AAAA===="] {
            #expect(standard.refusal(of: forged, keyring(text)) == .noUsableSecret, "\(text)")
            #expect(!keyring(text).problems(for: standard).isEmpty, "\(text)")
            #expect(throws: SigningError.unusableSecret(keyID: "test")) {
                try standard.sign(Draft(url: "", body: []), secret: secret(text), now: noon)
            }
        }
    }

    @Test("Beside a usable secret, an unusable one changes nothing")
    func mixed() throws {
        #expect(try scheme.refusal(of: signed(with: "good"), keyring("", "good")) == nil)
        #expect(try scheme.refusal(of: signed(with: "bad"), keyring("", "good")) == .noSecretMatched)
    }

    @Test("A credential that is signed must be configured, and must be right")
    func credentials() throws {
        let shop = Scheme.tikTokShop
        let received = delivery([("authorization", try shop.code(over: "key{}", secret: "s"))], body: "{}")
        #expect(shop.refusal(of: received, keyring("s", credentials: ["app_key": "key"])) == nil)
        #expect(shop.refusal(of: received, keyring("s", credentials: ["app_key": "kez"])) == .noSecretMatched)
        #expect(shop.refusal(of: received, keyring("s", credentials: ["app_key": ""])) == .noUsableSecret)
        #expect(shop.refusal(of: received, keyring("s")) == .noUsableSecret)
        #expect(keyring("s").problems(for: shop) == ["the credential app_key is missing or empty"])
        #expect(keyring("s", credentials: ["app_key": "key"]).problems(for: shop).isEmpty)
        #expect(throws: SigningError.missingCredential("app_key")) {
            try shop.sign(Draft(url: "", body: []), secret: secret("s"), now: noon)
        }
    }

    @Test("Mistakes in a configuration are named without the secret")
    func problems() {
        #expect(keyring().problems(for: scheme) == ["there is no signing secret"])
        let ring = Keyring(secrets: [secret("", id: "env:A"), secret("hunter2", id: "env:B", from: noon, until: noon)])
        let problems = ring.problems(for: scheme)
        #expect(problems.count == 2)
        #expect(problems[0].contains("env:A"))
        #expect(problems[1].contains("env:B"))
        #expect(!problems.joined().contains("hunter2"))
    }
}
