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
    /// The most, oldest first.
    public var limit = 1000

    /// All jobs.
    public init() {}

    /// Whether it narrows nothing.
    public var isOpen: Bool {
        ids.isEmpty && action == nil && kind == nil && rule == nil && order == nil && shop == nil && error == nil
    }

    /// The condition on `j` (job_list); uses $1 … $6 and $9.
    static let condition = """
        (cardinality($1::bigint[]) = 0 or j.job_id = any ($1)) and ($2::text is null or j.action = $2)
        and ($3::text is null or j.kind = $3) and ($4::text is null or j.rule = $4)
        and ($5::text is null or j.order_id = $5)
        and ($6::text is null or strpos(lower(j.last_error), lower($6)) > 0)
        and ($9::text is null or exists (
            select from hookledger.order_list as o where o.id = j.order_row and o.shop_key = $9))
        """

    /// All parameters of a list with ``condition`` and the one on sources: $1 … $9.
    var listParameters: [Parameter] { parameters + [.optionalTexts(sources), .text(shop)] }

    /// $1 … $7; the last is the limit.
    var parameters: [Parameter] {
        [.bigints(ids), .text(action), .text(kind), .text(rule), .text(order), .text(error), .bigint(Int64(limit))]
    }
}
