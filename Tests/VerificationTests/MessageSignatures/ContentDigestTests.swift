import Testing
import Webhooks

@testable import Verification

@Suite("Content-Digest against RFC 9530")
struct ContentDigestTests {
    private func refusal(_ value: String, _ body: String) -> Refusal.Kind? {
        do throws(Refusal) {
            try ContentDigest.check(value, Array(body.utf8))
            return nil
        } catch { return error.kind }
    }

    private static let hello = "{\"hello\": \"world\"}\n"
    private static let sha256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    private static let sha512 =
        "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:"

    /// Appendix B.1 to B.3, and section 2.
    @Test func publishedDigests() {
        #expect(ContentDigest.value(of: Array(Self.hello.utf8)) == Self.sha256)
        #expect(ContentDigest.value(of: []) == "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")
        let partial = Array("\"world\"}\n".utf8)
        #expect(ContentDigest.value(of: partial) == "sha-256=:jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ=:")
        #expect(refusal(Self.sha256, Self.hello) == nil)
        #expect(refusal(Self.sha512, Self.hello) == nil)
        #expect(refusal("\(Self.sha512), \(Self.sha256)", Self.hello) == nil)
        #expect(refusal("md5=:XrY7u+Ae7tCTyyK7j1rNww==:, \(Self.sha256)", Self.hello) == nil)
        #expect(refusal(RFC9421.digest, RFC9421.body) == nil)
    }

    @Test func whatProvesNothingIsRefused() {
        #expect(refusal(Self.sha256, "{\"hello\": \"WORLD\"}\n") == .noSecretMatched)
        // One that fits does not make up for one that differs.
        #expect(
            refusal("sha-256=:d435Qo+nKZ+gLcUHn7GQtQ72hiBVAgqoLsZnZPiTGPk=:, \(Self.sha512)", Self.hello)
                == .noSecretMatched)
        for value in [
            "", "md5=:XrY7u+Ae7tCTyyK7j1rNww==:", "sha-256", "sha-256=RK", "sha-256=::", "sha-256=:RK/0:",
            "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg==:", "\(Self.sha256), \(Self.sha256)",
            "sha-256=(:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:)",
        ] {
            #expect(refusal(value, Self.hello) == .malformedSignature, "\(value)")
        }
    }
}
