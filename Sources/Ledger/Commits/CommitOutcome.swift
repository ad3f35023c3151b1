package import Postgres
package import Webhooks

/// The outcome of a batch under way, sorted by what its deliveries are answered.
package struct CommitOutcome<Delivery: Sendable>: Sendable {
    /// A delivery at which Postgres failed.
    package struct Failed: Sendable {
        package let delivery: Delivery
        package let error: PostgresError
        /// Whether it refused the delivery's own values.
        package let isOfValues: Bool
    }

    /// Stored, and waiting for the answer.
    package private(set) var recorded: [(delivery: Delivery, receipt: Receipt)] = []
    /// Nothing is known of these.
    package private(set) var unavailable: [Delivery] = []
    /// Those whose cell cannot be reached.
    package private(set) var away: [Delivery] = []
    package private(set) var failed: [Failed] = []
    /// How many were stored after their deadline had been answered.
    package private(set) var late = 0
    /// The error of a store that did not answer in time.
    package private(set) var lost: PostgresError?

    /// Whether something was stored.
    package var isStored: Bool { recorded.count + late > 0 }

    /// - Parameters:
    ///   - underWay: the deliveries in order; nil in place of those that need no answer now.
    ///   - results: one for each, in the same order.
    package init(_ underWay: [Delivery?], _ results: [Result<Receipt, RecordFailure>]) {
        precondition(underWay.count == results.count, "a delivery is answered by its own receipt, so each has one")
        for (delivery, result) in zip(underWay, results) {
            switch (result, delivery) {
            case (.success(let receipt), let delivery?): recorded.append((delivery, receipt))
            case (.success, nil): late += 1
            case (.failure(.refused(let error)), let delivery?):
                failed.append(Failed(delivery: delivery, error: error, isOfValues: true))
            case (.failure(.failed(let error)), let delivery?):
                failed.append(Failed(delivery: delivery, error: error, isOfValues: false))
            case (.failure(.away), let delivery?): away.append(delivery)
            case (.failure(.unavailable(let error)), let delivery):
                if let delivery { unavailable.append(delivery) }
                lost = error
            case (.failure, _): break
            }
        }
    }

    /// The places of the deliveries that another transaction kept from being recorded.
    package static func busy(_ results: [Result<Receipt, RecordFailure>]) -> [Int] {
        results.indices.filter { if case .failure(.busy) = results[$0] { true } else { false } }
    }
}

/// What a delivery is answered that was not recorded.
package enum UnrecordedAnswer: Sendable, Hashable {
    /// 2xx: it is safe in the spool.
    case spooled
    /// 503: the sender must retry.
    case retryLater
    /// 500: its own values were refused.
    case refused

    /// - Parameters:
    ///   - isKept: whether the spool has it.
    ///   - isOfValues: whether Postgres refused the delivery's own values.
    package init(isKept: Bool, isOfValues: Bool) {
        self = isKept ? .spooled : isOfValues ? .refused : .retryLater
    }
}
