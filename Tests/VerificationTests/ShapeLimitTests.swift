import Forgery
import Testing
import Verification
import Webhooks

/// What is read before the signature is known has limits, far above what anybody sends; what verified has none.
@Suite("Limits before the signature")
struct ShapeLimitTests {
    private func refusal(_ scheme: Scheme, _ body: String) throws -> Refusal.Kind? {
        let genuine = try GenuineDelivery(scheme)
        var sent = genuine.delivery
        sent.body = Array(body.utf8)
        return scheme.refusal(of: sent, genuine.keyring, now: GenuineDelivery.now)
    }

    @Test("Too many fields of a form that is signed field by field")
    func form() throws {
        #expect(try refusal(.twilio, String(repeating: "a=1&", count: 999)) == .noSecretMatched)
        #expect(try refusal(.twilio, String(repeating: "a=1&", count: 1_001)) == .invalidPayload)
        // Nothing between two of them is no field.
        #expect(try refusal(.twilio, String(repeating: "&", count: 100_000)) == .noSecretMatched)
    }

    @Test("Too many values of a JSON body that must be read", arguments: [Scheme.adyen, .amazonSNS])
    func json(scheme: Scheme) throws {
        #expect(try refusal(scheme, "[" + String(repeating: "0,", count: 30_000) + "0]") == .invalidPayload)
        // In a string they are none.
        let text = "{\"Message\":\"" + String(repeating: ",:{[\\\"", count: 30_000) + "\"}"
        #expect(try refusal(scheme, text) != .invalidPayload)
        #expect(try refusal(scheme, text) != nil)
    }

    @Test("Too many escapes of a JSON body that must be read", arguments: [Scheme.adyen, .amazonSNS])
    func escapes(scheme: Scheme) throws {
        for escape in ["\\n", "\\\"", "\\u00e9", "\\ud83d"] {
            let (few, many) = (String(repeating: escape, count: 59_000), String(repeating: escape, count: 61_000))
            #expect(try refusal(scheme, "{\"Message\":\"\(few)\"}") != .invalidPayload)
            #expect(try refusal(scheme, "{\"Message\":\"\(few)\"}") != nil)
            #expect(try refusal(scheme, "{\"Message\":\"\(many)\"}") == .invalidPayload)
        }
    }

    @Test("A policy that takes unsigned bodies takes none that is too large to be read")
    func optional() throws {
        let genuine = try GenuineDelivery(.adyen)
        var sent = genuine.delivery
        sent.body = Array(("[" + String(repeating: "0,", count: 30_000) + "0]").utf8)
        #expect(
            Scheme.adyen.refusal(of: sent, genuine.keyring, policy: .optional, now: GenuineDelivery.now)
                == .invalidPayload)
    }

    @Test(
        "A signed body of any shape verifies where the bytes are signed", arguments: [Scheme.gitHub, .stripe, .square])
    func signed(scheme: Scheme) throws {
        let genuine = try GenuineDelivery(scheme)
        let body = Array(("[" + String(repeating: "0,", count: 100_000) + "0]").utf8)
        var sent = genuine.delivery
        let secret = try #require(genuine.keyring.secrets.first)
        let draft = try scheme.signed(Draft(url: sent.url, body: body), secret: secret, now: GenuineDelivery.now)
        sent.headers = draft.headers
        sent.body = draft.body
        #expect(scheme.refusal(of: sent, genuine.keyring, now: GenuineDelivery.now) == nil)
    }

    /// In one run, by the same scheme and of the same length: the worst body that a stranger can send costs little more than
    /// a plain one. `FuzzSchemes cost` measures the release build against the plain HMAC.
    @Test("The worst body costs about what any body costs", arguments: [Scheme.twilio, .adyen, .amazonSNS, .gitHub])
    func cost(scheme: Scheme) throws {
        let check = try CostCheck(scheme)
        #expect(check.worst(1 << 18).time < check.plain(1 << 18) * 20)
    }
}
