import Platform

/// The seconds that a test waits for what must come to pass. A busy machine stays below them, so that only a fault
/// reaches them.
package let patience: Double = 300

/// Polls until it is so.
/// - Parameter limit: seconds.
/// - Returns: false when it did not come to pass in that time.
package func eventually(withinSeconds limit: Double = patience, _ isTrue: () throws -> Bool) rethrows -> Bool {
    let end = SystemClock.monotonicNanoseconds() + Int64(limit * 1e9)
    while true {
        if try isTrue() { return true }
        if SystemClock.monotonicNanoseconds() >= end { return false }
        SystemClock.sleep(milliseconds: 20)
    }
}
