public import Platform
public import Webhooks

extension SystemClock {
    /// The time of day, as all values above the wrappers have it.
    public static var now: Timestamp { Timestamp(microseconds: wallMicroseconds()) }
}
