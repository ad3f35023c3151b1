import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("Refusals and the choice of the provider")
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
            case .noUsableSecret: 503
            default: 401
            }
        #expect(answer.status == expected)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("312"))
        if expected == 401 { #expect(answer == .json(401, ["error": "unauthorized"])) }
        #expect((answer.status == 429 || answer.status == 503) == answer.headers.contains { $0.name == "retry-after" })
    }

    @Test("TikTok Shop's two contracts are told apart by their headers")
    func choice() {
        let both = ProviderRegistry.all.filter { $0.name.hasPrefix("tiktok_shop") }
        func chosen(_ names: String...) -> String? {
            ProviderRegistry.choose(
                for: delivery(names.map { HeaderFields.Field(name: $0, value: "x") }, body: []), among: both)?.name
        }
        #expect(both.count == 2)
        #expect(chosen("Authorization") == "tiktok_shop")
        #expect(chosen("X-TikTok-Shop-Signature") == "tiktok_shop_guide")
        #expect(chosen("x-tiktok-shop-timestamp") == "tiktok_shop_guide")
        #expect(chosen("Authorization", "x-tiktok-shop-signature") == "tiktok_shop_guide")
        #expect(chosen() == nil)
        #expect(ProviderRegistry.choose(for: delivery(body: []), among: [TikTokShopProvider()])?.name == "tiktok_shop")
    }

    @Test("Every provider is found by its name, which is its scheme's")
    func registry() {
        for provider in ProviderRegistry.all {
            #expect(ProviderRegistry.named(provider.name)?.name == provider.name)
            #expect(Scheme.named(provider.name) == provider.scheme)
            #expect(provider.handshake(delivery(body: []), keyring: ring) == nil)
        }
        #expect(ProviderRegistry.named("nobody") == nil)
    }
}
