import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("Refusals and the registry")
struct RefusalTests {
    @Test("Every refusal has its status, and tells nothing", arguments: Refusal.Kind.allCases)
    func answers(kind: Refusal.Kind) {
        let answer = TikTokShopGuideProvider().answer(Refusal(kind, "timestamp is 312 s old, tolerance is 300 s"))
        let expected =
            switch kind {
            case .repeatedHeader, .truncatedBody, .invalidPayload: 400
            case .methodNotAllowed: 405
            case .bodyTooLarge: 413
            case .tooManyRefusals: 429
            case .noUsableSecret, .notRecorded: 503
            default: 401
            }
        #expect(answer.status == expected)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("312"))
        if expected == 401 { #expect(answer == .json(401, ["error": "unauthorized"])) }
        #expect((answer.status == 429 || answer.status == 503) == answer.headers.contains { $0.name == "retry-after" })
    }

    @Test("Every provider is found by its name, which is its scheme's")
    func registry() {
        for provider in ProviderRegistry.all {
            #expect(ProviderRegistry.named(provider.name)?.name == provider.name)
            #expect(Scheme.named(provider.name) == provider.scheme)
            #expect(provider.handshake(delivery(body: []), keyring: ring) == nil)
        }
        #expect(Set(ProviderRegistry.all.map(\.name)) == Set(Scheme.presets.map(\.name)))
        #expect(ProviderRegistry.named("nobody") == nil)
    }
}
