import Ledger
import Postgres
import Settings
import Webhooks

/// A request with its route, after the checks of access.
struct Call {
    let request: Delivery
    /// The values of `{…}`, decoded.
    let path: [String]
    let query: Query
    let body: Body?
    let access: Access
    let settings: Settings
    private(set) var connection: Connection

    /// The same, answered over another session.
    func over(_ other: Connection) -> Call {
        var call = self
        call.connection = other
        return call
    }

    /// Queries the database.
    func store<T>(_ ask: (Connection) throws(PostgresError) -> T) throws(Problem) -> T {
        do throws(PostgresError) {
            return try ask(connection)
        } catch {
            throw Problem(error)
        }
    }

    /// - Throws: 409 that names the shops, when several of one source have the order and none is named.
    func demandOneShop(_ order: String?, _ shop: String?) throws(Problem) {
        guard let order, shop == nil else { return }
        let shops = try store { connection throws(PostgresError) in
            try OrderQueries.rivals(ofOrder: order, in: sources, on: connection)
        }
        if shops.isEmpty { return }
        throw Problem(
            409, "ambiguous", "Several shops have this order: add shop and one of \(shops.joined(separator: ", "))",
            parameter: "shop")
    }

    /// The id in the path. Anything else is 404.
    func id() throws(Problem) -> Int64 {
        guard let text = path.first, let id = Int64(text), id > 0, String(id) == text else {
            throw .notFound("This id")
        }
        return id
    }

    /// The text in the path.
    func name(_ parameter: String) throws(Problem) -> String { try Values.text(path.first ?? "", parameter) }

    /// The body of a route that takes one.
    func input() throws(Problem) -> Body {
        guard let body else { throw Problem(400, "invalid_body", "A body is needed") }
        return body
    }

    /// The sources whose records the token may see; nil for all. Every question about records is narrowed by it.
    var sources: [String]? { access.sources }

    /// The actor, for the operator log.
    var actor: String { "token:\(access.name ?? "-")" }
}
