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
