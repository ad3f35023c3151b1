import FastCGI
import Ledger
import Providers
import Verification
import Webhooks

/// A verified delivery that waits for its COMMIT, with everything needed to answer it.
struct Pending: Committable {
    let recordable: Recordable
    let provider: any Provider
    let exchange: Exchange
    /// The time its request was complete, on the monotonic clock, in nanoseconds.
    let startedAt: Int64
    /// Whether it failed before, and may have been the reason.
    let isSuspect: Bool
    /// Whether it is spooled when the store is away.
    let spools: Bool
    /// Whether it is unsigned and its source also has signed deliveries.
    var isUnsignedWhereOthersSign = false

    var delivery: Delivery { recordable.normalized.verified.delivery }
    /// Its event and its rows.
    var conflictKeys: [ConflictKey] { recordable.conflictKeys }
    var event: Event { recordable.normalized.event }
}
