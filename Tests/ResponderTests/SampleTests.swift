import Ledger
import Testing
import Webhooks

@testable import Responder

/// A minute has a bounded number of rows per source; the rest is counted.
@Suite struct SampleTests {
    private func refusal(_ second: Int64, _ kind: Refusal.Kind = .noSecretMatched, source: String = "shop")
        -> RefusedDelivery
    {
        RefusedDelivery(Deliveries.at(second), source: source, refusal: Refusal(kind, "no"), status: 401)
    }

    private func handshake(_ second: Int64, source: String = "shop") -> Handshake {
        Handshake(Deliveries.at(second), source: source, provider: "slack", verdict: nil, status: 200)
    }

    @Test func refusalsBeyondTheRowsOfAMinuteAreCountedByKind() {
        var sample = RowSample<RefusedDelivery>()
        for _ in 0..<RowSample<RefusedDelivery>.rowsPerMinute + 3 { _ = sample.add(refusal(60), at: 0) }
        for _ in 0..<2 { _ = sample.add(refusal(60, .outsideTolerance), at: 0) }
        let first = sample.take(at: RowSample<RefusedDelivery>.countingTime - 1, all: false)
        #expect(first.count == RowSample<RefusedDelivery>.rowsPerMinute && first.allSatisfy { $0.unrecorded == 0 })
        let counted = sample.take(at: RowSample<RefusedDelivery>.countingTime, all: false)
        // Each row is a refusal itself, and represents the others.
        let counts = Dictionary(uniqueKeysWithValues: counted.map { ($0.kind, $0.unrecorded) })
        #expect(counts == [.noSecretMatched: 2, .outsideTolerance: 1])
        #expect(sample.take(at: .max, all: true).isEmpty)
    }

    @Test func anotherSourceAndTheNextMinuteHaveTheirOwnRows() {
        var sample = RowSample<RefusedDelivery>()
        for _ in 0..<RowSample<RefusedDelivery>.rowsPerMinute { _ = sample.add(refusal(60), at: 0) }
        _ = sample.add(refusal(60, source: "other"), at: 0)
        _ = sample.add(refusal(120), at: 0)
        #expect(sample.take(at: 0, all: false).count == RowSample<RefusedDelivery>.rowsPerMinute + 2)
    }

    @Test func theEndWritesRecentCountsToo() {
        var sample = RowSample<RefusedDelivery>()
        for _ in 0..<RowSample<RefusedDelivery>.rowsPerMinute + 1 { _ = sample.add(refusal(60), at: 0) }
        #expect(sample.take(at: 0, all: true).count == RowSample<RefusedDelivery>.rowsPerMinute + 1)
    }

    @Test func handshakesHaveTheSameBounds() {
        var sample = RowSample<Handshake>()
        let recorded = (0..<RowSample<Handshake>.rowsPerMinute + 2).map { _ in sample.add(handshake(60), at: 0) }
        #expect(recorded.filter { $0 }.count == RowSample<Handshake>.rowsPerMinute && recorded.last == false)
        let all = sample.take(at: 0, all: true)
        #expect(all.count == RowSample<Handshake>.rowsPerMinute + 1 && all.last?.unrecorded == 1)
    }
}
