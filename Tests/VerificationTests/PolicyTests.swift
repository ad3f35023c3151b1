import Testing
import Verification
import Webhooks

@Suite("What a source demands")
struct PolicyTests {
    let scheme = Scheme.roms
    let ring = keyring("s")

    func received(_ signature: String?) -> Delivery {
        delivery(signature.map { [("X-Webhook-Signature", $0)] } ?? [], body: "{}")
    }

    @Test("Required: a signature, and the right one")
    func required() throws {
        #expect(scheme.refusal(of: received(nil), ring) == .missingSignature)
        #expect(scheme.refusal(of: received(String(repeating: "0", count: 64)), ring) == .noSecretMatched)
        #expect(scheme.refusal(of: received(try scheme.code(over: "{}", secret: "s")), ring) == nil)
    }

    @Test("Optional: absent is accepted and marked, wrong is refused")
    func optional() throws {
        let verified = try scheme.verify(received(nil), keyring: ring, policy: .optional, now: noon)
        #expect(verified.verdict == Verdict(strength: .unverified, scheme: "none", keyID: nil))
        #expect(scheme.refusal(of: received(nil), keyring(), policy: .optional) == nil)
        #expect(scheme.refusal(of: received(""), ring, policy: .optional) == .malformedSignature)
        #expect(
            scheme.refusal(of: received(String(repeating: "0", count: 64)), ring, policy: .optional) == .noSecretMatched
        )
        #expect(
            scheme.refusal(of: received(String(repeating: "0", count: 64)), keyring(), policy: .optional)
                == .noUsableSecret)
        let code = try scheme.code(over: "{}", secret: "s")
        let signed = try scheme.verify(received(code), keyring: ring, policy: .optional, now: noon)
        #expect(signed.verdict.strength == .signature)
    }

    @Test("None: accepted and marked, whatever it carries")
    func none() throws {
        let verified = try scheme.verify(received("wrong"), keyring: keyring(), policy: .none, now: noon)
        #expect(verified.verdict.strength == .unverified)
    }

    @Test("A security header that came twice is refused, even when both are right")
    func repeated() throws {
        let code = try scheme.code(over: "{}", secret: "s")
        let twice = delivery([("X-Webhook-Signature", code), ("x-webhook-signature", code)], body: "{}")
        #expect(scheme.refusal(of: twice, ring) == .repeatedHeader)
        #expect(scheme.refusal(of: twice, ring, policy: .optional) == .repeatedHeader)
        let others = delivery([("X-Webhook-Signature", code), ("cookie", "a"), ("cookie", "b")], body: "{}")
        #expect(scheme.refusal(of: others, ring) == nil)
        #expect(Scheme.bigCommerce.securityHeaders == ["webhook-signature", "webhook-timestamp", "webhook-id"])
        #expect(Scheme.tikTokShopGuide.securityHeaders == ["x-tiktok-shop-signature", "x-tiktok-shop-timestamp"])
        #expect(Scheme.tikTokShop.securityHeaders == ["authorization"])
    }

    @Test("Preset names are unique and found")
    func names() {
        #expect(Set(Scheme.presets.map(\.name)).count == Scheme.presets.count)
        for scheme in Scheme.presets { #expect(Scheme.named(scheme.name) == scheme) }
        #expect(Scheme.named("none") == nil)
    }
}
