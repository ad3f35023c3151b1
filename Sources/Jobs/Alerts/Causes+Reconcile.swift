import Postgres

/// What reconciling has met that a person must look at. Alerted whatever `alerts:` says: until it works, missing orders stay
/// missing.
extension Causes {
    func reconcileCauses() throws(PostgresError) -> [Cause] { try missingOrders() + stoppedReconciles() }

    private func missingOrders() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.missingOrders, [])
    }

    /// A refused token at once, everything else after three runs.
    private func stoppedReconciles() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.stoppedReconciles, [])
    }
}
