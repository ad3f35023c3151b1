import Crypto
import JSON
import Testing
import Verification
import Webhooks

/// What replaces a credential in what is stored; it still shows whether the credential was right.
@Suite("Masked credentials")
struct MaskedCredentialTests {
    private static let word = "hunter-two-2"
    private static let key = CredentialKey(id: "k1", key: SecretBytes([UInt8](repeating: 7, count: 32)))

    /// Each place where a described scheme may have its secret, and a delivery that has it there.
    private static let places: [(String, Delivery)] = {
        var query = delivery([], body: "{}")
        query.query = "a=1&token=\(word)&b=2"
        return [
            (
                #"{"header":"X-Token","algorithm":"shared-secret","encoding":"text"}"#,
                delivery([("X-Token", word)], body: "{}")
            ),
            (
                #"{"header":"authorization","prefix":"Bearer ","algorithm":"shared-secret","encoding":"text"}"#,
                delivery([("Authorization", "Bearer \(word)")], body: "{}")
            ),
            (#"{"query":"token","algorithm":"shared-secret","encoding":"text"}"#, query),
            (
                #"{"json_field":"auth.0.token","algorithm":"shared-secret","encoding":"text"}"#,
                delivery([], body: #"{"auth":[{"token":"\#(word)","token":"hunter\u002dtwo-2"}],"n":1.50}"#)
            ),
        ]
    }()

    private func scheme(_ place: Int) throws -> Scheme {
        try Scheme(describing: JSONValue(parsing: Array(Self.places[place].0.utf8)))
    }

    private func text(_ delivery: Delivery) -> String {
        delivery.headers.fields.map { "\($0.name): \($0.value)\n" }.joined() + delivery.query
            + String(decoding: delivery.body, as: UTF8.self)
    }

    @Test("The word is gone, wherever the scheme has it, and all else is there", arguments: places.indices)
    func masked(place: Int) throws {
        let scheme = try scheme(place)
        let sent = Self.places[place].1
        let verified = try scheme.verify(sent, keyring: keyring(Self.word), now: noon)
        #expect(verified.verdict.strength == .credential)
        let shown = text(verified.masked(by: [scheme]).delivery)
        #expect(text(sent).contains(Self.word) && !shown.contains(Self.word) && !shown.contains("two-2"))
        #expect(shown.contains(Delivery.mask))
        #expect(shown.contains("a=1") && (place != 3 || shown.contains(#""n":1.50"#)))
    }

    @Test("The hash is that of the word, and of no other; the key has to be the same", arguments: places.indices)
    func hashed(place: Int) throws {
        let scheme = try scheme(place)
        let ring = keyring(Self.word)
        let verified = try scheme.verify(Self.places[place].1, keyring: ring, now: noon)
        let masked = verified.masked(by: [scheme]).delivery
        let hash = CredentialHash(of: try #require(verified.presented), by: Self.key)
        func again(_ hash: CredentialHash, _ ring: Keyring, _ key: CredentialKey = Self.key) -> Refusal? {
            do throws(Refusal) {
                let again = try scheme.verify(masked, credential: hash, by: key, keyring: ring, now: noon)
                return again.verdict == verified.verdict ? nil : Refusal(.invalidPayload, "another verdict")
            } catch { return error }
        }
        #expect(again(hash, ring) == nil)
        #expect(again(hash, keyring("new", Self.word))?.kind == .invalidPayload, "the second key's name is another")
        #expect(again(hash, keyring(Self.word + " "))?.kind == .noSecretMatched)
        #expect(
            again(CredentialHash(keyID: "k1", code: Array(repeating: 0, count: 32)), ring)?.kind == .noSecretMatched)
        #expect(again(CredentialHash(keyID: "k1", code: []), ring)?.kind == .noSecretMatched)
        let other = CredentialKey(id: "k2", key: SecretBytes([UInt8](repeating: 8, count: 32)))
        #expect(again(hash, ring, other)?.reason.contains("cannot be verified again") == true)
        let sameName = CredentialKey(id: "k1", key: SecretBytes([UInt8](repeating: 8, count: 32)))
        #expect(again(hash, ring, sameName)?.kind == .noSecretMatched)
        // The masked delivery alone proves nothing.
        #expect(scheme.refusal(of: masked, ring) != nil)
    }

    @Test(
        "Basic authentication and API keys are masked whatever their header is called",
        arguments: [Scheme.basicAuth, .apiKey])
    func presets(scheme: Scheme) throws {
        let ring = keyring(Self.word, credentials: ["username": "shop"])
        let basic = "Basic " + Base64.encode(Array("shop:\(Self.word)".utf8))
        let sent = delivery([("Authorization", basic), ("X-Api-Key", Self.word)], body: "{}")
        let verified = try scheme.verify(sent, keyring: ring, now: noon)
        let name = scheme.name == "api_key" ? "x-api-key" : "authorization"
        let masked = verified.masked(by: [scheme]).delivery
        #expect(masked.headers[name] == Delivery.mask)
        let hash = CredentialHash(of: try #require(verified.presented), by: Self.key)
        let again = try scheme.verify(masked, credential: hash, by: Self.key, keyring: ring, now: noon)
        #expect(again.verdict == verified.verdict)
    }

    @Test("A signature stays, and is no credential")
    func signature() throws {
        let scheme = Scheme.gitHub
        let sent = delivery([("X-Hub-Signature-256", "sha256=" + String(repeating: "0", count: 64))], body: "{}")
        #expect(sent.masked(by: [scheme]).headers == sent.headers)
        let hash = CredentialHash(keyID: "k1", code: Array(repeating: 0, count: 32))
        #expect(throws: Refusal.self) {
            _ = try scheme.verify(sent, credential: hash, by: Self.key, keyring: keyring(Self.word), now: noon)
        }
    }

    @Test(
        "A body that should hold the word and cannot be read is not kept",
        arguments: ["{\"auth\":[{\"token\":\"x", "token=x"])
    func unreadable(body: String) throws {
        let scheme = try scheme(3)
        #expect(delivery([], body: body).masked(by: [scheme]).body == [])
        #expect(delivery([], body: "{\"other\":1}").masked(by: [scheme]).body == Array("{\"other\":1}".utf8))
    }

    @Test("A parameter is masked by its decoded name, as often as it is there")
    func parameter() throws {
        var sent = delivery([], body: "")
        sent.query = "tok%65n=\(Self.word)&token=\(Self.word)&tokens=1&token"
        #expect(sent.masked(by: [try scheme(2)]).query == "tok%65n=(masked)&token=(masked)&tokens=1&token=(masked)")
    }
}
