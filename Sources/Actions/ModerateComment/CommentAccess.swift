import Jobs
import Ledger
import Postgres
import Settings

/// How an action gets at the API of comments: with its own token, or with the stored token of the event's source.
enum CommentAccess: Sendable {
    /// The action's own token.
    case own(any CommentAPI)
    /// The token that `hookledger authorize` got for the source.
    case stored(ActionSettings, Settings)

    /// - Returns: nil without a token, without an app whose token is stored, and without a business id where one is needed.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard settings.missing.isEmpty else { return nil }
        if settings.secret("access_token") != nil {
            guard let api = CommentAPIs.api(settings) else { return nil }
            self = .own(api)
        } else {
            let kind = CommentAPIs.tokens(settings)
            guard all.sources.contains(where: { $0.app != nil && TokenKind(of: $0) == kind }) else { return nil }
            self = .stored(settings, all)
        }
    }

    /// Where the API is.
    var base: String {
        switch self {
        case .own(let api): api.base
        case .stored(let settings, _): CommentAPIs.base(settings)
        }
    }

    /// How fast it may be asked.
    var pace: Pace? {
        switch self {
        case .own(let api): api.pace
        case .stored(let settings, _):
            CommentAPIs.tokens(settings) == .tiktokBusiness
                ? BusinessCommentAPI.pace(of: settings.text("business_id") ?? settings.name) : nil
        }
    }

    /// The first step of a job: the token is read when the job runs, so a refreshed one counts at once. A job without one is
    /// held.
    func step(for event: JobEvent, _ next: @escaping @Sendable (any CommentAPI, StoredToken?) -> Step) -> Step {
        switch self {
        case .own(let api): next(api, nil)
        case .stored(let settings, let all):
            .transact { _, connection throws(PostgresError) in
                let kind = CommentAPIs.tokens(settings)
                guard let source = all.source(named: event.source), source.app != nil, TokenKind(of: source) == kind
                else {
                    return .ended(.bury("the source \(event.source) has no app of \(kind.word), so it has no token"))
                }
                let lookup = try StoredToken.find(
                    source: source.name, account: settings.text("business_id"), keys: all.keys, on: connection)
                guard case .found(let token) = lookup else { return .ended(.hold(reason: HoldReason.token)) }
                guard let api = CommentAPIs.api(settings, token: token.accessToken) else {
                    return .ended(.bury("a setting of the action is missing"))
                }
                return next(api, token)
            }
        }
    }

    /// The step after the API refused a stored token: nothing has happened, and the next attempt is held until there is
    /// another token.
    static func refused(_ token: StoredToken, _ reason: String) -> Step {
        .transact { _, connection throws(PostgresError) in
            try token.refused(reason, on: connection)
            return .ended(.notYet(within: 1000, reason: reason))
        }
    }
}
