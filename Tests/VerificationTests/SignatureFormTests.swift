import Crypto
import Forgery
import Testing
import Verification
import Webhooks

private let everyForm: [(SignatureLocation, TimestampRule?)] = [
    (.header("sig"), nil), (.header("sig", prefix: .required("v0=")), TimestampRule(.header("when"))),
    (.header("sig", prefix: .optional("sha=")), TimestampRule(.header("when"), unit: .rfc3339)),
    (SignatureLocation(.headers(["sig", "x-sig"])), nil),
    (
        SignatureLocation(.headers(["sig"]), .pairs(separator: ";", key: "h1")),
        TimestampRule(.pair(key: "ts"), unit: .milliseconds)
    ),
    (SignatureLocation(.headers(["sig"]), .pairs(separator: ",", key: "v1")), nil),
    (SignatureLocation(.headers(["sig"]), .versions("v1")), TimestampRule(.header("when"))),
    (SignatureLocation(.headers(["sig"]), .positions(separator: ",", from: 1)), TimestampRule(.position(0))),
    (SignatureLocation(.headers(["sig"]), .several(separator: ",")), nil),
    (SignatureLocation(.numberedHeaders(prefix: "sig-", upTo: 100)), nil),
]

@Suite("Where signatures stand and how they are written")
struct SignatureFormTests {
    @Test("Every form, digest, encoding and key is signed and verified by one table", arguments: everyForm)
    func roundTrip(location: SignatureLocation, timestamp: TimestampRule?) throws {
        for digest in [Digest.sha1, .sha256, .sha512] {
            for encoding in [SignatureEncoding.hex, .base64, .base64URL] {
                for key in [KeyDerivation.utf8, .base64(prefix: "whsec_"), .hex] {
                    let scheme = Scheme(
                        name: "x",
                        message: [.method, .literal("|"), .url, .header("id"), .credential("app"), .body]
                            + (timestamp == nil ? [] : [.timestamp]),
                        algorithm: .hmac(digest), key: key, encoding: encoding, signature: location,
                        timestamp: timestamp)
                    try check(scheme)
                }
            }
        }
    }

    private func check(_ scheme: Scheme) throws {
        let draft = Draft(
            url: "https://shop.example/hook?a=1", headers: HeaderFields([("id", "7")]), body: Array("body".utf8))
        // Decodes as text, as base64 and as hexadecimal digits.
        let key = secret("00112233445566778899aabbccddeeff")
        let ring = Keyring(secrets: [key], credentials: ["app": SecretBytes(Array("abc".utf8))])
        let fields = try scheme.sign(draft, secret: key, credentials: ring.credentials, now: noon)
        var received = delivery(HeaderFields(fields.map { ($0.name, $0.value) } + [("id", "7")]), body: draft.body)
        #expect(scheme.refusal(of: received, ring) == nil)
        received.method = "PUT"
        #expect(scheme.refusal(of: received, ring) == .noSecretMatched)
        received.method = "POST"
        received.query = "a=2"
        #expect(scheme.refusal(of: received, ring) == .noSecretMatched)
        received.query = "a=1"
        received.headers = HeaderFields(fields.map { ($0.name, $0.value) } + [("id", "8")])
        #expect(scheme.refusal(of: received, ring) == .noSecretMatched)
        received.headers = HeaderFields(fields.map { ($0.name, $0.value) })
        #expect(scheme.refusal(of: received, ring) == .missingSignature)
    }

    @Test(
        "A prefix that is required must be there; one that is optional may",
        arguments: [
            ("sha256=", nil, nil), ("", .malformedSignature, nil), ("sha1=", .malformedSignature, .malformedSignature),
            ("SHA256=", .malformedSignature, .malformedSignature),
        ] as [(String, Refusal.Kind?, Refusal.Kind?)])
    func prefixes(written: String, required: Refusal.Kind?, optional: Refusal.Kind?) throws {
        let strict = Scheme(name: "x", signature: .header("sig", prefix: .required("sha256=")))
        let lax = Scheme(name: "x", signature: .header("sig", prefix: .optional("sha256=")))
        let received = delivery([("sig", written + (try strict.code(over: "{}", secret: "s")))], body: "{}")
        #expect(strict.refusal(of: received, keyring("s")) == required)
        #expect(lax.refusal(of: received, keyring("s")) == optional)
    }

