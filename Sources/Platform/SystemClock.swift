import Glibc

/// The two clocks of the machine (clock_gettime(2)). Pure layers do not call this: they are given `now`.
public enum SystemClock {
    /// Wall-clock time: microseconds since 1970-01-01T00:00:00Z. It jumps when the machine's clock is set.
    public static func wallMicroseconds() -> Int64 {
        let now = read(CLOCK_REALTIME)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
    }

    /// Nanoseconds since an arbitrary point; it never goes back. For deadlines and durations.
    public static func monotonicNanoseconds() -> Int64 {
        let now = read(CLOCK_MONOTONIC)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    /// Blocks the calling thread for at least the given time; signals do not shorten it (nanosleep(2)).
    public static func sleep(milliseconds: Int) { sleep(microseconds: milliseconds * 1_000) }

    /// The same, more finely.
    public static func sleep(microseconds: Int) {
        guard microseconds > 0 else { return }
        var left = timespec(tv_sec: microseconds / 1_000_000, tv_nsec: microseconds % 1_000_000 * 1_000)
        var remaining = timespec()
        while nanosleep(&left, &remaining) == -1, errno == EINTR { left = remaining }
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var now = timespec()
        clock_gettime(clock, &now)
        return now
    }
}
