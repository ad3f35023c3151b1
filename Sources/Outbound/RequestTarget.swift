import CCurl

/// Scheme, host and port of a URL, as libcurl itself reads it (so that guard and connection cannot disagree).
struct RequestTarget: Hashable, CustomStringConvertible {
    let scheme: String
    /// Lower case; an IPv6 address without brackets.
    let host: String
    let port: Int

    /// - Returns: nil when libcurl cannot parse the URL, or it has no scheme, host or port.
    init?(url: String) {
        guard let parsed = curl_url() else { return nil }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: parsed),
            let host = Self.part(CURLUPART_HOST, of: parsed),
            let port = Self.part(CURLUPART_PORT, of: parsed).flatMap({ Int($0) })
        else { return nil }
        self.scheme = scheme.lowercased()
        self.host = Self.bare(host)
        self.port = port
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Lower case, without brackets and without the dot that ends a fully qualified name.
    static func bare(_ host: String) -> String {
        var bare = host.lowercased()[...]
        if bare.first == "[", bare.last == "]" { bare = bare.dropFirst().dropLast() }
        if bare.last == "." { bare = bare.dropLast() }
        return String(bare)
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
