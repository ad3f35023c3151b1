public import Postgres
public import Settings

/// Deletes data past its retention without blocking deliveries.
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

        /// A report of nothing.
        public init() {}
    }

    /// How many rows one statement deletes.
    private static let batch = 5000

    /// Applies the retention, unless a run started within the last hour; each step in its own transaction.
    ///
    /// A receipt stays longer than its event; a delivery that is sent again after that is a new one.
    /// - Parameters:
    ///   - connection: of the role `hookledger_batch`.
    ///   - shouldStop: asked between steps.
    /// - Returns: nil if it was not due.
    /// - Throws: ``PostgresError``; earlier steps stay.
    public static func applyWhenDue(
        _ settings: RetentionSettings, over connection: Connection, until shouldStop: () -> Bool = { false }
    ) throws(PostgresError) -> Report? {
        let isDue = try connection.query("select hookledger.begin_upkeep('retention', interval '1 hour')")
            .only().bool(0)
        return isDue ? try apply(settings, over: connection, until: shouldStop) : nil
    }

    /// Applies the retention now.
    public static func apply(
        _ settings: RetentionSettings, over connection: Connection, until shouldStop: () -> Bool = { false }
    ) throws(PostgresError) -> Report {
        var report = Report()
        for (table, age) in [("events", settings.events), ("job_attempts", settings.jobs)] {
            try dropPartitions(of: table, age, connection, shouldStop, &report)
        }
        report.receipts = try delete("delete_old_receipts", settings.receipts, connection, shouldStop)
        // Traces of repetitions are for debugging: a month is enough.
        _ = try delete("delete_old_repetitions", .seconds(30 * 86_400), connection, shouldStop)
        report.refusals = try delete("delete_old_refusals", settings.refusals, connection, shouldStop)
        while !shouldStop() {
            let count = try connection.query("select hookledger.delete_old_person_keys(\(batch))").only().int(0)
            if count < batch { break }
        }
        // A finding is about an event.
        _ = try connection.query(ReconcileSQL.deleteOld, [.interval(settings.events.wholeMilliseconds * 1000)])
        report.handshakes = try delete("delete_old_handshakes", settings.refusals, connection, shouldStop)
        return report
    }

    private static func dropPartitions(
        of table: String, _ age: Duration, _ connection: Connection, _ shouldStop: () -> Bool, _ report: inout Report
    ) throws(PostgresError) {
        while !shouldStop() {
            do throws(PostgresError) {
                let dropped = try connection.query(
                    "select hookledger.drop_oldest_partition($1::text, now() - $2::interval)",
                    [.text(table), .interval(age.wholeMilliseconds * 1000)]
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
        _ function: String, _ age: Duration, _ connection: Connection, _ shouldStop: () -> Bool
    ) throws(PostgresError) -> Int {
        var deleted = 0
        while !shouldStop() {
            let count = try connection.query(
                "select hookledger.\(function)(now() - $1::interval, \(batch))",
                [.interval(age.wholeMilliseconds * 1000)]
            ).only().int(0)
            deleted += count
            if count < batch { break }
        }
        return deleted
    }
}
