internal import Glibc
internal import Platform

/// Prints a line at once, whoever reads it.
public func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// What made a run impossible.
public struct RunFailure: Error, CustomStringConvertible {
    /// For people.
    public let description: String

    /// - Parameter description: for people.
    public init(_ description: String) { self.description = description }
}

/// Microseconds of a clock that never goes back; every time of a run is of it.
public func instant() -> Int64 { SystemClock.monotonicNanoseconds() / 1000 }

/// Polls until it is so.
/// - Returns: false when the time is over.
public func eventually(withinSeconds limit: Double, _ isTrue: () throws -> Bool) rethrows -> Bool {
    let end = instant() + Int64(limit * 1_000_000)
    while true {
        if try isTrue() { return true }
        if instant() >= end { return false }
        SystemClock.sleep(milliseconds: 20)
    }
}
