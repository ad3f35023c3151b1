import Ledger
import Postgres

/// Which jobs an operator means; what is nil or empty does not narrow it.
public struct JobFilter: Sendable, Hashable {
    /// These ids.
    public var ids: [Int64] = []
    /// Of that action.
    public var action: String?
    /// Of that kind.
    public var kind: String?
    /// Made by that rule.
    public var rule: String?
    /// About the order of that id, as the sender names it.
    public var order: String?
    /// About an order of the shop with that key: host and path, or the store's id.
    public var shop: String?
    /// Whose last error contains that text, letter case aside.
    public var error: String?
    /// Of one of these sources.
    public var sources: [String]?
    /// With a greater id: the next page of a list.
    public var after: Int64 = 0
    /// The most, oldest first.
    public var limit = 1000

    /// All jobs.
    public init() {}

    /// Whether it narrows nothing.
    public var isOpen: Bool {
        ids.isEmpty && action == nil && kind == nil && rule == nil && order == nil && shop == nil && error == nil
    }

    /// Whether a job may be skipped for what is in a column or in its order, rather than found by an index.
    var skipsRows: Bool {
        ids.isEmpty && order == nil
            && (action != nil || kind != nil || rule != nil || error != nil || shop != nil || sources != nil)
    }

    /// How many jobs one step of a list looks at (`SearchStep`).
    var step: Int { shop == nil && sources == nil ? SearchStep.jobs : SearchStep.lookedUp }

    /// The parameters of a list of jobs: $1 … $11.
    /// - Parameters:
    ///   - limit: the most rows.
    ///   - end: the last job that it looks at; nil for all.
    func listParameters(limit: Int, end: Int64?) -> [Parameter] {
        var parameters = parameters
        parameters[parameters.count - 1] = .bigint(Int64(limit))
        return parameters + [.optionalTexts(sources), .text(shop), .bigint(after), .bigint(end)]
    }

    /// $1 … $7; the last is the limit.
    var parameters: [Parameter] {
        [.bigints(ids), .text(action), .text(kind), .text(rule), .text(order), .text(error), .bigint(Int64(limit))]
    }
}
