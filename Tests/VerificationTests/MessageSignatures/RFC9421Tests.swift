import Crypto
import Testing
import Webhooks

@testable import Verification

@Suite("HTTP Message Signatures against RFC 9421")
struct RFC9421Tests {
    @Test("Each published signature verifies", arguments: RFC9421.vectors)
    func published(vector: RFC9421.Vector) {
        #expect(vector.scheme.refusal(of: vector.delivery, vector.keyring, now: RFC9421.created) == nil)
    }

    @Test("The published HMAC and Ed25519 signatures are made, byte by byte")
    func made() throws {
        for (index, key) in [(3, RFC9421.sharedSecret), (4, RFC9421.ed25519Private)] {
            let vector = RFC9421.vectors[index]
            let input = try #require(StructuredFieldReader.dictionary(vector.input)?.members.first)
            guard case .list(let list) = input.value else { throw Missing() }
            let base = try MessageSignature(label: input.key, input: list)
                .base(of: RequestFields(vector.delivery, credentials: [:]))
            let code = try vector.scheme.signer(secret(key)).code(of: [base])
            #expect("\(input.key)=:\(Base64.encode(code)):" == vector.signature)
        }
    }

    @Test("The base of B.2.2 is the published one")
    func base() throws {
        let vector = RFC9421.vectors[1]
        let input = try #require(StructuredFieldReader.dictionary(vector.input)?.members.first)
        guard case .list(let list) = input.value else { throw Missing() }
        let base = try MessageSignature(label: input.key, input: list)
            .base(of: RequestFields(vector.delivery, credentials: [:]))
        #expect(
            String(decoding: base, as: UTF8.self)
                == """
                "@authority": example.com
                "content-digest": \(RFC9421.digest)
                "@query-param";name="Pet": dog
                "@signature-params": ("@authority" "content-digest" "@query-param";name="Pet")\
                ;created=1618884473;keyid="test-key-rsa-pss";tag="header-example"
                """)
    }

    @Test("The ECDSA signature of the response B.2.4 verifies over its published base")
    func ecdsa() throws {
        let base = """
            "@status": 200
            "content-type": application/json
            "content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:
            "content-length": 23
            "@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"
            """
        let signature = try #require(
            Base64.decode("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw=="))
        let key = try PublicKey(pem: RFC9421.p256Public)
        #expect(key.isValid(signature, .ecdsaP256SHA256, parts: [Array(base.utf8)]))
        #expect(!key.isValid(signature, .ecdsaP256SHA256, parts: [Array((base + " ").utf8)]))
        #expect(!key.isValid(signature, .ecdsaSHA256, parts: [Array(base.utf8)]))
        for length in [0, 63, 65, 128] {
            let bad = Array((signature + signature).prefix(length))
            #expect(!key.isValid(bad, .ecdsaP256SHA256, parts: [Array(base.utf8)]))
        }
    }

    @Test(
        "The request of a proxy's own signature (B.3) verifies with ECDSA, and other changes of it do not")
    func proxied() {
        var headers = HeaderFields([
            ("host", "service.internal.example"), ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("content-type", "application/json"), ("content-length", "18"),
            (
                "client-cert",
                ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEl"
                    + "udGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj"
                    + "0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy"
                    + "6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBs"
                    + "AwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIB"
                    + "Hda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:"
            ),
            (
                "signature-input",
                #"ttrp=("@path" "@query" "@method" "@authority" "client-cert");created=1618884473;keyid="test-key-ecc-p256""#
            ),
            (
                "signature",
                "ttrp=:xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==:"
            ),
        ])
        let scheme = RFC9421.scheme(.publicKey(.ecdsaP256SHA256), key: .pem, covering: ["@path", "client-cert"])
        func refusal(host: String = "service.internal.example", path: String = "/foo", method: String = "POST")
            -> Refusal.Kind?
        {
            scheme.refusal(
                of: Delivery(
                    requestID: "r", receivedAt: RFC9421.created, method: method, host: host, path: path,
                    query: "param=Value&Pet=dog", headers: headers, body: Array(RFC9421.body.utf8)),
                keyring(RFC9421.p256Public), now: RFC9421.created)
        }
        #expect(refusal() == nil)
        #expect(refusal(host: "SERVICE.internal.example:443") == nil)
        #expect(refusal(host: "other.example") == .noSecretMatched)
        #expect(refusal(path: "/foo/") == .noSecretMatched)
        #expect(refusal(method: "PUT") == .noSecretMatched)
        headers.append(name: "client-cert", value: ":AAAA:")
        #expect(refusal() == .repeatedHeader)
    }

    @Test("The transformations of B.4 that keep the signature are accepted, the others are not")
    func transformed() {
        // The published request has Accept twice, which one door joins as the RFC does and another refuses.
        let input = #"transform=("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519""#
        let signature =
            "transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:"
        func refusal(
            _ method: String = "GET", host: String = "example.org", query: String = "name1=Value1&Name2=value2",
            accept: [String] = ["application/json, */*"]
        ) -> Refusal.Kind? {
            var headers = HeaderFields([("signature-input", input), ("signature", signature)])
            for value in accept { headers.append(name: "accept", value: value) }
            return RFC9421.scheme(.publicKey(.ed25519), key: .ed25519).refusal(
                of: Delivery(
                    requestID: "r", receivedAt: RFC9421.created, method: method, host: host, path: "/demo",
                    query: query, headers: headers, body: []),
                keyring(RFC9421.ed25519Public), now: RFC9421.created)
        }
        #expect(refusal() == nil)
        #expect(refusal(query: "name1=Value1&Name2=value2&param=added") == nil)
        #expect(refusal(accept: ["  application/json, */* "]) == nil)
        #expect(refusal("POST") == .noSecretMatched)
        #expect(refusal(host: "example.com") == .noSecretMatched)
        #expect(refusal(accept: ["*/*, application/json"]) == .noSecretMatched)
        #expect(refusal(accept: ["application/json", "*/*"]) == .repeatedHeader)
    }

    struct Missing: Error {}
}
