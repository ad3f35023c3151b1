/// A moment in time, in microseconds since 1970-01-01T00:00:00Z (Postgres keeps no finer ones).
///
/// A pure value: the layers that use it cannot read the clock; `now` is always a parameter.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before that.
    public var microseconds: Int64

    /// The moment `microseconds` after 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The moment `seconds` after 1970-01-01T00:00:00Z.
    /// - Returns: nil when the result lies outside the years 0001 to 9999, the range that every part of the system
    ///   (RFC 3339 text, Postgres, JSON clients) can express.
    public init?(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow, Self.expressible.contains(product) else { return nil }
        microseconds = product
    }

    /// The moment `milliseconds` after 1970-01-01T00:00:00Z.
    /// - Returns: nil outside the years 0001 to 9999.
    public init?(milliseconds: Int64) {
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
        guard !overflow, Self.expressible.contains(product) else { return nil }
        microseconds = product
    }

    /// 0001-01-01T00:00:00Z up to and without 10000-01-01T00:00:00Z.
    static let expressible: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// This moment moved by `seconds` (may be negative), saturating at the range of `Int64`.
    public func advanced(bySeconds seconds: Int64) -> Timestamp {
        let (delta, tooFar) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflow) = microseconds.addingReportingOverflow(delta)
        if tooFar || overflow { return Timestamp(microseconds: seconds < 0 ? .min : .max) }
        return Timestamp(microseconds: sum)
    }

    /// Earlier before later.
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }
}
