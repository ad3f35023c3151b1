import Ledger
import Testing

@testable import Responder

/// What the workers ask without a lock is what the failures say.
@Suite struct FailureMemoryTests {
    private let memory = FailureMemory()

    private let one = ConflictKey.event(source: "shop", key: [1])
    private let other = ConflictKey.event(source: "shop", key: [2])

    @Test func aDeliveryIsSuspectFromItsFailureUntilItIsRecorded() {
        #expect(!memory.isSuspect(one))
        #expect(!memory.failed(one, wasTried: true))
        #expect(memory.isSuspect(one) && !memory.isSuspect(other))
        memory.recorded([other])
        #expect(memory.isSuspect(one))
        memory.recorded([one])
        #expect(!memory.isSuspect(one))
        // After all were forgotten, the next one is known again.
        #expect(!memory.failed(other, wasTried: true))
        #expect(memory.isSuspect(other))
    }

    @Test func oneThatOnlyWaitedIsNot() {
        #expect(!memory.failed(one, wasTried: false))
        #expect(!memory.isSuspect(one))
    }
}
