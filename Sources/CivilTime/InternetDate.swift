extension CivilDate {
    /// A moment as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7, IMF-fixdate), or with another name of the zone UTC
    /// as in mail (RFC 5322 section 3.3).
    /// - Parameter microseconds: since 1970-01-01T00:00:00Z.
    public static func internetDate(microseconds: Int64, zone: String = "GMT") -> String {
        let (date, rest) = of(microseconds: microseconds)
        let seconds = rest / 1_000_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was a Thursday.
        let day = days[Int((date.daysSince1970 % 7 + 7) % 7)]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(two).joined(separator: ":")
        return "\(day), \(two(date.day)) \(months[Int(date.month) - 1]) \(date.year) \(time) \(zone)"
    }
}