    @Test(
        "What is no signature is malformed, never a crash",
        arguments: [
            "", " ", ",", "=", "v1", "v1,", "v1=", ",v1", "v1,=", "t=", "AAAA", String(repeating: "A", count: 44),
            String(repeating: "0", count: 63), String(repeating: "0", count: 65), String(repeating: "g", count: 64),
            "\u{FFFD}", "\u{301}",
            "v1,\u{301}", String(repeating: "v1,AAAA ", count: 500), "Bearer " + String(repeating: "0", count: 64),
        ])
    func malformed(text: String) throws {
        for scheme in Scheme.presets where !scheme.securityHeaders.isEmpty {
            let genuine = try GenuineDelivery(scheme)
            var headers = HeaderFields([(scheme.securityHeaders[0], text)])
            for name in scheme.securityHeaders.dropFirst() where headers[name] == nil {
                headers.append(name: name, value: "1700000000")
            }
            let refusal = scheme.refusal(of: delivery(headers, body: []), genuine.keyring)
            #expect(refusal != nil, "\(scheme.name)")
            #expect(refusal != .noUsableSecret, "\(scheme.name)")
        }
    }

    @Test("A signature in the body, and one in any of numbered headers")
    func elsewhere() throws {
        let inBody = Scheme(
            name: "x",
            message: [
                .jsonField(["data", "0", "id"]), .literal(":"), .jsonField(["data", "0", "none"]), .jsonField(["ok"]),
            ],
            encoding: .base64, signature: SignatureLocation(.jsonField(["data", "0", "sig"])))
        let code = try inBody.code(over: "576486316948490000:true", secret: "s")
        func body(_ id: String) -> String { #"{"data":[{"id":\#(id),"sig":"\#(code)"}],"ok":true}"# }
        #expect(inBody.refusal(of: delivery([], body: body("576486316948490000")), keyring("s")) == nil)
        #expect(inBody.refusal(of: delivery([], body: body("576486316948490001")), keyring("s")) == .noSecretMatched)
        #expect(inBody.refusal(of: delivery([], body: "{}"), keyring("s")) == .missingSignature)
        #expect(inBody.refusal(of: delivery([], body: "["), keyring("s")) == .missingSignature)
        #expect(inBody.refusal(of: delivery([], body: #"{"data":[]}"#), keyring("s")) == .missingSignature)
        let numbered = Scheme(name: "x", signature: SignatureLocation(.numberedHeaders(prefix: "sig-", upTo: 3)))
        let right = try numbered.code(over: "{}", secret: "s")
        #expect(numbered.refusal(of: delivery([("sig-1", "0"), ("sig-3", right)], body: "{}"), keyring("s")) == nil)
        #expect(numbered.refusal(of: delivery([("sig-4", right)], body: "{}"), keyring("s")) == .missingSignature)
    }

    @Test(
        "Form fields are decoded, sorted, and count once",
        arguments: [
            ("b=2&a=1", "a1b2"), ("a=1&a=1", "a1"), ("a=2&a=1", "a1a2"), ("a=%2B1+x&%61b=", "a+1 xab"),
            ("a&b=%zz&c=%4", "ab%zzc%4"),
            ("a=b=c&&", "ab=c"), ("", ""),
        ])
    func forms(body: String, message: String) throws {
        let scheme = Scheme(name: "x", message: [.sortedFormFields], algorithm: .hmac(.sha1), signature: .header("sig"))
        let code = try scheme.code(over: message, secret: "s")
        #expect(scheme.refusal(of: delivery([("sig", code)], body: body), keyring("s")) == nil)
    }
}
