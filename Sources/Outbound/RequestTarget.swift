/// Scheme, host and port of a URL (RFC 3986 section 3).
///
/// Only what every reader of URLs takes for the same is read here; libcurl reads more. What it would connect to elsewhere, or what
/// is not read here, is never sent.
public struct RequestTarget: Sendable, Hashable, CustomStringConvertible {
    /// Lower case.
    public let scheme: String
    /// Lower case; an IPv6 address without brackets.
    public let host: String
    /// As written, or that of the scheme.
    public let port: Int

    /// A target of those parts.
    package init(scheme: String, host: String, port: Int) {
        self.scheme = scheme.lowercased()
        self.host = Self.bare(host)
        self.port = port
    }

    /// - Returns: nil for a scheme other than HTTP's and SMTP's, and for a host or port that somebody could read differently.
    public init?(url: String) {
        guard let (scheme, parts) = Self.split(url), let standard = Self.ports[scheme.lowercased()] else { return nil }
        let authority = parts.split(separator: "@", omittingEmptySubsequences: false)
        guard let place = authority.last, authority.count <= 2, authority.allSatisfy(Self.isPlain),
            let (host, port) = Self.hostAndPort(place)
        else { return nil }
        self.init(scheme: String(scheme), host: String(host), port: port ?? standard)
    }

    /// Host and port; an IPv6 address in brackets.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether a URL holds a user, and perhaps a password.
    public static func hasLogin(in url: String) -> Bool { split(url)?.authority.contains("@") ?? false }

    private static func split(_ url: String) -> (scheme: Substring, authority: Substring)? {
        guard let end = url.firstRange(of: "://") else { return nil }
        return (url[..<end.lowerBound], url[end.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }

    private static let ports = ["http": 80, "https": 443, "smtp": 25, "smtps": 465]

    /// Browsers take a backslash for a slash, and some readers drop white space.
    private static func isPlain(_ part: Substring) -> Bool {
        part.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\\" && $0.value != 0x7F }
    }

    /// - Returns: nil when it is not `host`, `host:` or `host:port`.
    private static func hostAndPort(_ place: Substring) -> (Substring, Int?)? {
        if place.first == "[" {
            guard let end = place.firstIndex(of: "]"), place[..<end].dropFirst().allSatisfy(isOfIPv6) else {
                return nil
            }
            return port(place[place.index(after: end)...]).map { (place[...end], $0) }
        }
        let host = place.prefix { $0 != ":" }
        guard isName(host) else { return nil }
        return port(place[host.endIndex...]).map { (host, $0) }
    }

    /// - Returns: nil for what is no port; nil inside for none.
    private static func port(_ text: Substring) -> Int?? {
        if text.isEmpty || text == ":" { return .some(nil) }
        guard text.first == ":", text.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(text.dropFirst())
        else { return nil }
        return Int(port)
    }

    private static func isOfIPv6(_ letter: Character) -> Bool { letter.isHexDigit || letter == ":" || letter == "." }

    /// Letters, digits, hyphens and dots, and all beyond ASCII. A host that ends in a number is an IPv4 address of four decimal
    /// numbers: `127.1`, `0x7f000001` and `017700000001` are not read.
    private static func isName(_ host: Substring) -> Bool {
        let isReadable = host.unicodeScalars.allSatisfy {
            $0.value >= 0x80 || $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "."
                || $0 == "_"
        }
        guard isReadable, !host.isEmpty else { return false }
        var labels = host.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count > 1, labels.last == "" { labels.removeLast() }
        guard let last = labels.last, let first = last.utf8.first, !labels.contains("") else { return false }
        guard (0x30...0x39).contains(first) else { return true }
        if !last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return !last.lowercased().hasPrefix("0x") }
        return labels.count == 4 && labels.allSatisfy { label in UInt8(label).map { String($0) == label } ?? false }
    }

    /// Lower case, without brackets and without the dot that ends a fully qualified name.
    private static func bare(_ host: String) -> String {
        var bare = host.lowercased()[...]
        if bare.first == "[", bare.last == "]" { bare = bare.dropFirst().dropLast() }
        if bare.last == "." { bare = bare.dropLast() }
        return String(bare)
    }
}
