import Crypto
import Providers
import Settings
import Testing
import Verification
import Webhooks

@Suite struct CustomSourceTests {
    func load(_ lines: String) throws -> SourceSettings? {
        try machine(lines).load().sources.first
    }

    func machine(_ lines: String) -> Machine {
        var machine = Machine("database: dbname=x\nsources:\n  erp:\n\(lines)")
        machine.environment["SECRET"] = "s3cr3t"
        return machine
    }

    @Test func aDescribedSchemeIsTheSources() throws {
        let source = try #require(
            try load(
                """
                    providers: [custom]
                    secrets: { env: SECRET }
                    scheme:
                      header: [X-Erp-Signature, X-Signature]
                      message: [timestamp, ":", body]
                      timestamp: { header: X-Erp-Time }
                      tolerance: 60
                      digest: sha512
                """))
        #expect(source.paths == ["/webhook/custom"])
        #expect(source.contract.provider.name == "custom")
        let scheme = source.contract.provider.scheme
        #expect(scheme.algorithm == .hmac(.sha512))
        #expect(scheme.securityHeaders == ["x-erp-signature", "x-signature", "x-erp-time"])
        #expect(scheme.timestamp?.tolerance == 60)
        #expect(source.contract.keyring.problems(for: scheme).isEmpty)
    }

    @Test func besideOtherProvidersItHasASectionOfItsOwn() throws {
        let source = try #require(
            try load(
                """
                    providers:
                      github: { secrets: { env: SECRET } }
                      custom: { secrets: { env: SECRET }, scheme: { header: X-Mine } }
                    paths: [/hook]
                """))
        #expect(source.providers == ["github", "custom"])
    }

    @Test func everyMistakeHasItsLine() {
        let problems = machine(
            """
                providers: [custom]
                secrets: { env: SECRET }
                scheme:
                  header: X-Mine
                  digest: md5
                  message:
                    - body
                    - bdy
                  timestamp: { header: t, pair: t }
            """
        ).problems
        for beginning in [
            "8: sources.erp.scheme.digest must be one of sha1, sha256, sha512",
            "11: sources.erp.scheme.message.1 must be one of body",
            "12: sources.erp.scheme.timestamp must have exactly one of header",
        ] {
            #expect(problems.contains { $0.contains(beginning) }, "\(problems)")
        }
        #expect(machine("    providers: [custom]").problems.contains { $0.contains("scheme must describe") })
    }

    @Test func theURLThatTheProviderKnowsCounts() throws {
        let source = try #require(
            try load(
                """
                    providers: [square]
                    secrets: { env: SECRET }
                    url: https://shop.example/square
                """))
        let url = source.contract.keyring.credentials[Keyring.notificationURL]
        #expect(url?.equals(Array("https://shop.example/square".utf8)) == true)
    }

    @Test func aTopicOfAnyoneIsWarnedOf() {
        let problems = machine("    providers: [aws_sns]\n    secrets: { env: SECRET }").problems
        #expect(problems.contains { $0.contains("without the credential topic_arn any sender") }, "\(problems)")
    }
}
