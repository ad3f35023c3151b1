/// Where a listener forwards to.
enum ListenTarget {
    /// - Parameter text: a URL, or a bare port of this host, such as 3000.
    /// - Returns: the URL without a slash at its end; nil for anything else.
    static func url(_ text: String) -> String? {
        if let port = UInt16(text), port > 0 { return "http://127.0.0.1:\(port)" }
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
