extension Records {
    /// The parameters that nginx sends for a request; `CONTENT_LENGTH` is included with a body.
    public static func usualParameters(
        _ method: String, _ uri: String, contentLength: Int, more: [(String, String)] = []
    ) -> [(String, String)] {
        let query = uri.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        return [
            ("REQUEST_METHOD", method), ("REQUEST_URI", uri), ("QUERY_STRING", query),
            ("CONTENT_LENGTH", contentLength > 0 ? String(contentLength) : ""), ("CONTENT_TYPE", "application/json"),
            ("REMOTE_ADDR", "203.0.113.9"), ("REQUEST_SCHEME", "https"), ("HTTP_HOST", "shop.example"),
            ("REQUEST_ID", "0123456789abcdef"),
        ] + more
    }

    /// A complete, well-formed request.
    ///
    /// - Parameter flags: `keepConnection` or 0.
    public static func request(
        _ method: String = "POST", _ uri: String, body: [UInt8] = [], more: [(String, String)] = [],
        id: UInt16 = 1, flags: UInt8 = 0
    ) -> [UInt8] {
        let pairs = usualParameters(method, uri, contentLength: body.count, more: more)
        return begin(id: id, flags: flags) + parameters(pairs, id: id) + standardInput(body, id: id)
    }
}
