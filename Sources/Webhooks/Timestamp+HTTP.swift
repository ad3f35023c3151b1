extension Timestamp {
    /// Reads a time in any of the three forms of RFC 9110 section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`,
    /// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
    ///
    /// - Parameter now: decides the century of the second form: the result is at most 50 years after it. Without it the
    ///   years 70 to 99 are of the last century.
    /// - Returns: nil for other forms.
    public init?(http text: some StringProtocol, now: Timestamp? = nil) {
        let parts = text.split(separator: " ")
        let short = Self.dayNames.map { String($0.prefix(3)) }
        if parts.count == 4, let day = parts[0].split(separator: ",", omittingEmptySubsequences: false).first,
            Self.dayNames.contains(String(day)), parts[0].count == day.count + 1
        {
            guard parts[3] == "GMT" else { return nil }
            let date = parts[1].split(separator: "-")
            guard date.count == 3, let year = Int(date[2]), date[2].utf8.count == 2 else { return nil }
            let form = { (century: Int) in
                Timestamp(rfc2822: "\(day.prefix(3)), \(date[0]) \(date[1]) \(century + year) \(parts[2]) \(parts[3])")
            }
            guard let then = form(2000) else { return nil }
            let fiftyYears: Int64 = 50 * 31_556_952
            let isPast = now.map { then.seconds - $0.seconds > fiftyYears } ?? (year >= 70)
            guard let result = isPast ? form(1900) : then else { return nil }
            self = result
        } else if parts.count == 5, short.contains(String(parts[0])) {
            self.init(rfc2822: "\(parts[0]), \(parts[2]) \(parts[1]) \(parts[4]) \(parts[3]) GMT")
        } else {
            guard let day = parts.first, short.contains(String(day.dropLast())), parts.last == "GMT" else { return nil }
            self.init(rfc2822: text)
        }
    }

    private static let dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
