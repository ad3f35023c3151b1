import Postgres
import Settings

/// A cause of an alert.
struct Cause: Sendable, Hashable {
    /// The identity of a cause: it is alerted once in a period.
    let topic: String
    /// What is said.
    let text: String
}

/// Looks in the database for the causes in `alerts:`, and for those that are always alerted. Causes alerted within the period are skipped.
struct Causes {
    let settings: AlertSettings
    let holds: HoldSettings
    let connection: Connection

    /// The most of one sort; the others follow with the next look.
    static let most: Int64 = 200

    /// - Parameter since: when was last looked, in microseconds since 1970.
    func found(since: Int64) throws(PostgresError) -> [Cause] {
        try lowStock() + priceChanges(since) + silentSources() + signatureFailures() + missingSecrets()
            + endingAuthorizations() + doorCauses() + oldHolds() + reconcileCauses() + tokenCauses()
            + schemaChanges()
    }

    func causes(_ sql: String, _ parameters: [Parameter]) throws(PostgresError) -> [Cause] {
        let rows = try connection.query(
            AlertsSQL.newCauses(sql), [.interval(settings.period.wholeMilliseconds * 1000)] + parameters)
        var causes: [Cause] = []
        for row in rows { causes.append(Cause(topic: try row.text("topic"), text: try row.text("text"))) }
        return causes
    }

    private func lowStock() throws(PostgresError) -> [Cause] {
        guard let limit = settings.lowStock else { return [] }
        return try causes(
            AlertsSQL.lowStock, [.bigint(Int64(limit))])
    }

    /// Of a product whose variants have prices, each of these; its own price is that of the first of them. Events may be
    /// stored a little after they were received.
    private func priceChanges(_ since: Int64) throws(PostgresError) -> [Cause] {
        guard let percent = settings.priceChange else { return [] }
        return try causes(
            AlertsSQL.priceChanges, [.bigint(Int64(percent)), .timestamp(since)])
    }

    /// A source that has never sent anything is not silent yet.
    private func silentSources() throws(PostgresError) -> [Cause] {
        if settings.silent.isEmpty { return [] }
        let silent = settings.silent.sorted { $0.key < $1.key }
        return try causes(
            AlertsSQL.silentSources,
            [.texts(silent.map(\.key)), .intervals(silent.map { $0.value.wholeMilliseconds * 1000 })])
    }

    private func signatureFailures() throws(PostgresError) -> [Cause] {
        guard let limit = settings.refusals else { return [] }
        return try causes(
            AlertsSQL.signatureFailures, [.bigint(Int64(limit.atLeast)), .bigint(Int64(limit.factor))])
    }

    /// Permissions that a shop revoked, or that expire soon. They are reported whatever `alerts:` says, because without a
    /// permission no order can be fetched. Each event is reported once, a daily warning every day. A spooled event may be
    /// stored long after it was received.
    private func endingAuthorizations() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.endingAuthorizations, [])
    }

    /// Jobs that wait for a decision for too long. Told whatever `alerts:` says.
    private func oldHolds() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.oldHolds, [.interval(holds.alarm.wholeMilliseconds * 1000)])
    }

    /// Deliveries that were answered 503 because their source has no usable secret. Told whatever `alerts:` says: nothing
    /// of such a source is stored.
    private func missingSecrets() throws(PostgresError) -> [Cause] {
        try causes(
            AlertsSQL.missingSecrets, [])
    }
}
