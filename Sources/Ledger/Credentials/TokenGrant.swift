public import Crypto
public import Webhooks

/// The tokens that an authorization server issues.
public struct TokenGrant: Sendable {
    /// The access token.
    public var accessToken: SecretBytes
    /// When it expires; nil for never.
    public var expiresAt: Timestamp?
    /// What gets the next one; nil if the server gives none, or keeps the earlier one valid.
    public var refreshToken: SecretBytes?
    /// When that expires; nil if unknown.
    public var refreshExpiresAt: Timestamp?
    /// The account that gave the permission, by the provider's name for it; nil if the answer does not name it.
    public var account: String?

    /// A grant of those parts.
    public init(
        accessToken: SecretBytes, expiresAt: Timestamp? = nil, refreshToken: SecretBytes? = nil,
        refreshExpiresAt: Timestamp? = nil, account: String? = nil
    ) {
        self.accessToken = accessToken
        self.expiresAt = expiresAt
        self.refreshToken = refreshToken
        self.refreshExpiresAt = refreshExpiresAt
        self.account = account
    }

    /// When it is to be refreshed: a sixth of its life before its end, five minutes at least and a day at most, but never
    /// in the first half; nil if it never expires.
    /// - Parameter now: when it was issued.
    public func refreshDue(now: Timestamp) -> Timestamp? {
        guard let expiresAt else { return nil }
        let life = max(0, expiresAt.seconds - now.seconds)
        return expiresAt.advanced(bySeconds: -min(min(max(life / 6, 300), 86_400), life / 2))
    }
}

/// A shop that an authorization is for.
public struct TokenShop: Sendable {
    /// The shop, as events name it.
    public var shop: String
    /// Its name.
    public var name: String?
    /// Its country, two letters.
    public var region: String?
    /// Its currency.
    public var currency: String?
    /// TikTok Shop's `shop_cipher`.
    public var cipher: SecretBytes?

    /// A shop of those parts.
    public init(
        shop: String, name: String? = nil, region: String? = nil, currency: String? = nil, cipher: SecretBytes? = nil
    ) {
        self.shop = shop
        self.name = name
        self.region = region
        self.currency = currency
        self.cipher = cipher
    }
}
