import FastCGI
import Ledger
import Providers
import Verification
import Webhooks

/// A verified delivery that waits for its COMMIT, with what is needed to answer it then.
struct Pending: Sendable {
    let recordable: Recordable
    let provider: any Provider
    let exchange: Exchange
    /// When its request had been read, on the monotonic clock, in nanoseconds.
    let startedAt: Int64
    /// Whether it is kept in the spool when the store is away.
    let spools: Bool
    /// Whether it is unsigned, of a source that takes signed deliveries as well.
    var isUnsignedWhereOthersSign = false

    var delivery: Delivery { recordable.normalized.verified.delivery }
    var event: Event { recordable.normalized.event }
}
