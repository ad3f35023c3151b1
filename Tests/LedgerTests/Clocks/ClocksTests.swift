import Ledger
import Platform
import Testing
import Webhooks

/// Which clocks agree, and what is the earliest time. Each case is a row of docs/RELIABILITY.md, Clocks.
@Suite struct ClocksTests {
    private static let day: Int64 = 86_400

    private func clocks(
        own: Int64 = 0, accuracy: ClockAccuracy = .unsynchronized, database: Int64 = 0, responder: Int64? = 0
    ) -> Clocks {
        func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: (1_800_000_000 + seconds) * 1_000_000) }
        return Clocks(
            own: time(own), accuracy: accuracy, database: time(database), responder: responder.map(time))
    }

    @Test(arguments: [0, 60, -60]) func clocksWithinAMinuteAgree(_ seconds: Int64) {
        #expect(clocks(own: seconds).disagreement == nil)
        #expect(clocks(database: seconds).disagreement == nil)
        #expect(clocks(responder: seconds).disagreement == nil)
    }

    @Test(arguments: [61, -61, 3600, -3600, 120 * day, -120 * day]) func anyOneClockThatDiffersIsNamed(_ seconds: Int64)
    {
        for one in [clocks(own: seconds), clocks(database: seconds), clocks(responder: seconds)] {
            #expect(one.disagreement?.contains("2027-01-15T08:00:00") == true)
            #expect(one.earliest == (seconds < 0 ? clocks(own: seconds).earliest : clocks().earliest))
        }
    }

    @Test func aResponderThatHasNeverReportedIsNotAsked() {
        #expect(clocks(responder: nil).disagreement == nil)
        #expect(clocks(responder: nil).readings.count == 2)
    }

    /// A clock that its time service keeps within two minutes may be wrong by more than one.
    @Test func theTimeServiceTellsHowWrongTheClockMayBe() {
        #expect(clocks(accuracy: .within(microseconds: 20_000)).disagreement == nil)
        #expect(clocks(accuracy: .within(microseconds: 120_000_000)).disagreement != nil)
        #expect(
            clocks(accuracy: .within(microseconds: 20_000)).earliest.microseconds + 20_000
                == clocks().earliest.microseconds)
        for unknown in [ClockAccuracy.unknown, .unsynchronized] {
            #expect(clocks(accuracy: unknown).readings.count == 3)
        }
    }
}
