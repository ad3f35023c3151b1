import Webhooks

/// Which pages of other origins may call the API (Fetch standard, section 3.2, "CORS protocol").
struct CrossOrigin: Sendable {
    /// In lower case, without a slash at the end.
    let allowed: [String]

    /// What is added to every answer.
    func headers(_ request: Delivery) -> [HeaderFields.Field] {
        if allowed.isEmpty { return [] }
        var headers = [HeaderFields.Field(name: "vary", value: "Origin")]
        guard let origin = origin(of: request) else { return headers }
        headers.append(HeaderFields.Field(name: "access-control-allow-origin", value: origin))
        headers.append(
            HeaderFields.Field(
                name: "access-control-expose-headers", value: "ETag, Retry-After, X-Request-Id, WWW-Authenticate"))
        return headers
    }

    /// The answer to a preflight, and to OPTIONS in general.
    func preflight(_ request: Delivery, methods: [String]) -> Answer {
        var headers = [HeaderFields.Field(name: "allow", value: methods.joined(separator: ", "))]
        if origin(of: request) != nil, request.headers["access-control-request-method"] != nil {
            headers.append(
                HeaderFields.Field(name: "access-control-allow-methods", value: methods.joined(separator: ", ")))
            headers.append(
                HeaderFields.Field(
                    name: "access-control-allow-headers", value: "Authorization, Content-Type, If-None-Match"))
            headers.append(HeaderFields.Field(name: "access-control-max-age", value: "600"))
        }
        return Answer(status: 204, headers: headers)
    }

    private func origin(of request: Delivery) -> String? {
        guard let origin = request.headers["origin"], allowed.contains(origin.lowercased()) else { return nil }
        return origin
    }
}
