import Ledger
import Testing

@testable import Responder

/// The count of failures decides when a body itself is the reason.
@Suite struct FailedDeliveriesTests {
    private let failures = FailedDeliveries()

    private func key(_ number: Int) -> ConflictKey {
        .event(source: "shop", key: [UInt8(number & 255), UInt8(number >> 8)])
    }

    private func failing(_ number: Int, times: Int) -> [Bool] { (0..<times).map { _ in failures.failed(key(number)) } }

    @Test func itTakesFiveFailuresAndAnotherDeliveryThatIsRecorded() {
        #expect(failing(1, times: 7) == [Bool](repeating: false, count: 7))
        failures.recorded(key(2))
        #expect(failing(1, times: 1) == [true])
        #expect(failing(3, times: 1) == [false])
        failures.recorded(key(4))
        #expect(failing(3, times: 4) == [false, false, false, true])
    }

    @Test func oneThatIsRecordedBeginsAgain() {
        _ = failing(1, times: 4)
        failures.recorded(key(1))
        failures.recorded(key(2))
        #expect(failing(1, times: 4) == [Bool](repeating: false, count: 4))
    }

    /// Of more than it remembers, those that failed last count.
    @Test func itsMemoryIsBounded() {
        _ = failing(0, times: 4)
        for number in 1...1000 { _ = failing(number, times: 1) }
        failures.recorded(key(5000))
        #expect(failing(0, times: 1) == [false])
        #expect(failing(1000, times: 4) == [false, false, false, true])
    }
}
