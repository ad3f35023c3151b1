import Jobs
import Ledger
import Postgres
import Settings

/// How an action gets at the API of orders: with its own token, or with a stored one.
enum OrderAccess: Sendable {
    /// The action's own token.
    case own(any OrderAPI)
    /// The token that is stored for the event's shop, or for the action.
    case stored(ActionSettings, Settings)

    /// - Returns: nil when a setting is missing that the provider's API needs.
    init?(_ settings: ActionSettings, in all: Settings) {
        if TokenUse(settings) != .own {
            self = .stored(settings, all)
        } else if let api = OrderAPIs.api(settings) {
            self = .own(api)
        } else {
            return nil
        }
    }

    /// Where the API is; nil if that depends on the shop.
    var base: String? {
        switch self {
        case .own(let api): api.base
        case .stored(let settings, _): settings.text("base_url") ?? OrderAPIs.standardBase(settings)
        }
    }

    /// The first step of a job: the token is read when the job runs, so a refreshed one counts at once.
    func step(
        for event: JobEvent, _ next: @escaping @Sendable (any OrderAPI, StoredToken?) -> Step
    ) -> Step {
        switch self {
        case .own(let api): next(api, nil)
        case .stored(let settings, let all):
            .transact { _, connection throws(PostgresError) in
                let lookup = try TokenUse.token(
                    of: settings, source: event.source, shop: event.shopID, keys: all.keys, on: connection)
                guard case .found(let token) = lookup else { return .ended(.hold(reason: HoldReason.token)) }
                let filled = TokenUse.using(token, in: settings)
                guard let api = OrderAPIs.api(filled, token: token, app: all.source(named: event.source)?.app) else {
                    return .ended(
                        .retry(
                            counted: false,
                            reason: "a setting of \(settings.name), or of the app of \(event.source), is missing"))
                }
                return next(api, token)
            }
        }
    }

    /// The longest pause between two looks whether there is another token, in milliseconds.
    private static let pause: Int64 = 600_000

    /// The end of an attempt whose token the API refused: another one may be replaced in the environment at any time.
    static func waiting(_ reason: String) -> Outcome { .notYet(within: pause, reason: reason) }

    /// The same steps, where a refused token that is stored holds the job.
    static func holding(_ step: Step, _ token: StoredToken?) -> Step {
        guard let token else { return step }
        return step.onEnd { outcome in
            guard case .notYet(within: pause, let reason) = outcome else { return .ended(outcome) }
            return refused(token, reason)
        }
    }

    /// The step after the API refused the token, which does not concern the order. A stored token is refreshed, or a person
    /// authorizes again, and the job is held until then.
    static func refused(_ token: StoredToken?, _ reason: String) -> Step {
        guard let token else { return .ended(waiting(reason)) }
        return .transact { _, connection throws(PostgresError) in
            try token.refused(reason, on: connection)
            return .ended(.hold(reason: HoldReason.token))
        }
    }
}
