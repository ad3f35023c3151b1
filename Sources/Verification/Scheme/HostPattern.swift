/// Which hosts a URL may name: `sns.*.amazonaws.com`, `**.paypal.com`.
///
/// Compared label by label, never as a substring: a `*` is exactly one label, `**` at the beginning one or more.
public struct HostPattern: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The pattern as written.
    public let description: String

    /// A pattern of those labels, in lower case.
    public init(stringLiteral pattern: String) { description = pattern }

    /// Whether the URL is `https://`, a host that fits, and a path; without user, port or anything odd in the host, and
    /// nowhere with a character that no URL has (RFC 3986): clients disagree on whether a backslash ends the host.
    public func accepts(url: String) -> Bool {
        guard url.hasPrefix("https://"), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else {
            return false
        }
        let host = url.utf8.dropFirst(8).prefix { !"/?#".utf8.contains($0) }
        guard host.allSatisfy({ Self.hostBytes.contains($0) }) else { return false }
        return accepts(host: String(decoding: host, as: UTF8.self).lowercased())
    }

    private func accepts(host: String) -> Bool {
        var labels = host.split(separator: ".", omittingEmptySubsequences: false)[...]
        var wanted = description.split(separator: ".")[...]
        guard !labels.contains("") else { return false }
        if wanted.first == "**" {
            wanted.removeFirst()
            guard labels.count > wanted.count else { return false }
            labels = labels.suffix(wanted.count)
        }
        return labels.count == wanted.count && zip(labels, wanted).allSatisfy { $1 == "*" || $0 == $1 }
    }

    private static let hostBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.".utf8)
}
