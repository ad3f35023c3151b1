public import Postgres
public import Webhooks

/// The right to reconcile one source through one API: one run has it at a time, across all hosts.
public struct ReconcileLease: Sendable {
    /// The source.
    public let source: String
    /// The action whose API is asked.
    public let api: String
    /// The fencing token.
    let token: Int64
    /// All earlier changes have been compared.
    public let watermark: Timestamp
    /// The runs since the last complete one that ended early.
    public let failures: Int
    /// The shop that earlier answers named; empty for none.
    public let shopKey: String
    /// The scheduled run that has not reached its end.
    let runID: Int64?
    /// When the scheduled run was due.
    public let dueAt: Timestamp
    /// The last time before the webhook was seen off; nil if it never was.
    public let webhookOffFrom: Timestamp?
    /// When it was seen to be on again.
    public let webhookOffUntil: Timestamp?

    /// The beginning of the last time in which no batch processor ran; nil if there was none.
    public let awayFrom: Timestamp?
    /// Its end.
    public let awayUntil: Timestamp?

    /// How long a lease lasts without a page.
    static let length: Int64 = 180_000_000
    /// The longest wait before the next run or look that an API gets by asking for it, in microseconds. What is put off for
    /// longer was put off while the clock was ahead.
    public static let longestWait: Int64 = 7_200_000_000

    /// Takes the lease.
    /// - Parameters:
    ///   - start: the watermark of a source that has none.
    ///   - holder: host and process, for people.
    ///   - alarm: the missing orders within an hour from which on an alert is raised.
    ///   - whenDue: whether it must be due.
    ///   - every: the time between two runs, in microseconds.
    ///   - connection: of the batch processor's or the operator's role.
    /// - Returns: nil if another run has it, or if it is not due.
    public static func take(
        source: String, api: String, start: Timestamp, holder: String, alarm: Int, whenDue: Bool, every: Int64,
        now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> ReconcileLease? {
        _ = try connection.query(
            ReconcileSQL.setBack,
            [
                .text(source), .text(api), .timestamp(now.microseconds), .interval(length), .interval(every),
                .timestamp(start.microseconds), .interval(longestWait),
            ])
        let taking: [Parameter] = [
            .text(source), .text(api), .text(holder), .timestamp(now.microseconds), .interval(length),
            .integer(Int32(clamping: alarm)), .boolean(whenDue),
        ]
        var rows = try connection.query(ReconcileSQL.take, taking)
        if rows.isEmpty, try watermark(of: source, api: api, on: connection) == nil {
            _ = try connection.query(
                ReconcileSQL.makeMark,
                [.text(source), .text(api), .timestamp(start.microseconds), .timestamp(now.microseconds)])
            rows = try connection.query(ReconcileSQL.take, taking)
        }
        guard let row = rows.first else { return nil }
        return ReconcileLease(
            source: source, api: api, token: try row.bigint("token"),
            watermark: Timestamp(microseconds: try row.timestamp("watermark")), failures: try row.int("failures"),
            shopKey: try row.text("shop_key"), runID: try row.optionalBigint("run_id"),
            dueAt: Timestamp(microseconds: try row.timestamp("due_at")),
            webhookOffFrom: try row.optionalTimestamp("webhook_off_from").map(Timestamp.init(microseconds:)),
            webhookOffUntil: try row.optionalTimestamp("webhook_off_until").map(Timestamp.init(microseconds:)),
            awayFrom: try row.optionalTimestamp("away_from").map(Timestamp.init(microseconds:)),
            awayUntil: try row.optionalTimestamp("away_until").map(Timestamp.init(microseconds:)))
    }

    /// The watermark of a source and API; nil if it was never reconciled.
    public static func watermark(
        of source: String, api: String, on connection: Connection
    ) throws(PostgresError) -> Timestamp? {
        let rows = try connection.query(ReconcileSQL.watermark, [.text(source), .text(api)])
        return try rows.first.map { (row) throws(PostgresError) in
            Timestamp(microseconds: try row.timestamp("watermark"))
        }
    }

    /// Puts off what is due and cannot run, so that the time until it can does not count as one without a batch processor.
    /// - Parameter due: the time of the next look.
    public static func putOff(
        source: String, api: String, until due: Timestamp, now: Timestamp, on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            ReconcileSQL.putOff,
            [.text(source), .text(api), .timestamp(due.microseconds), .timestamp(now.microseconds)])
    }

    /// Renews it, and with it locks its row until the end of the transaction.
    /// - Parameter shopKey: the shop that the answers name; empty for none.
    /// - Returns: false if another run has it.
    func renew(shopKey: String = "", now: Timestamp, on connection: Connection) throws(PostgresError) -> Bool {
        try !connection.query(
            ReconcileSQL.renew, key + [.timestamp(now.microseconds), .interval(Self.length), .text(shopKey)]
        ).isEmpty
    }

    /// Gives it back as it is.
    public func release(on connection: Connection) throws(PostgresError) {
        _ = try connection.query(ReconcileSQL.release, key)
    }

    /// Keeps what the provider says of its webhook.
    /// - Parameters:
    ///   - from: the last time before it was seen off.
    ///   - until: when it was seen on again; nil while it is off.
    public func note(webhookOffFrom from: Timestamp?, until: Timestamp?, on connection: Connection)
        throws(PostgresError)
    {
        _ = try connection.query(
            ReconcileSQL.noteWebhook, key + [.timestamp(from?.microseconds), .timestamp(until?.microseconds)])
    }

    /// Keeps a time in which no batch processor ran.
    public func note(awayFrom from: Timestamp, until: Timestamp, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            ReconcileSQL.noteAway, key + [.timestamp(from.microseconds), .timestamp(until.microseconds)])
    }

    var key: [Parameter] { [.text(source), .text(api), .bigint(token)] }
}
