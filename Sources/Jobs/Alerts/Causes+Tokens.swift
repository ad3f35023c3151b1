import Postgres

/// Tokens of providers' APIs that a person must look at. Alerted whatever `alerts:` says: without one no order can be
/// fetched or compared.
extension Causes {
    func tokenCauses() throws(PostgresError) -> [Cause] { try causes(AlertsSQL.tokens, []) }
}
