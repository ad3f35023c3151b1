import Platform
public import Postgres
public import Settings
import Webhooks

/// Deletes data past its retention without blocking deliveries.
///
/// What is deleted is past it by the earliest of several ``Clocks``. Where these disagree, or where much would go at once,
/// nothing is deleted until a person confirms it (`hookledger retention --run`): one wrong clock must not empty the ledger.
public enum Retention {
    /// The report of a run.
    public struct Report: Sendable, Hashable {
        /// The names of the partitions that were dropped.
        public var partitions: [String] = []
        /// How many receipts were deleted.
        public var receipts = 0
        /// How many refusals were deleted.
        public var refusals = 0
        /// How many handshakes were deleted; they are kept as long as refusals.
        public var handshakes = 0
        /// Whether a partition was in use and left for the next time.
        public var isPostponed = false
        /// The reason why nothing was deleted; nil if a person need not confirm it.
        public var held: String?

        /// A report of nothing.
        public init() {}
    }

    /// A partition past its retention.
    public struct OldPartition: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// The end of its week, in microseconds since 1970.
        public let ends: Int64
        /// Whether it has rows.
        public let hasRows: Bool
    }

    /// How many rows one statement deletes.
    private static let batch = 5000
    /// The most partitions with rows that go without a person: a week of events and one of attempts.
    private static let mostPartitions = 2
    /// The longest time since the last retention, in microseconds: it begins every hour, so all clocks of a host may have
    /// stepped at once.
    private static let longestPause: Int64 = 14 * 86_400_000_000

    /// The partitions that would go now.
    /// - Parameter connection: of the role `hookledger_batch` or `hookledger_operator`.
    public static func oldPartitions(
        _ settings: RetentionSettings, by clocks: Clocks, over connection: Connection
    ) throws(PostgresError) -> [OldPartition] {
        var found: [OldPartition] = []
        for (table, age) in tables(settings) {
            for row in try connection.query(
                "select * from hookledger.old_partitions($1::text, $2::timestamptz)",
                [.text(table), cutoff(age, clocks)])
            {
                found.append(
                    OldPartition(
                        name: try row.text("name"), ends: try row.timestamp("ends"), hasRows: try row.bool("has_rows")))
            }
        }
        return found
    }

    /// The reason why a person must confirm the retention; nil for none.
    public static func objection(
        _ settings: RetentionSettings, by clocks: Clocks, over connection: Connection
    ) throws(PostgresError) -> String? {
        if let disagreement = clocks.disagreement { return disagreement }
        if let last = clocks.lastRetention, clocks.earliest.microseconds - last.microseconds > longestPause,
            !Mutation.isOn("clocks-may-step-together")
        {
            return "the last retention was at \(last.rfc3339), more than 14 days ago (\(clocks.description))"
        }
        let filled = try oldPartitions(settings, by: clocks, over: connection).filter(\.hasRows)
        guard filled.count > mostPartitions, !Mutation.isOn("retention-drops-any-number") else { return nil }
        return "\(filled.count) partitions with rows would be dropped at once, from \(filled[0].name) on "
            + "(\(clocks.description))"
    }

    /// Keeps why the retention waits for a person, for the alert and for doctor.
    /// - Parameter reason: nil if it does not.
    /// - Returns: whether it has begun to wait.
    public static func hold(_ reason: String?, over connection: Connection) throws(PostgresError) -> Bool {
        try connection.query(
            "select hookledger.hold_upkeep('retention', $1::text)", [.text(reason)]
        ).only().bool(0)
    }

    /// Applies the retention, unless a run started within the last hour; each step in its own transaction.
    ///
    /// A receipt stays longer than its event; a delivery that is sent again after that is a new one.
    /// - Parameters:
    ///   - connection: of the role `hookledger_batch`.
    ///   - shouldStop: asked between steps.
    /// - Returns: nil if it was not due.
    /// - Throws: ``PostgresError``; earlier steps stay.
    public static func applyWhenDue(
        _ settings: RetentionSettings, by clocks: Clocks, over connection: Connection,
        until shouldStop: () -> Bool = { false }
    ) throws(PostgresError) -> Report? {
        let isDue = try connection.query("select hookledger.begin_upkeep('retention', interval '1 hour')")
            .only().bool(0)
        return isDue ? try apply(settings, by: clocks, over: connection, until: shouldStop) : nil
    }

    /// Applies the retention now.
    /// - Parameter isConfirmed: whether a person has confirmed it, so that no objection holds it.
    public static func apply(
        _ settings: RetentionSettings, by clocks: Clocks, isConfirmed: Bool = false, over connection: Connection,
        until shouldStop: () -> Bool = { false }
    ) throws(PostgresError) -> Report {
        var report = Report()
        if isConfirmed {
            // From now on the batch processor continues by itself.
            try connection.query("select hookledger.begin_upkeep('retention', interval '0')")
        }
        if !isConfirmed, let reason = try objection(settings, by: clocks, over: connection) {
            report.held = reason
            return report
        }
        for (table, age) in tables(settings) {
            try dropPartitions(of: table, cutoff(age, clocks), connection, shouldStop, &report)
        }
        func delete(_ function: String, _ age: Duration) throws(PostgresError) -> Int {
            try Self.delete(function, cutoff(age, clocks), connection, shouldStop)
        }
        report.receipts = try delete("delete_old_receipts", settings.receipts)
        // Traces of repetitions are for debugging: a month is enough.
        _ = try delete("delete_old_repetitions", .seconds(30 * 86_400))
        report.refusals = try delete("delete_old_refusals", settings.refusals)
        while !shouldStop() {
            let count = try connection.query("select hookledger.delete_old_person_keys(\(batch))").only().int(0)
            if count < batch { break }
        }
        // A finding is about an event.
        _ = try connection.query(ReconcileSQL.deleteOld, [.interval(settings.events.wholeMilliseconds * 1000)])
        _ = try delete("delete_old_webhook_states", settings.events)
        // The example of a change is an event.
        _ = try delete("delete_old_schema_changes", settings.events)
        _ = try delete("delete_old_quarantine", settings.quarantine)
        // No audit looks at answers that are older.
        _ = try delete("delete_old_spooled_duplicates", settings.events)
        report.handshakes = try delete("delete_old_handshakes", settings.refusals)
        return report
    }

    private static func tables(_ settings: RetentionSettings) -> [(name: String, age: Duration)] {
        [("events", settings.events), ("job_attempts", settings.jobs)]
    }

    /// What is older goes.
    private static func cutoff(_ age: Duration, _ clocks: Clocks) -> Parameter {
        .timestamp(clocks.earliest.microseconds - age.wholeMilliseconds * 1000)
    }

    private static func dropPartitions(
        of table: String, _ cutoff: Parameter, _ connection: Connection, _ shouldStop: () -> Bool,
        _ report: inout Report
    ) throws(PostgresError) {
        while !shouldStop() {
            do throws(PostgresError) {
                let dropped = try connection.query(
                    "select hookledger.drop_oldest_partition($1::text, $2::timestamptz)", [.text(table), cutoff]
                ).only().optionalText(0)
                guard let dropped else { return }
                report.partitions.append(dropped)
            } catch SQLState.lockNotAvailable {
                report.isPostponed = true
                return
            }
        }
    }

    private static func delete(
        _ function: String, _ cutoff: Parameter, _ connection: Connection, _ shouldStop: () -> Bool
    ) throws(PostgresError) -> Int {
        var deleted = 0
        while !shouldStop() {
            let count = try connection.query(
                "select hookledger.\(function)($1::timestamptz, \(batch))", [cutoff]
            ).only().int(0)
            deleted += count
            if count < batch { break }
        }
        return deleted
    }
}
