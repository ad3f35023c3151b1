import Ledger
import Webhooks

/// One route: name, parameters, access and handler.
struct Route: Sendable {
    typealias Handler = @Sendable (Call) throws(Problem) -> Answer

    /// `GET` or `POST`; a GET also works as HEAD.
    let method: String
    /// `/api/orders/{id}`, as in the OpenAPI document.
    let template: String
    /// The required scope; nil if no token is needed.
    let scope: APITokens.Scope?
    /// The parameters of its query.
    let parameters: Set<String>
    /// The members of its body; nil when it takes none.
    let members: Set<String>?
    /// The media type of its answers.
    let type: String
    /// Whether its answers say `success`, as the TikTok Shop guide has it.
    let isEnveloped: Bool
    let handler: Handler
    /// Whether it keeps to the sources that a token is limited to. Such a token cannot use other routes, so a route
    /// that ignores the limit reveals nothing.
    private(set) var isConfined = false

    /// Whether it shows what has just been written: it never reads from a standby.
    private(set) var isLive = false
    /// Whether it works on the database of one cell only: a router of several refuses it.
    private(set) var isOfOneCell = false
    /// Whether a standby can answer it.
    var readsAnywhere: Bool { method == "GET" && !isLive }

    private let segments: [String]

    static func get(
        _ template: String, _ handler: @escaping Handler, scope: APITokens.Scope? = .read, query: Set<String> = [],
        type: String = "application/json", isEnveloped: Bool = false
    ) -> Route {
        Route("GET", template, scope, query, nil, type, isEnveloped, handler)
    }

    static func post(
        _ template: String, _ handler: @escaping Handler, scope: APITokens.Scope, members: Set<String>
    ) -> Route {
        Route("POST", template, scope, [], members, "application/json", false, handler)
    }

    /// The same route; its handler limits everything to ``Call/sources``.
    var confined: Route {
        var route = self
        route.isConfined = true
        return route
    }

    /// The same route, answered by the primary only.
    var live: Route {
        var route = self
        route.isLive = true
        return route
    }

    /// The same route, which a router of several cells refuses.
    var ofOneCell: Route {
        var route = self
        route.isOfOneCell = true
        return route
    }

    private init(
        _ method: String, _ template: String, _ scope: APITokens.Scope?, _ parameters: Set<String>,
        _ members: Set<String>?, _ type: String, _ isEnveloped: Bool, _ handler: @escaping Handler
    ) {
        self.method = method
        self.template = template
        self.scope = scope
        self.parameters = parameters
        self.members = members
        self.type = type
        self.isEnveloped = isEnveloped
        self.handler = handler
        segments = Self.split(template).map(String.init)
    }

    /// The parts of a path between its slashes, not decoded: an encoded slash belongs to its part.
    static func split(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { $0 }
    }

    /// The values of `{…}`, not decoded; nil if the path is another route's.
    func match(_ path: [Substring]) -> [Substring]? {
        guard path.count == segments.count else { return nil }
        var values: [Substring] = []
        for (wanted, given) in zip(segments, path) {
            if wanted.hasPrefix("{") {
                if given.isEmpty { return nil }
                values.append(given)
            } else if given != wanted {
                return nil
            }
        }
        return values
    }
}
