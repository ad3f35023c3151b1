import Foundation
import Providers
import Testing
import Verification

/// What belongs to a provider beside its own file.
@Suite("The registry of providers")
struct RegistryTests {
    @Test("Each preset belongs to a provider, and each provider has a preset")
    func presets() {
        let providers = Set(ProviderRegistry.all.map(\.name))
        let presets = Set(Scheme.presets.map(\.name))
        #expect(presets.subtracting(providers).sorted() == [], "these presets have no provider in ProviderRegistry")
        #expect(providers.subtracting(presets).sorted() == [], "the schemes of these providers are not in SchemeTable")
    }

    @Test("The README lists each provider")
    func readme() throws {
        let file = CorpusSample.folder.deletingLastPathComponent().appending(path: "README.md")
        let text = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        let table = try #require(text.split(separator: "## What it accepts").last?.split(separator: "\n## ").first)
        // Variants are listed as one: rfc9421_<…>.
        for name in ProviderRegistry.all.map(\.name) where !table.contains("`\(name)`") {
            let isVariant = ["rfc9421_", "generic_hmac_"].contains { name.hasPrefix($0) && table.contains("`\($0)<") }
            #expect(isVariant, "README.md, What it accepts, does not list \(name)")
        }
    }
}
