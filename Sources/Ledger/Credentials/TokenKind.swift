public import Settings

/// Whose tokens are kept; the raw value is `credentials.kind`.
public enum TokenKind: String, Sendable, CaseIterable {
    /// TikTok Shop: one authorization of a seller for all of his shops.
    case tiktokShop = "tiktok_shop"
    /// Shopify: one authorization for each shop.
    case shopify
    /// TikTok for Developers: one for each user.
    case tiktokDevelopers = "tiktok_developers"
    /// TikTok's API for Business: one for each TikTok account.
    case tiktokBusiness = "tiktok_business"

    /// Whether its accounts are people's: their names are a person's ids.
    var accountsArePeople: Bool { self != .shopify }

    /// Its name on the command line, such as `tiktok-shop`.
    public var word: String { String(rawValue.map { $0 == "_" ? "-" : $0 }) }

    /// The kind of that name on the command line.
    public init?(word: String) { self.init(rawValue: String(word.map { $0 == "-" ? "_" : $0 })) }

    /// The kind of a source's first provider that has tokens; nil if none has.
    public init?(of source: SourceSettings) {
        let kinds = source.providers.compactMap { name in Self.allCases.first { name.hasPrefix($0.rawValue) } }
        guard let kind = kinds.first else { return nil }
        self = kind
    }
}
