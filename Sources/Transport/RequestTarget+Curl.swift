import CCurl
import Outbound

extension RequestTarget {
    /// The target of a URL, as libcurl itself reads it, so that guard and connection cannot disagree.
    /// - Returns: nil when libcurl cannot parse the URL, or it has no scheme, host or port.
    init?(connecting url: String) {
        guard let parsed = curl_url() else { return nil }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: parsed),
            let host = Self.part(CURLUPART_HOST, of: parsed),
            let port = Self.part(CURLUPART_PORT, of: parsed).flatMap({ Int($0) })
        else { return nil }
        self.init(scheme: scheme, host: host, port: port)
    }

    /// Whether both are one place: what logs, limits and pauses name is what is connected to. libcurl shortens IPv6 addresses.
    func isSame(as other: RequestTarget) -> Bool {
        scheme == other.scheme && port == other.port
            && (host == other.host
                || host.contains(":") && IPAddress(host).map { $0 == IPAddress(other.host) } ?? false)
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
