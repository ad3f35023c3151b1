import Webhooks

/// The client's media types.
enum ContentNegotiation {
    /// Whether `Accept` lets that media type through (RFC 9110, section 12.5.1).
    static func accepts(_ type: String, _ request: Delivery) -> Bool {
        guard let accept = request.headers["accept"], accept.contains(where: { $0 != " " }) else { return true }
        let group = type.prefix { $0 != "/" } + "/*"
        return accept.split(separator: ",").contains { range in
            let parts = range.split(separator: ";").map { $0.trimmed.lowercased() }
            let isRefused = parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
            return !isRefused && ["*/*", String(group), type].contains(parts.first ?? "")
        }
    }

    /// Whether the content type of the body is JSON.
    static func sendsJSON(_ request: Delivery) -> Bool {
        let type = (request.headers["content-type"] ?? "").prefix { $0 != ";" }
        return type.trimmed.lowercased() == "application/json"
    }
}
