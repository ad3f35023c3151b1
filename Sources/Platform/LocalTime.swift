internal import Glibc

/// Times for people (localtime_r(3), gmtime_r(3)), in the time zone of the process (`TZ`, else /etc/localtime) or in UTC.
public enum LocalTime {
    /// - Parameters:
    ///   - microseconds: since 1970-01-01T00:00:00Z.
    ///   - isUTC: the time in UTC, with a `Z` behind it.
    /// - Returns: `2026-01-31 08:00:00`, cut off to the second.
    public static func text(microseconds: Int64, isUTC: Bool = false) -> String {
        var seconds = time_t(microseconds / 1_000_000 - (microseconds % 1_000_000 < 0 ? 1 : 0))
        var fields = tm()
        _ = isUTC ? gmtime_r(&seconds, &fields) : localtime_r(&seconds, &fields)
        func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
        let year = String(Int(fields.tm_year) + 1900)
        let date =
            String(repeating: "0", count: max(0, 4 - year.count)) + year + "-" + two(fields.tm_mon + 1) + "-"
            + two(fields.tm_mday)
        return date + " " + two(fields.tm_hour) + ":" + two(fields.tm_min) + ":" + two(fields.tm_sec)
            + (isUTC ? "Z" : "")
    }
}
