import Providers
import Settings
import Testing

/// `shops:` of a source, in each of its forms.
@Suite struct ShopSourceTests {
    private static func source(_ shops: String, provider: String = "woocommerce") -> Machine {
        Machine(
            "database: dbname=x\nsources: { a: { providers: \(provider), secrets: { env: S }\(shops) } }",
            environment: ["S": "s"])
    }

    private static func shops(_ text: String, provider: String = "woocommerce") throws -> ShopSettings {
        let settings = try source(text, provider: provider).load()
        return try #require(settings.source(named: "a")).shops(of: #require(ProviderRegistry.named(provider)))
    }

    @Test(
        "whose jobs run",
        arguments: [
            (", shops: one", .one), (", shops: any", .any), (", shops: www.A.example", .list(["a.example"])),
            (", shops: [https://a.example/, b.example:8443/Store/]", .list(["a.example", "b.example/store"])),
            (", shops: { allow: one }", .one), (", shops: { allow: [b.example] }", .list(["b.example"])),
            (", shops: { aliases: { a.example: b.example } }", .any),
        ] as [(String, ShopSettings.Rule)])
    func rules(_ text: String, _ rule: ShopSettings.Rule) throws {
        #expect(try Self.shops(text).rule == rule)
    }

    @Test(
        "what is not said fits the provider",
        arguments: [
            ("woocommerce", .one), ("bigcommerce", .any), ("tiktok_shop", .any), ("shopify", .any),
        ] as [(String, ShopSettings.Rule)])
    func unsaid(_ provider: String, _ rule: ShopSettings.Rule) throws {
        #expect(try Self.shops("", provider: provider).rule == rule)
    }

    @Test("a former name is the present one") func aliases() throws {
        let shops = try Self.shops(
            ", shops: { allow: [new.example], aliases: { \"https://www.Old.example/\": New.example } }")
        #expect(shops.resolve("old.example") == "new.example")
        #expect(shops.verdict(on: shops.resolve("old.example")) == .any)
        #expect(shops.verdict(on: shops.resolve("else.example")) == .unlisted)
        // A body that names no shop is held for none.
        #expect(shops.verdict(on: "") == .any)
    }

    @Test(
        "mistakes",
        arguments: [
            (", shops: { allow: one, aliases: { a.example: \"\" } }", "aliases.a.example"),
            (", shops: { permit: one }", "unknown key in sources.a.shops"),
        ])
    func mistakes(_ text: String, _ named: String) {
        #expect(Self.source(text).problems.contains { $0.contains(named) }, "\(Self.source(text).problems)")
    }
}
