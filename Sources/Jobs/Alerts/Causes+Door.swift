import Postgres

/// What the ledger's door has met that a person must look at. Alerted whatever `alerts:` says.
extension Causes {
    func doorCauses() throws(PostgresError) -> [Cause] {
        try notRecorded() + repeatsOverLimit() + unlistedShops() + idsOfSeveralShops() + unreadFields()
            + hostCauses()
    }

    /// Deliveries at which Postgres failed, at the door or when the spool was imported. What is not stored may be lost.
    private func notRecorded() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.notRecorded, [])
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
