import Webhooks

/// Which pages of other origins may call the API (Fetch standard, section 3.2, "CORS protocol").
struct CrossOrigin: Sendable {
    /// In lower case, without a slash at the end.
    let allowed: [String]

    /// The header fields added to every answer.
    /// - Parameter origin: the request's header field Origin.
    func headers(origin: String?) -> [HeaderFields.Field] {
        if allowed.isEmpty { return [] }
        var headers = [HeaderFields.Field(name: "vary", value: "Origin")]
        guard let origin, isAllowed(origin) else { return headers }
        headers.append(HeaderFields.Field(name: "access-control-allow-origin", value: origin))
        headers.append(
            HeaderFields.Field(
                name: "access-control-expose-headers", value: "ETag, Retry-After, X-Request-Id, WWW-Authenticate"))
        return headers
    }

    /// The answer to a preflight, and to OPTIONS in general.
    func preflight(_ request: Delivery, methods: [String]) -> Answer {
        var headers = [HeaderFields.Field(name: "allow", value: methods.joined(separator: ", "))]
        if isAllowed(request.headers["origin"]), request.headers["access-control-request-method"] != nil {
            headers.append(
                HeaderFields.Field(name: "access-control-allow-methods", value: methods.joined(separator: ", ")))
            headers.append(
                HeaderFields.Field(
                    name: "access-control-allow-headers", value: "Authorization, Content-Type, If-None-Match"))
            headers.append(HeaderFields.Field(name: "access-control-max-age", value: "600"))
        }
        return Answer(status: 204, headers: headers)
    }

    private func isAllowed(_ origin: String?) -> Bool { origin.map { allowed.contains($0.lowercased()) } ?? false }
}
