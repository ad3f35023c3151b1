import Ledger
import Synchronization

/// `FailedDeliveries` for all threads of the responder. While nothing has failed, which is nearly always, a worker asks
/// without a lock.
final class FailureMemory: Sendable {
    private let failures = Mutex(FailedDeliveries())
    /// Whether `failures` knows a delivery. Written under its lock, and before the answer that has a sender try again.
    private let knowsAny = Atomic(false)

    /// Deliveries were recorded.
    /// - Parameter keys: of their events.
    func recorded(_ keys: @autoclosure () -> [ConflictKey]) {
        guard knowsAny.load(ordering: .acquiring) else { return }
        let keys = keys()
        change { failures in
            for key in keys { failures.recorded(key) }
        }
    }

    /// A delivery failed; see ``FailedDeliveries/failed(_:wasTried:)``.
    func failed(_ key: ConflictKey, wasTried: Bool) -> Bool {
        change { $0.failed(key, wasTried: wasTried) }
    }

    /// Whether this delivery failed before, and may have been the reason.
    /// - Parameter key: of its event.
    func isSuspect(_ key: ConflictKey) -> Bool {
        knowsAny.load(ordering: .acquiring) && failures.withLock { $0.isSuspect(key) }
    }

    private func change<Result: Sendable>(_ body: (inout FailedDeliveries) -> Result) -> Result {
        failures.withLock { failures in
            defer { knowsAny.store(!failures.isEmpty, ordering: .releasing) }
            return body(&failures)
        }
    }
}
