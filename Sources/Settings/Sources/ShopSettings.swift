public import Providers

/// The shops of a source, if ids are unique per shop only.
public struct ShopSettings: Sendable, Hashable {
    /// The shops whose jobs run.
    public enum Rule: Sendable, Hashable {
        /// Those of every shop.
        case any
        /// Those of the first shop that signed an order, and of shops that an operator accepted.
        case one
        /// Those of these shops.
        case list(Set<String>)
    }

    /// The result for one delivery; the raw value is `p_shop_rule` of `record_2()`.
    public enum Verdict: Int32, Sendable {
        /// Its jobs run.
        case any = 0
        /// The database knows which shop is the source's.
        case one = 1
        /// Its shop is not listed: its jobs are held until an operator accepts it.
        case unlisted = 2
    }

    /// The shops whose jobs run.
    public var rule: Rule
    /// The current name for each former name of a shop.
    public var aliases: [String: String]

    /// A rule, and names of shops.
    public init(rule: Rule, aliases: [String: String] = [:]) {
        self.rule = rule
        self.aliases = aliases
    }

    /// The shop of a name.
    public func resolve(_ key: String) -> String { aliases[key] ?? key }

    /// The rule's result for a shop, with aliases resolved.
    public func verdict(on key: String) -> Verdict {
        switch rule {
        case .any: .any
        case .one: .one
        case .list(let shops): shops.contains(key) || key.isEmpty ? .any : .unlisted
        }
    }

    /// A shop's key as a person may write it: host and path in lower case, without scheme, `www.` and port.
    public static func key(_ text: String) -> String {
        var rest = text.lowercased()[...]
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        let host = rest.prefix { $0 != "/" }
        let name = host.prefix { $0 != ":" }
        var path = rest.dropFirst(host.count)
        while path.last == "/" { path = path.dropLast() }
        return String(name) + String(path)
    }
}

extension SourceSettings {
    /// The source's setting, else the provider's default: a WooCommerce source has one shop, an app many.
    public func shops(of provider: any Provider) -> ShopSettings {
        shops ?? ShopSettings(rule: provider.name == "woocommerce" ? .one : .any)
    }
}

/// Reads a source's `shops:`: `one`, `any`, a list, or a section with `allow:` and `aliases:`.
extension SourceReader {
    func shops(_ section: Section) -> ShopSettings? {
        guard let node = section["shops"] else { return nil }
        guard node.mapping != nil else {
            return shopRule(section, "shops").map { ShopSettings(rule: $0) }
        }
        guard let written = section.section("shops", keys: SourceKeys.shops.names) else { return nil }
        var shops = ShopSettings(rule: shopRule(written, "allow") ?? .any)
        for entry in written.section("aliases", keys: nil)?.all ?? [] {
            guard let name = entry.value.scalar?.text, !name.isEmpty else {
                problems.error(
                    entry.line, "\(written.path).aliases.\(entry.key) must name the shop that it is an alias of")
                continue
            }
            shops.aliases[ShopSettings.key(entry.key)] = ShopSettings.key(name)
        }
        return shops
    }

    private func shopRule(_ section: Section, _ key: String) -> ShopSettings.Rule? {
        guard let texts = section.texts(key) else { return nil }
        if section[key]?.sequence == nil {
            switch texts.first?.text {
            case "any": return .any
            case "one": return .one
            default: break
            }
        }
        return .list(Set(texts.map { ShopSettings.key($0.text) }))
    }
}
