import Ledger
import Testing

/// The count of failures decides when a body itself is the reason.
@Suite struct FailedDeliveriesTests {
    private var failures = FailedDeliveries()

    private func key(_ number: Int) -> ConflictKey {
        .event(source: "shop", key: [UInt8(number & 255), UInt8(number >> 8)])
    }

    private mutating func failing(_ number: Int, times: Int, wasTried: Bool = true) -> [Bool] {
        var ends: [Bool] = []
        for _ in 0..<times { ends.append(failures.failed(key(number), wasTried: wasTried)) }
        return ends
    }

    @Test mutating func itTakesFiveFailuresAndAnotherDeliveryThatIsRecorded() {
        #expect(failing(1, times: 7) == [Bool](repeating: false, count: 7))
        failures.recorded(key(2))
        #expect(failing(1, times: 1) == [true])
        #expect(failing(3, times: 1) == [false])
        failures.recorded(key(4))
        #expect(failing(3, times: 4) == [false, false, false, true])
    }

    @Test mutating func oneThatIsRecordedBeginsAgain() {
        _ = failing(1, times: 4)
        failures.recorded(key(1))
        failures.recorded(key(2))
        #expect(failing(1, times: 4) == [Bool](repeating: false, count: 4))
    }

    /// Of more than it remembers, those that failed last count.
    @Test mutating func itsMemoryIsBounded() {
        _ = failing(0, times: 4)
        for number in 1...1000 { _ = failing(number, times: 1) }
        failures.recorded(key(5000))
        #expect(failing(0, times: 1) == [false])
        #expect(failing(1000, times: 4) == [false, false, false, true])
    }

    /// Only what Postgres was asked to record can have been the reason.
    @Test mutating func oneThatOnlyWaitedIsNoSuspect() {
        _ = failing(1, times: 3, wasTried: false)
        #expect(!failures.isSuspect(key(1)))
        _ = failing(1, times: 1)
        _ = failing(1, times: 1, wasTried: false)
        #expect(failures.isSuspect(key(1)) && !failures.isSuspect(key(2)))
        failures.recorded(key(1))
        #expect(!failures.isSuspect(key(1)))
    }
}
