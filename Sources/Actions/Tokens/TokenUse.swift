public import Crypto
public import Ledger
import Postgres
public import Settings

/// Whose token an action asks its provider's API with.
public enum TokenUse: Sendable, Hashable {
    /// Its own, of the configuration.
    case own
    /// That of the event's shop, which `hookledger authorize` gets.
    case ofShop
    /// The one that `hookledger credentials store` keeps for it.
    case stored

    /// By what the action names itself: one secret that it names counts as its own.
    public init(_ action: ActionSettings) {
        guard action.missing.isEmpty, let provider = action.text("provider") else {
            self = .own
            return
        }
        if ["tiktok_shop", "shopify"].contains(provider), action.kind.asksWithTokens {
            self = action.secret("access_token") == nil ? .ofShop : .own
        } else if let keys = Self.keys(of: action), keys.allSatisfy({ action.secret($0) == nil }) {
            self = .stored
        } else {
            self = .own
        }
    }

    /// The keys of an action for whose secrets a stored token is taken: parts with a colon between them.
    /// - Returns: nil if none can be stored for it.
    public static func keys(of action: ActionSettings) -> [String]? {
        guard action.kind.asksWithTokens, let provider = action.text("provider") else { return nil }
        return switch provider {
        case "bigcommerce", "etsy", "github", "square", "stripe": ["access_token"]
        case "woocommerce": ["consumer_key", "consumer_secret"]
        case "evershop": ["password"]
        default: nil
        }
    }

    /// The action with a stored token in place of the secrets that it does not name.
    /// - Returns: nil if the token does not have the parts that the provider needs.
    public static func filled(_ action: ActionSettings, with token: SecretBytes) -> ActionSettings? {
        guard let keys = keys(of: action) else { return nil }
        let parts = token.reveal().split(
            separator: UInt8(ascii: ":"), maxSplits: keys.count - 1, omittingEmptySubsequences: false)
        guard parts.count == keys.count, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        return action.with(Dictionary(uniqueKeysWithValues: zip(keys, parts.map { SecretBytes(Array($0)) })))
    }

    /// The stored token with which an action asks about a shop of a source.
    /// - Parameters:
    ///   - shop: the shop that the event names; empty or nil for the only one.
    ///   - isNoted: whether a token that this host's key does not open is marked.
    static func token(
        of action: ActionSettings, source: String, shop: String?, keys: KeySettings, isNoted: Bool = true,
        on connection: Connection
    ) throws(PostgresError) -> StoredToken.Lookup {
        switch TokenUse(action) {
        case .own, .ofShop:
            try StoredToken.find(source: source, shop: shop, keys: keys, isNoted: isNoted, on: connection)
        case .stored:
            try StoredToken.find(source: source, action: action.name, keys: keys, isNoted: isNoted, on: connection)
        }
    }

    /// The action with that token, where it stands in for secrets of the action.
    static func using(_ token: StoredToken, in action: ActionSettings) -> ActionSettings {
        TokenUse(action) == .stored ? filled(action, with: token.accessToken) ?? action : action
    }

    /// Every token that a configuration expects to be stored: those of the apps, and those of actions without a secret.
    public static func expected(_ settings: Settings) -> [TokenStore.Expected] {
        var expected: [TokenStore.Expected] = []
        for source in settings.sources {
            if source.app != nil, let kind = TokenKind(of: source) {
                expected.append(.init(source: source.name, kind: kind.rawValue, action: nil))
            }
            for action in settings.actions where TokenUse(action) == .stored && action.isUsed(by: source, in: settings)
            {
                expected.append(
                    .init(source: source.name, kind: action.text("provider") ?? "", action: action.name))
            }
        }
        return expected
    }
}

extension ActionSettings {
    /// Whether a source asks its provider through the action: in `reconcile:`, in `webhooks:`, or by a rule.
    func isUsed(by source: SourceSettings, in settings: Settings) -> Bool {
        guard let provider = text("provider"), source.providers.contains(where: { $0.hasPrefix(provider) }) else {
            return false
        }
        let through = (source.reconcile?.through ?? []) + (source.webhooks?.through ?? [])
        return through.contains(name)
            || settings.rules.contains { $0.actions.contains(name) && $0.canTake(eventsOf: source) }
    }
}
