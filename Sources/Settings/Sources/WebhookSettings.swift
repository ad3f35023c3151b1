/// The webhooks that a source expects to be registered at its provider.
public struct WebhookSettings: Sendable, Hashable {
    /// The providers whose APIs say what is registered.
    public static let providers = [
        "tiktok_shop", "shopify", "woocommerce", "bigcommerce", "square", "github", "stripe",
    ]

    /// The actions of kind `fetch_order` or `listing` whose APIs are asked, one for each shop.
    public let through: [String]
    /// The topics, in the provider's words.
    public let expect: [String]
    /// The public address of the source, to which the webhooks lead.
    public let address: String
    /// The topics that a person has switched off: they are not registered again, and nobody is alerted.
    public let paused: [String]
    /// The time between two looks.
    public let every: Duration
    /// Whether what is missing or disabled is registered or enabled again.
    public let repairs: Bool
    /// The API version of the deliveries; nil for any.
    public let apiVersion: String?

    /// Reads `webhooks:` of a source.
    /// - Parameters:
    ///   - reconciled: the actions of `reconcile:`, which are the default.
    ///   - paths: of the source.
    static func read(_ source: Section, reconciled: [String], paths: [String]) -> WebhookSettings? {
        guard let section = source.section("webhooks", keys: SourceKeys.webhooks.names) else { return nil }
        let through = section.texts("through").map { $0.map(\.text) } ?? reconciled
        if through.isEmpty {
            section.problems.error(
                section.line,
                "\(section.path) must name an action of kind fetch_order or listing, such as through: [fetch]")
        }
        let expect = (section.texts("expect") ?? []).map(\.text)
        if expect.isEmpty {
            section.problems.error(section.line, "\(section.path) must name topics, such as expect: [orders/create]")
        }
        let paused = section.texts("paused") ?? []
        for topic in paused where !expect.contains(topic.text) {
            section.problems.error(
                topic.line,
                "\(section.path(of: "paused")) names \(section.quoted(topic.text)), which is not in expect"
                    + Suggestion.phrase(for: topic.text, among: expect))
        }
        let address = section.text("address")
        if let address {
            if let mistake = mistake(in: address, paths) { section.error("address", mistake) }
        } else if !section.has("address") {
            section.problems.error(
                section.line,
                "\(section.path) must have an address, such as https://hooks.example.com\(paths.first ?? "/")")
        }
        return WebhookSettings(
            through: through, expect: expect, address: address ?? "", paused: paused.map(\.text),
            every: SourceKeys.watchEvery.value(in: section), repairs: SourceKeys.repairs.value(in: section),
            apiVersion: section.text("api_version"))
    }

    /// An address that is not the source's own would send its deliveries elsewhere.
    private static func mistake(in address: String, _ paths: [String]) -> String? {
        guard address.hasPrefix("https://"), !address.contains(where: { $0.isWhitespace || $0 == "@" || $0 == "#" })
        else {
            return "must be an https URL without user, password and fragment"
        }
        let rest = address.dropFirst("https://".count)
        let path = rest.firstIndex(of: "/").map { rest[$0...].prefix { $0 != "?" } } ?? "/"
        if rest.hasPrefix("/") { return "must name a host" }
        guard paths.contains(String(path)) else {
            return "must lead to a path of the source: \(paths.joined(separator: ", "))"
        }
        return nil
    }
}
