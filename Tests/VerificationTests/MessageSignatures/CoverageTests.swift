import Crypto
import JSON
import Testing
import Webhooks

@testable import Verification

/// What a signature of RFC 9421 must have beside being right.
@Suite("Coverage of signed messages")
struct CoverageTests {
    private static let key = "a shared secret"
    private static let all = #"("@method" "@authority" "@path" "content-digest")"#
    private static let scheme = Scheme.named("rfc9421_hmac_sha256") ?? .gitHub
    private static let body = #"{"type":"order.created"}"#

    /// A delivery whose signatures are right, over whatever they say.
    private func signed(
        _ inputs: [(label: String, input: String)], secret text: String = key, digest: String? = nil,
        path: String = "/hook", host: String = "shop.example", headers more: [(name: String, value: String)] = []
    ) throws -> Delivery {
        var headers = HeaderFields(more)
        headers.append(name: "content-digest", value: digest ?? ContentDigest.value(of: Array(Self.body.utf8)))
        var delivery = Delivery(
            requestID: "r", receivedAt: noon, host: host, path: path, headers: headers, body: Array(Self.body.utf8))
        var codes: [String] = []
        for (label, input) in inputs {
            guard case .list(let list) = StructuredFieldReader.dictionary("x=\(input)")?["x"] else { throw Missing() }
            let base = try MessageSignature(label: label, input: list)
                .base(of: RequestFields(delivery, credentials: [:]))
            let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: text), base)
            codes.append("\(label)=:\(Base64.encode(code)):")
        }
        delivery.headers.append(
            name: "signature-input", value: inputs.map { "\($0.label)=\($0.input)" }.joined(separator: ", "))
        delivery.headers.append(name: "signature", value: codes.joined(separator: ", "))
        return delivery
    }

    struct Missing: Error {}

    private func refusal(
        _ input: String, scheme: Scheme = scheme, now: Timestamp = noon, tolerance: Int64? = nil
    ) throws -> Refusal.Kind? {
        scheme.refusal(of: try signed([("sig1", input)]), keyring(Self.key), tolerance: tolerance, now: now)
    }

    @Test func aSignatureOverAllThatIsDemandedIsAccepted() throws {
        for components in [
            Self.all, #"("content-digest" "@path" "@authority" "@method")"#,
            #"("@target-uri" "@method" "content-digest")"#,
            #"("@method" "@authority" "@request-target" "content-digest" "content-digest";bs)"#,
        ] {
            #expect(try refusal("\(components);created=1700000000") == nil, "\(components)")
        }
    }

    @Test(arguments: [
        #"()"#, #"("@method" "@authority" "@path")"#, #"("@method" "@authority" "content-digest")"#,
        #"("@authority" "@path" "content-digest")"#, #"("@method" "@path" "content-digest")"#,
        #"("@method" "@authority" "@path" "content-digest";key="sha-256")"#,
        #"("@method" "@authority" "@path" "content-digest";bs)"#,
        #"("@method" "@authority" "@path" "@path" "content-digest")"#,
    ])
    func withoutThemItIsRefusedThoughItIsRight(components: String) throws {
        #expect(try refusal("\(components);created=1700000000") == .malformedSignature)
    }

    @Test func theTimeIsDemandedAndBounded() throws {
        #expect(try refusal(Self.all) == .missingTimestamp)
        #expect(try refusal("\(Self.all);created=1699999700") == nil)
        #expect(try refusal("\(Self.all);created=1699999699") == .outsideTolerance)
        #expect(try refusal("\(Self.all);created=1700000300") == nil)
        #expect(try refusal("\(Self.all);created=1700000301") == .outsideTolerance)
        #expect(try refusal("\(Self.all);created=\"1700000000\"") == .malformedTimestamp)
        #expect(try refusal("\(Self.all);created=-1") == .malformedTimestamp)
        #expect(try refusal("\(Self.all);created=1700000000;expires=1700000001") == nil)
        #expect(try refusal("\(Self.all);created=1700000000;expires=1700000000") == .outsideTolerance)
        #expect(try refusal("\(Self.all);created=1700000000;expires=soon") == .malformedTimestamp)
        // A longer tolerance of the configuration does not bring an expired signature back, a release does.
        let expired = "\(Self.all);created=1699999000;expires=1699999100"
        #expect(try refusal(expired, tolerance: 86_400) == .outsideTolerance)
        #expect(try refusal(expired, tolerance: Scheme.anyTime) == nil)
    }

    @Test func algorithmAndTagMustBeThoseOfTheScheme() throws {
        #expect(try refusal(#"\#(Self.all);created=1700000000;alg="hmac-sha256""#) == nil)
        #expect(try refusal(#"\#(Self.all);created=1700000000;alg="ed25519""#) == .malformedSignature)
        #expect(try refusal(#"\#(Self.all);created=1700000000;alg=hmac-sha256"#) == .malformedSignature)
        var tagged = Self.scheme
        tagged.rule?.tag = "shop"
        #expect(try refusal(#"\#(Self.all);created=1700000000;tag="shop""#, scheme: tagged) == nil)
        #expect(try refusal(#"\#(Self.all);created=1700000000;tag="other""#, scheme: tagged) == .malformedSignature)
        #expect(try refusal("\(Self.all);created=1700000000", scheme: tagged) == .malformedSignature)
    }

    @Test func theKeyIDChoosesASecret() throws {
        let ring = Keyring(secrets: [secret("another", id: "old"), secret(Self.key, id: "new")])
        func kind(_ keyID: String) throws -> Refusal.Kind? {
            Self.scheme.refusal(
                of: try signed([("s", #"\#(Self.all);created=1700000000;keyid="\#(keyID)""#)]), ring)
        }
        #expect(try kind("new") == nil)
        #expect(try kind("old") == .noSecretMatched)
        // A name that no secret has proves nothing either way.
        #expect(try kind("unknown") == nil)
        let verified = try Self.scheme.verify(
            signed([("s", #"\#(Self.all);created=1700000000;keyid="new""#)]), keyring: ring, now: noon)
        #expect(verified.verdict == Verdict(strength: .signature, scheme: "rfc9421_hmac_sha256", keyID: "new"))
    }

    @Test func anotherPathHostOrBodyIsRefused() throws {
        let genuine = try signed([("sig1", "\(Self.all);created=1700000000")])
        let ring = keyring(Self.key)
        #expect(Self.scheme.refusal(of: genuine, ring) == nil)
        for change in [
            { (delivery: inout Delivery) in delivery.path = "/other" }, { $0.host = "other.example" },
            { $0.method = "PUT" }, { $0.body.append(0x20) }, { $0.body = [] },
        ] as [(inout Delivery) -> Void] {
            var changed = genuine
            change(&changed)
            #expect(Self.scheme.refusal(of: changed, ring) == .noSecretMatched)
        }
        // The URL of the configuration stands for that of the request, which a proxy rewrote.
        var proxied = genuine
        (proxied.host, proxied.path) = ("10.0.0.1", "/internal")
        var behind = ring
        behind.credentials["notification_url"] = SecretBytes(utf8: "https://shop.example/hook")
        #expect(Self.scheme.refusal(of: proxied, behind) == nil)
    }

    @Test func ofSeveralSignaturesOneMustBeRight() throws {
        let good = ("good", "\(Self.all);created=1700000000")
        let weak = ("weak", "();created=1700000000")
        let late = ("late", "\(Self.all);created=1")
        let ring = keyring(Self.key)
        for inputs in [[weak, good], [good, weak], [late, good]] {
            #expect(Self.scheme.refusal(of: try signed(inputs), ring) == nil)
        }
        #expect(Self.scheme.refusal(of: try signed([weak]), ring) == .malformedSignature)
        #expect(Self.scheme.refusal(of: try signed([weak, late]), ring) == .outsideTolerance)
        // A proxy's own signature, over the sender's, is none of the sender's.
        var proxied = try signed([good])
        proxied.headers = HeaderFields(
            proxied.headers.fields.map { field in
                switch field.name {
                case "signature-input":
                    (field.name, #"proxy=("signature";key="good");created=1700000000, "# + field.value)
                case "signature": (field.name, field.value + ", proxy=:AAAA:")
                default: (field.name, field.value)
                }
            })
        #expect(Self.scheme.refusal(of: proxied, ring) == nil)
        // A fifth is not tried.
        let others = (0..<4).map { ("s\($0)", "\(Self.all);created=\($0)") }
        #expect(Self.scheme.refusal(of: try signed(others + [good]), ring) == .outsideTolerance)
    }

    @Test func headersThatDoNotFitTogetherAreRefused() throws {
        let genuine = try signed([("sig1", "\(Self.all);created=1700000000")])
        let ring = keyring(Self.key)
        func refusal(_ change: (String, String) -> [(String, String)]) -> Refusal.Kind? {
            var delivery = genuine
            delivery.headers = HeaderFields(
                genuine.headers.fields.flatMap { field in
                    change(field.name, field.value).map { (name: $0.0, value: $0.1) }
                })
            return Self.scheme.refusal(of: delivery, ring)
        }
        #expect(refusal { $0 == "signature" ? [] : [($0, $1)] } == .malformedSignature)
        #expect(refusal { $0 == "signature-input" ? [] : [($0, $1)] } == .malformedSignature)
        #expect(refusal { $0.hasPrefix("signature") ? [] : [($0, $1)] } == .missingSignature)
        for name in ["signature", "signature-input", "content-digest"] {
            #expect(refusal { $0 == name ? [($0, $1), ($0, $1)] : [($0, $1)] } == .repeatedHeader)
        }
        func refusal(of header: String, _ change: (String) -> String) -> Refusal.Kind? {
            refusal { [($0, $0 == header ? change($1) : $1)] }
        }
        #expect(refusal(of: "signature") { $0.replacing("sig1", with: "sig2") } == .malformedSignature)
        #expect(refusal(of: "signature") { $0 + ", " + $0 } == .malformedSignature)
        #expect(refusal(of: "signature-input") { $0 + ";created=1700000000" } == .malformedSignature)
        #expect(refusal(of: "signature-input") { $0 + ", " + $0 } == .malformedSignature)
        #expect(refusal(of: "signature-input") { $0 + #";nonce="x""# } == .noSecretMatched)
        // The order of the components is signed.
        let swapped = #"sig1=("@authority" "@method" "@path" "content-digest");created=1700000000"#
        #expect(refusal(of: "signature-input") { _ in swapped } == .noSecretMatched)
        let huge = "sig1=(" + String(repeating: #""@path" "#, count: 100_000) + ")"
        #expect(refusal(of: "signature-input") { _ in huge } == .malformedSignature)
        // An unsigned delivery is accepted where that is allowed, a half-signed one is not.
        var bare = genuine
        bare.headers = HeaderFields([("content-digest", "x")])
        #expect(Self.scheme.refusal(of: bare, ring, policy: .optional) == nil)
        bare.headers = HeaderFields([("signature", "sig1=:AA==:")])
        #expect(Self.scheme.refusal(of: bare, ring, policy: .optional) == .malformedSignature)
    }

    @Test("Each scheme signs what it verifies, the query included", arguments: Scheme.presets.filter { $0.rule != nil })
    func signs(scheme: Scheme) throws {
        var key: PrivateKey?
        if case .publicKey(let algorithm) = scheme.algorithm { key = try PrivateKey.generate(algorithm.keyKind) }
        let pair = try (
            key?.pem() ?? SecretBytes(utf8: Self.key), key.map { SecretBytes(utf8: try $0.publicKey().pem) }
        )
        let draft = Draft(url: "https://shop.example/hook?a=1", body: Array(Self.body.utf8))
        let signed = try scheme.signed(draft, secret: SigningSecret(keyID: "k-1", secret: pair.0), now: noon)
        #expect(signed.headers["signature-input"]?.contains(#""@query");created=1700000000;keyid="k-1""#) == true)
        let ring = Keyring(secrets: [SigningSecret(keyID: "k-1", secret: pair.1 ?? pair.0)])
        var delivery = Delivery(
            requestID: "r", receivedAt: noon, host: "shop.example", path: "/hook", query: "a=1",
            headers: signed.headers, body: signed.body)
        #expect(scheme.refusal(of: delivery, ring) == nil)
        delivery.query = "a=2"
        #expect(scheme.refusal(of: delivery, ring) == .noSecretMatched)
    }

    @Test func descriptionsOfAConfigurationFile() throws {
        func described(_ json: String) throws -> Scheme {
            try Scheme(describing: JSONValue(parsing: Array(json.utf8)), name: "rfc9421_ed25519")
        }
        let written = #"{"covered":["@method","@authority","@path","Content-Digest"],"algorithm":"ed25519"}"#
        #expect(try described(written) == Scheme.named("rfc9421_ed25519"))
        let ucp = try described(
            #"{"covered":["@path","content-digest","webhook-id"],"id":"webhook-id","tag":"t","tolerance":60}"#)
        let components = ["@path", "content-digest", "webhook-id"]
        #expect(ucp.rule == SignatureRule(components: components, tag: "t", id: "webhook-id"))
        #expect(ucp.timestamp?.tolerance == 60)
        for (json, problem) in [
            (#"{"covered":[]}"#, "covered must be a list"), (#"{"covered":["@path"]}"#, "must have content-digest"),
            (#"{"covered":["content-digest","@status"]}"#, "covered.1 must be a header"),
            (#"{"covered":["content-digest","content-digest"]}"#, "covered.1 is there twice"),
            (#"{"covered":["content-digest"],"header":"x"}"#, "header is not a key"),
            (#"{"covered":["content-digest"],"id":"x-id"}"#, "id is not covered"),
            (#"{"covered":["content-digest"],"algorithm":"rsa-sha256"}"#, "algorithm must be one of hmac-sha256"),
        ] {
            let error = #expect(throws: SchemeErrors.self) { _ = try described(json) }
            #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
        }
    }
}
