/// The REST API.
public struct APISettings: Sendable, Hashable {
    /// Who may read without a token.
    public enum AnonymousRead: String, Sendable, CaseIterable {
        /// Nobody.
        case none
        /// Requests from this machine: for the guides' bare curl commands, in development.
        case loopback
    }

    /// Who may read without a token.
    public let anonymousRead: AnonymousRead
    /// The origins that browsers may call from (Fetch standard, CORS), such as `https://shop.example.com`.
    public let allowedOrigins: [String]
    /// How many requests one address may make in a window.
    public let rateLimit: Int
    /// The length of that window.
    public let rateWindow: Duration
    /// Whether the limit was configured; otherwise a private stack gets a higher one than a host.
    public let isRateLimitSet: Bool

    /// Reads `api:`; what it leaves open is taken from `FRONTEND_URL` and `RATE_LIMIT_*`.
    static func read(
        _ root: Section, _ variables: Variables, environment: DeploymentEnvironment
    ) -> APISettings {
        let problems = root.problems
        let section = root.section("api", keys: APIKeys.section.names)
        let anonymousRead = APIKeys.anonymousRead.value(in: section)
        if anonymousRead != .none, environment == .production {
            problems.warn(
                section?.line(of: "anonymous_read"),
                "api.anonymous_read: loopback is meant for development; orders can be read without a token")
        }
        let window = variables.integer("RATE_LIMIT_WINDOW_MS", 1000...86_400_000, problems: problems)
        let limit =
            section.flatMap(APIKeys.rateLimit.written)
            ?? variables.integer("RATE_LIMIT_MAX_REQUESTS", 1...1_000_000, problems: problems)
        return APISettings(
            anonymousRead: anonymousRead,
            allowedOrigins: section.flatMap(origins)
                ?? variables.checked(
                    "FRONTEND_URL", { Origin.read($0).map { [$0] } }, "must be an origin such as https://example.com",
                    problems) ?? [],
            rateLimit: limit ?? APIKeys.rateLimit.standard,
            rateWindow: section.flatMap(APIKeys.rateWindow.written)
                ?? window.map { .milliseconds($0) } ?? APIKeys.rateWindow.standard,
            isRateLimitSet: limit != nil)
    }

    private static func origins(_ section: Section) -> [String]? {
        section.texts("allowed_origins")?.compactMap { text, line in
            if let origin = Origin.read(text) { return origin }
            section.problems.error(
                line,
                "\(section.path(of: "allowed_origins")) must hold origins such as https://example.com, "
                    + "not \(section.quoted(text))")
            return nil
        }
    }
}

/// An origin as browsers send it (RFC 6454 section 7): scheme, host and port.
enum Origin {
    /// The origin of a URL without a path, one `/` at the end left out; nil for anything else.
    static func read(_ text: String) -> String? {
        let origin = text.hasSuffix("/") ? String(text.dropLast()) : text
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty, !parts[2].isEmpty,
            parts[2].utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !parts[2].contains("@")
        else { return nil }
        return origin.lowercased()
    }
}
