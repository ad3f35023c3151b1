import Platform
import Testing

@Suite struct SystemClockTests {
    @Test func sleepTakesAtLeastItsTimeOnTheMonotonicClock() {
        let start = SystemClock.monotonicNanoseconds()
        SystemClock.sleep(milliseconds: 20)
        #expect(SystemClock.monotonicNanoseconds() - start >= 20_000_000)
    }

    /// 2024-01-01 and 2100-01-01: microseconds, not milliseconds or nanoseconds.
    @Test func wallTimeIsInMicroseconds() {
        #expect((1_704_067_200_000_000...4_102_444_800_000_000).contains(SystemClock.wallMicroseconds()))
    }
}
