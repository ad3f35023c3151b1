import Outbound

extension RequestTarget {
    /// The target of a URL in the configuration that requests go to.
    /// - Returns: nil for a URL that is not HTTP's, has other characters than visible ASCII, or could be read in more than one way.
    init?(configured url: String) {
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let target = RequestTarget(url: url),
            target.scheme.hasPrefix("http")
        else { return nil }
        self = target
    }
}
