import Platform
import Postgres

/// The rows of each table of the schema.
enum TableCounts {
    /// Tables that the programs change by themselves, and those that a migration fills again after a restore.
    static let changing: Set<String> = [
        "heartbeats", "upkeep", "metrics", "run_slots", "restores", "operator_log", "schema_migrations", "person_keys",
        "person_index", "shape_progress", "telemetry_progress", "activity_counts",
        "job_life_counts", "activity_progress", "activity_late", "action_states", "destinations", "exclusive_work",
        "alerts",
    ]

    /// Counts them.
    /// - Parameter connection: within a transaction, the counts are those of its snapshot.
    static func read(on connection: Connection) throws -> [String: Int64] {
        var bar = ProgressBar("tables")
        defer { bar.clear() }
        let tables = try connection.query(BackupSQL.tables)
        var counts: [String: Int64] = [:]
        for (place, row) in tables.enumerated() {
            bar.show(place, of: tables.count)
            counts[try row.text(0)] = try connection.query(try row.text(1)).only().bigint(0)
        }
        return counts
    }

    /// The tables whose counts differ, a line each.
    /// - Parameter leavingOut: tables that may differ.
    static func differences(
        _ wanted: [String: Int64], _ found: [String: Int64], leavingOut: Set<String> = []
    ) -> [String] {
        wanted.keys.sorted().filter { !leavingOut.contains($0) && found[$0] != wanted[$0] }.map { table in
            "\(table): \(found[table].map { "\($0)" } ?? "no") rows, the backup had \(wanted[table] ?? 0)"
        }
    }
}
