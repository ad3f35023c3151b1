import Postgres

/// What the ledger's door has met that a person must look at. Told whatever `alerts:` says.
extension Causes {
    func doorCauses() throws(PostgresError) -> [Cause] {
        try repeatsOverLimit() + unlistedShops() + idsOfSeveralShops() + unreadFields()
    }

    /// A body that is sent more often than it may count: a sender in a loop, or a captured delivery.
    private func repeatsOverLimit() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.repeatsOverLimit, [])
    }

    private func unlistedShops() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.unlistedShops, [])
    }

    private func idsOfSeveralShops() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.idsOfSeveralShops, [])
    }

    /// A member that could not be read as its field, the first time.
    private func unreadFields() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.unreadFields, [])
    }
}
