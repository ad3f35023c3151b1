public import Ledger
public import Postgres
public import Settings

/// What the batch processor asks a provider's API regularly, through an action. Where the tokens of shops are stored, it
/// is one task for each shop.
public protocol ShopTask: Sendable {
    /// The source.
    var source: SourceSettings { get }
    /// The action whose API is asked, with a token that is stored for it.
    var action: ActionSettings { get set }
    /// Which of the API's lists it asks for; empty for the only one.
    var list: String { get }
    /// The stored token of a shop or of the action; nil for one that the action names.
    var token: StoredToken? { get set }
}

/// A token that a task needs and that is not there.
public struct AbsentToken: Sendable {
    /// The name of the task.
    public let api: String
    /// Whose it is, for people: `shop 7001`, `action fetch`.
    public let owner: String
    /// Why there is none, without secrets.
    public let reason: String
}

extension ShopTask {
    /// The only one.
    public var list: String { "" }

    /// Its name: that of the action, of the list, and of the shop where tokens are stored: `fetch:products/SHOP`. No action's
    /// name has a colon.
    public var api: String { token?.shop.map { api(of: $0) } ?? apiOfAction }

    private var apiOfAction: String { action.name + (list.isEmpty ? "" : ":" + list) }

    /// Its name for a shop whose token is stored.
    private func api(of shop: String) -> String { "\(apiOfAction)/\(shop)" }

    /// Whether its token is stored, and not known yet.
    public var needsStoredToken: Bool { token == nil && TokenUse(action) != .own }

    /// The same with a token.
    private func with(_ token: StoredToken) -> Self {
        var task = self
        task.action = TokenUse.using(token, in: action)
        task.token = token
        return task
    }

    /// The tasks that have a token: one for each shop of the source whose token is stored, or only this one.
    /// - Parameter isNoted: whether a token that this host's key does not open is marked: by the batch processor.
    /// - Returns: also the tokens that are not there.
    public func withTokens(
        _ settings: Settings, isNoted: Bool, on connection: Connection
    ) throws(PostgresError) -> (tasks: [Self], absent: [AbsentToken]) {
        guard needsStoredToken else { return ([self], []) }
        let isOfShop = TokenUse(action) == .ofShop
        let shops: [String?] = isOfShop ? try StoredToken.shops(of: source.name, on: connection) : [nil]
        var tasks: [Self] = []
        var absent: [AbsentToken] = []
        for shop in shops {
            let lookup = try TokenUse.token(
                of: action, source: source.name, shop: shop, keys: settings.keys, isNoted: isNoted, on: connection)
            switch lookup {
            case .found(let token): tasks.append(with(token))
            case .absent(let reason):
                absent.append(
                    AbsentToken(
                        api: shop.map { api(of: $0) } ?? apiOfAction,
                        owner: shop.map { "shop \($0)" } ?? "action \(action.name)", reason: reason))
            }
        }
        return (tasks, absent)
    }
}
