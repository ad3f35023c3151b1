import Providers

/// The sources made from variables if the configuration has no `sources:` section.
///
/// A provider joins its source when one of its variables is set (``ProviderVariables``). Shopify and WooCommerce also
/// speak on the path of the ROMS guide, which tells their merchants to send there.
enum DefaultSources {
    private struct Entry {
        let name: String
        let providers: [String]
        var paths: [String] = []
    }

    /// Those of the guides, and one for each other provider.
    private static let all: [Entry] = {
        let named = Set(guides.flatMap(\.providers))
        return guides
            + ProviderRegistry.all.map(\.name).filter { !named.contains($0) }.map { Entry(name: $0, providers: [$0]) }
    }()

    private static let guides = [
        Entry(name: "tiktok-shop", providers: ["tiktok_shop", "tiktok_shop_guide"]),
        Entry(name: "tiktok", providers: ["tiktok_comments_guide", "tiktok_developers", "tiktok_business"]),
        Entry(name: "evershop", providers: ["evershop", "evershop_webhooks"]),
        Entry(
            name: "roms", providers: ["roms", "shopify", "woocommerce"], paths: DefaultPaths.of("roms")),
        Entry(name: "shopify", providers: ["shopify", "shopify_events"]),
        Entry(name: "woocommerce", providers: ["woocommerce"]),
    ]

    /// Those with a variable that is set, as the section that an operator would write.
    ///
    /// In production a source with a secret requires the signature, unless it is configured otherwise.
    static func section(_ variables: Variables, _ environment: DeploymentEnvironment) -> YAMLNode? {
        let entries = all.compactMap { entry -> YAMLEntry? in
            let contracts = entry.providers.filter { provider in
                Self.variables(of: provider).contains { variables[$0] != nil }
            }.map { ($0, contract($0, in: entry, environment)) }
            if contracts.isEmpty { return nil }
            var keys = [("providers", mapping(contracts))]
            if !entry.paths.isEmpty { keys.append(("paths", sequence(entry.paths.map(scalar)))) }
            return YAMLEntry(key: entry.name, line: 0, value: mapping(keys))
        }
        return entries.isEmpty ? nil : YAMLNode(line: 0, value: .mapping(entries))
    }

    private static func variables(of provider: String) -> [String] {
        [ProviderVariables.secret(of: provider)] + ProviderVariables.credentials(of: provider).values
    }

    private static func contract(
        _ provider: String, in entry: Entry, _ environment: DeploymentEnvironment
    ) -> YAMLNode {
        func reference(_ name: String) -> YAMLNode { mapping([("env", scalar(name))]) }
        let credentials = ProviderVariables.credentials(of: provider).sorted { $0.key < $1.key }
        var keys = [("secrets", sequence([reference(ProviderVariables.secret(of: provider))]))]
        if !credentials.isEmpty {
            keys.append(("credentials", mapping(credentials.map { ($0.key, reference($0.value)) })))
        }
        // On a developer's machine as in its guide: a signature is recommended, not required.
        if provider == "roms", environment == .development { keys.append(("verification", scalar("optional"))) }
        // If two sources have it with one secret, the one named after it.
        if entry.name != provider, all.contains(where: { $0.name == provider }), entry.providers.first != provider {
            keys.append(("kept_as", scalar(provider)))
        }
        return mapping(keys)
    }

    private static func scalar(_ text: String) -> YAMLNode {
        YAMLNode(line: 0, value: .scalar(YAMLScalar(text: text, isPlain: true)))
    }

    private static func sequence(_ nodes: [YAMLNode]) -> YAMLNode { YAMLNode(line: 0, value: .sequence(nodes)) }

    private static func mapping(_ pairs: [(String, YAMLNode)]) -> YAMLNode {
        YAMLNode(line: 0, value: .mapping(pairs.map { YAMLEntry(key: $0, line: 0, value: $1) }))
    }
}
