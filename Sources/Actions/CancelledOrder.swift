import JSON
import Jobs
import Rules

extension StoredRecord {
    /// Whether the order is off, by its stage now: cancelled, deleted, in the trash. Senders of whose words nothing is known
    /// write it CANCEL, cancelled or canceled.
    var isCancelled: Bool {
        fields["stage"] == "cancelled" || fields["status"]?.string?.lowercased().hasPrefix("cancel") == true
    }
}
