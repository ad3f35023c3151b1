package import Ledger

extension LedgerWriter {
    /// Records all of them in their order, in batches as the responder makes them.
    /// - Throws: the first failure.
    package func recordAll(_ deliveries: [Recordable]) throws {
        var waiting = deliveries
        while !waiting.isEmpty {
            let places = BatchPlan.next(waiting.lazy.map(\.conflictKeys), limit: 100)
            for result in record(places.map { waiting[$0] }) { _ = try result.get() }
            let taken = Set(places)
            waiting = waiting.indices.filter { !taken.contains($0) }.map { waiting[$0] }
        }
    }
}
