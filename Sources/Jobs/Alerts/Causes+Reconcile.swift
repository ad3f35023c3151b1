import Postgres

/// What reconciling has met that a person must look at. Alerted whatever `alerts:` says: until it works, missing orders stay
/// missing.
extension Causes {
    func reconcileCauses() throws(PostgresError) -> [Cause] {
        try missingOrders() + stoppedReconciles() + webhooksOff()
    }

    /// Webhooks that are off and stay so, and looks that fail.
    private func webhooksOff() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.webhooksOff, []) + causes(AlertsSQL.webhooksUnknown, [])
    }

    private func missingOrders() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.missingOrders, [])
    }

    /// Where `drift: { alarm: true }` wishes it.
    func schemaChanges() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.schemaChanges, [])
    }

    /// A refused token at once, everything else after three runs.
    private func stoppedReconciles() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.stoppedReconciles, [])
    }
}
