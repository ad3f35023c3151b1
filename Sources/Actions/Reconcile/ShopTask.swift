public import Ledger
public import Postgres
public import Settings

/// What the batch processor asks a provider's API regularly, through an action. Where the tokens of shops are stored, it
/// is one task for each shop.
public protocol ShopTask: Sendable {
    /// The source.
    var source: SourceSettings { get }
    /// The action whose API is asked.
    var action: ActionSettings { get }
    /// Which of the API's lists it asks for; empty for the only one.
    var list: String { get }
    /// The stored token of a shop; nil for that of the action.
    var token: StoredToken? { get set }
}

extension ShopTask {
    /// The only one.
    public var list: String { "" }

    /// Its name: that of the action, of the list, and of the shop where tokens are stored: `fetch:products/SHOP`. No action's
    /// name has a colon.
    public var api: String { token.map { api(of: $0.shop) } ?? apiOfAction }

    private var apiOfAction: String { action.name + (list.isEmpty ? "" : ":" + list) }

    /// Its name for a shop whose token is stored.
    func api(of shop: String) -> String { "\(apiOfAction)/\(shop)" }

    /// Whether it stands for one task for each shop whose token is stored.
    public var isForShops: Bool { token == nil && OrderAPIs.usesStoredTokens(action) }

    /// The same for the shop of a token.
    public func with(_ token: StoredToken) -> Self {
        var task = self
        task.token = token
        return task
    }

    /// One task for each shop of the source that has a token.
    /// - Parameter isNoted: whether a token that this host's key does not open is marked: by the batch processor.
    /// - Returns: also the shops without one, each with the reason.
    public func forShops(
        _ settings: Settings, isNoted: Bool, on connection: Connection
    ) throws(PostgresError) -> (tasks: [Self], absent: [(shop: String, reason: String)]) {
        guard isForShops else { return ([self], []) }
        var tasks: [Self] = []
        var absent: [(shop: String, reason: String)] = []
        for shop in try StoredToken.shops(of: source.name, on: connection) {
            let lookup = try StoredToken.find(
                source: source.name, shop: shop, keys: settings.keys, isNoted: isNoted,
                on: connection)
            switch lookup {
            case .found(let token): tasks.append(with(token))
            case .absent(let reason): absent.append((shop, reason))
            }
        }
        return (tasks, absent)
    }
}
