import Ledger
import Postgres
import Settings
import Webhooks

/// A request that found its route and may be answered.
struct Call {
    let request: Delivery
    /// What stands in the places of `{…}`, decoded.
    let path: [String]
    let query: Query
    let body: Body?
    let access: Access
    let settings: Settings
    let connection: Connection

    /// Asks the database.
    func store<T>(_ ask: (Connection) throws(PostgresError) -> T) throws(Problem) -> T {
        do throws(PostgresError) {
            return try ask(connection)
        } catch {
            throw Problem(error)
        }
    }

    /// The id in the path.
    func id() throws(Problem) -> Int64 { try Values.integer(path.first ?? "", "id", 1...Int64.max) }

    /// The text in the path.
    func name(_ parameter: String) throws(Problem) -> String { try Values.text(path.first ?? "", parameter) }

    /// The body of a route that takes one.
    func input() throws(Problem) -> Body {
        guard let body else { throw Problem(400, "invalid_body", "A body is needed") }
        return body
    }

    /// Who does it, for the operator log.
    var actor: String { "token:\(access.name ?? "-")" }
}
