/// Conditions on the transaction that wrote a row: those in one snapshot and not in another are read once each, and none is
/// missed, however late it commits.
package enum SnapshotWindow {
    /// Whether the transaction is in no earlier snapshot.
    /// - Parameters:
    ///   - transaction: an expression of the type xid8.
    ///   - seen: a parameter with the text of that snapshot.
    package static func isNew(_ transaction: String, since seen: String) -> String {
        """
        \(transaction) >= pg_snapshot_xmin(\(seen)::text::pg_snapshot)
            and not pg_visible_in_snapshot(\(transaction), \(seen)::text::pg_snapshot)
        """
    }

    /// Whether it is in a snapshot.
    package static func isIn(_ transaction: String, _ target: String) -> String {
        "pg_visible_in_snapshot(\(transaction), \(target)::text::pg_snapshot)"
    }
}
