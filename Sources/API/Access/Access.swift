import Ledger
import Postgres
import Settings
import Webhooks

/// The caller, and its scopes.
struct Access: Sendable {
    /// The token's name; nil without one.
    let name: String?
    let scopes: Set<APITokens.Scope>
    let expiresAt: Timestamp?
    /// The sources that the token is limited to; nil for all.
    var sources: [String]?

    /// An anonymous caller, for routes that are open to all.
    static let open = Access(name: nil, scopes: [], expiresAt: nil)

    /// - Parameter scope: the scope that the route requires.
    /// - Throws: 401 or 403 (RFC 6750, section 3).
    static func check(
        _ request: Delivery, for scope: APITokens.Scope, _ settings: APISettings, _ connection: Connection
    ) throws(Problem) -> Access {
        let access: Access
        if let header = request.headers["authorization"] {
            access = try byToken(header, request, connection)
        } else if isLocalReading(request, settings) {
            access = Access(name: nil, scopes: [.read], expiresAt: nil)
        } else {
            throw unauthorized("A bearer token is required; hookledger token create makes one", challenge: "")
        }
        guard access.scopes.contains(scope) else {
            var problem = Problem(
                access.name == nil ? 401 : 403, access.name == nil ? "unauthorized" : "insufficient_scope",
                "A token with the scope \(scope.rawValue) is required")
            problem.headers = [
                .challenge(", error=\"insufficient_scope\", scope=\"\(scope.rawValue)\"")
            ]
            throw problem
        }
        return access
    }

    private static func byToken(
        _ header: String, _ request: Delivery, _ connection: Connection
    ) throws(Problem) -> Access {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard !request.headers.isRepeated("authorization"), parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw unauthorized("Authorization must be Bearer and a token", challenge: "")
        }
        let found: APITokens.Found?
        do throws(PostgresError) {
            found = try APITokens.find(String(parts[1].trimmed), on: connection)
        } catch {
            throw Problem(error)
        }
        guard let found else {
            throw unauthorized("The token is unknown, revoked or expired", challenge: ", error=\"invalid_token\"")
        }
        return Access(name: found.name, scopes: found.scopes, expiresAt: found.expiresAt, sources: found.sources)
    }

    /// Whether it comes from this machine and means this machine. A tunnel or a proxy in front comes from this machine,
    /// too, and so does a page whose name was rebound to 127.0.0.1: they name another host, or say for whom they ask.
    private static func isLocalReading(_ request: Delivery, _ settings: APISettings) -> Bool {
        guard settings.anonymousRead == .loopback else { return false }
        let peer = request.remoteAddress
        let isLoopback = peer == "::1" || peer.hasPrefix("127.") && peer.utf8.count <= 15
        let host = request.host.hasPrefix("[") ? "[::1]" : String(request.host.prefix { $0 != ":" })
        let forwards = ["x-forwarded-for", "forwarded", "x-real-ip", "via"]
        return isLoopback && ["localhost", "127.0.0.1", "[::1]"].contains(host)
            && forwards.allSatisfy { request.headers[$0] == nil }
    }

    private static func unauthorized(_ detail: String, challenge: String) -> Problem {
        var problem = Problem(401, "unauthorized", detail)
        problem.headers = [.challenge(challenge)]
        return problem
    }
}

extension HeaderFields.Field {
    fileprivate static func challenge(_ more: String) -> HeaderFields.Field {
        HeaderFields.Field(name: "www-authenticate", value: "Bearer realm=\"hookledger\"" + more)
    }
}
