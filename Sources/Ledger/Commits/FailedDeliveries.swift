import Platform

/// Counts how often each delivery failed at the ledger while others were recorded, so that no single body costs its
/// sender's subscription, and knows which may have been the reason. A value in the memory of one responder, for the
/// deliveries that failed last.
package struct FailedDeliveries: Sendable {
    /// The number of failures from which on the body is the reason.
    package static let limit = 5
    /// The most deliveries that are remembered.
    private static let most = 1000

    private struct Failures {
        var count = 0
        /// How many deliveries had been recorded at the first failure, and the number of the last failure.
        let recordedBefore: Int
        var last = 0
        /// Whether Postgres was asked to record it.
        var wasTried = false
    }

    private var recorded = 0
    private var failures = 0
    private var known: [ConflictKey: Failures] = [:]

    /// Nothing has failed.
    package init() {}

    /// Whether none is remembered.
    package var isEmpty: Bool { known.isEmpty }

    /// A delivery was recorded.
    /// - Parameter key: of its event.
    package mutating func recorded(_ key: ConflictKey) {
        recorded += 1
        if !known.isEmpty { known[key] = nil }
    }

    /// A delivery failed.
    /// - Parameters:
    ///   - key: of its event.
    ///   - wasTried: whether Postgres was asked to record it, and did not.
    /// - Returns: whether it has failed ``limit`` times, and others were recorded meanwhile.
    package mutating func failed(_ key: ConflictKey, wasTried: Bool) -> Bool {
        if known[key] == nil, known.count == Self.most, let oldest = known.min(by: { $0.value.last < $1.value.last }) {
            known[oldest.key] = nil
        }
        failures += 1
        var own = known[key] ?? Failures(recordedBefore: recorded)
        own.count += 1
        own.last = failures
        own.wasTried = own.wasTried || wasTried
        known[key] = own
        return !Mutation.isOn("failures-are-not-counted") && own.count >= Self.limit && recorded > own.recordedBefore
    }

    /// Whether Postgres was asked to record that delivery, and did not: it may be the reason.
    /// - Parameter key: of its event.
    package func isSuspect(_ key: ConflictKey) -> Bool { known[key]?.wasTried == true }
}
