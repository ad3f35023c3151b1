import Ledger
import Postgres

/// Refuses an order's id that several shops of one source have, for commands that change something.
enum OneShop {
    /// - Throws: `UsageError` that names the shops, when several have the order and none is named.
    static func demand(order: String?, shop: String?, in source: String? = nil, on connection: Connection) throws {
        guard let order, shop == nil else { return }
        let shops = try OrderQueries.rivals(ofOrder: order, in: source.map { [$0] }, on: connection)
        if shops.isEmpty { return }
        throw UsageError(
            "several shops have the order \(order): add --shop with one of \(shops.joined(separator: ", "))")
    }
}
