/// The spellings of one URL that differ in its port only.
enum URLPorts {
    /// The URL as it is, plus a version with the scheme's default port if it has no port, or without its port if it has
    /// one: Twilio signs either.
    static func spellings(_ url: String) -> [String] {
        guard let mark = url.firstRange(of: "://") else { return [url] }
        let rest = url[mark.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let (before, after) = (url[..<mark.upperBound], rest[authority.endIndex...])
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        // A colon within brackets is an IPv6 address's own.
        if let colon = host.lastIndex(of: ":"), host[colon...].dropFirst().allSatisfy(\.isNumber) {
            return [url, "\(before)\(authority[..<colon])\(after)"]
        }
        let port = url.hasPrefix("https:") ? "443" : "80"
        return [url, "\(before)\(authority):\(port)\(after)"]
    }
}
