internal import CPlatform
import Glibc

/// The kernel's knowledge of how right the wall clock is.
public enum ClockAccuracy: Sendable, Hashable {
    /// A time service keeps the clock (chrony, ntpd, systemd-timesyncd): the clock is wrong by no more than this many
    /// microseconds, as the service estimates.
    case within(microseconds: Int64)
    /// No time service keeps the clock.
    case unsynchronized
    /// The kernel does not say (no such call in this sandbox).
    case unknown

    /// Asks the kernel and changes nothing (adjtimex(2) with no modes set).
    public static func read() -> ClockAccuracy {
        var state = timex()
        let result = adjtimex(&state)
        if result < 0 { return .unknown }
        let isUnsynchronized = result == TIME_ERROR || state.status & Int32(STA_UNSYNC) != 0
        return isUnsynchronized ? .unsynchronized : .within(microseconds: Int64(state.maxerror))
    }
}
