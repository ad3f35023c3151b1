import Crypto
import Testing
import Verification
import Webhooks

@Suite("Basic authentication and API keys")
struct SharedSecretTests {
    let ring = keyring("pass:word", credentials: ["username": "shop"])

    func basic(_ text: String, _ word: String = "Basic ") -> Delivery {
        delivery([("authorization", word + Base64.encode(Array(text.utf8)))], body: "{}")
    }

    @Test("A password with a colon works, and the verdict says how little it proves")
    func colon() throws {
        let verified = try Scheme.basicAuth.verify(basic("shop:pass:word"), keyring: ring, now: noon)
        #expect(verified.verdict == Verdict(strength: .credential, scheme: "basic_auth", keyID: "key0"))
        #expect(Scheme.basicAuth.refusal(of: basic("shop:pass:word", "basic  "), ring) == nil)
    }

    @Test(
        "Anything else is refused",
        arguments: ["shop:pass", "shop:pass:word ", "shop", "sho:ppass:word", "Shop:pass:word", ":pass:word", "", ":"])
    func wrong(text: String) {
        #expect(Scheme.basicAuth.refusal(of: basic(text), ring) != nil)
    }

    @Test("Another scheme before the same text is refused", arguments: ["", "Bearer ", "Basic", "Basicx "])
    func otherWord(word: String) {
        #expect(Scheme.basicAuth.refusal(of: basic("shop:pass:word", word), ring) == .malformedSignature)
    }

    @Test("Two people's names and passwords are not mixed, and blank ones open nothing")
    func blank() {
        let blank = keyring(" \n", credentials: ["username": "shop"])
        #expect(Scheme.basicAuth.refusal(of: basic("shop: \n"), blank) == .noUsableSecret)
        #expect(!blank.problems(for: .basicAuth).isEmpty)
        #expect(Scheme.basicAuth.refusal(of: basic(":pass:word"), keyring("pass:word")) == .noUsableSecret)
    }

    @Test("An API key counts when it is the whole header")
    func apiKey() throws {
        func sent(_ key: String) -> Refusal.Kind? {
            Scheme.apiKey.refusal(of: delivery([("X-Api-Key", key)], body: "{}"), keyring("k-1", "k-2"))
        }
        #expect(sent("k-1") == nil)
        #expect(sent("k-2") == nil)
        for wrong in ["k-3", "k-1k-2", "k", "k-1,k-2", "Bearer k-1"] { #expect(sent(wrong) == .noSecretMatched) }
        #expect(sent("") == .malformedSignature)
    }
}
