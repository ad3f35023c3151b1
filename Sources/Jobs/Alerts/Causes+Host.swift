import Postgres

/// Clocks that disagree, what waits for a person because of them, and actions with a mistake. Alerted whatever `alerts:`
/// says.
extension Causes {
    func hostCauses() throws(PostgresError) -> [Cause] {
        try wrongClocks() + heldUpkeep() + disabledActions() + audits() + refusedSpans()
    }

    /// Requests that were answered 2xx and are not stored.
    private func audits() throws(PostgresError) -> [Cause] { try causes(AlertsSQL.missingAnswers, []) }

    /// Spans of which no trace is left.
    private func refusedSpans() throws(PostgresError) -> [Cause] { try causes(AlertsSQL.refusedSpans, []) }

    private func disabledActions() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.disabledActions, [])
    }

    /// A program whose clock was not Postgres' when it last reported.
    private func wrongClocks() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.wrongClocks, [])
    }

    /// After a restart of the host the responder's last report is old for a moment: that is no news.
    private func heldUpkeep() throws(PostgresError) -> [Cause] {
        try causes(AlertsSQL.heldUpkeep, [])
    }
}
