import JSON
import Jobs

extension JobOrder {
    /// Whether the order is off, by its status now; senders write it CANCEL, cancelled or canceled.
    var isCancelled: Bool { fields["status"]?.string?.lowercased().hasPrefix("cancel") == true }
}
