import CivilTime

/// timestamptz between microseconds since 1970 and the two forms of Postgres.
enum Timestamp {
    /// 2000-01-01T00:00:00Z, where Postgres counts from, in microseconds since 1970.
    private static let postgresEpoch: Int64 = 946_684_800_000_000
    /// 4714-11-24 BC, the first instant of timestamptz (8.5 in the manual); its last is beyond what Int64 counts.
    private static let first: Int64 = -210_866_803_200_000_000

    /// The binary form: microseconds since 2000, the two extremes are the infinities.
    static func binary(_ microseconds: Int64) throws(PostgresError) -> Int64 {
        if microseconds == .max || microseconds == .min { return microseconds }
        try check(microseconds)
        return microseconds - postgresEpoch
    }

    /// Of the binary form.
    static func microseconds(_ binary: Int64) -> Int64 {
        if binary == .max || binary == .min { return binary }
        let (sum, overflow) = binary.addingReportingOverflow(postgresEpoch)
        return overflow ? .max : sum
    }

    /// The ISO form in UTC, for instance `2024-02-29 23:59:59.000001+00`.
    static func text(_ microseconds: Int64) throws(PostgresError) -> String {
        if microseconds == .max { return "infinity" }
        if microseconds == .min { return "-infinity" }
        try check(microseconds)
        let (date, rest) = CivilDate.of(microseconds: microseconds)
        let seconds = rest / 1_000_000
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { pad($0, 2) }.joined(separator: ":")
        // There is no year 0: 1 BC is followed by 1 AD.
        let year = pad(date.year > 0 ? date.year : 1 - date.year, 4)
        let fraction = pad(rest % 1_000_000, 6)
        return "\(year)-\(pad(date.month, 2))-\(pad(date.day, 2)) \(time).\(fraction)+00" + (date.year > 0 ? "" : " BC")
    }

    /// Reads the ISO form with any offset; nil when it is none.
    static func parse(_ text: String) -> Int64? {
        if text == "infinity" { return .max }
        if text == "-infinity" { return .min }
        var scan = Scanner(text.utf8)
        guard let year = scan.number(), scan.skip("-"), let month = scan.number(), scan.skip("-"),
            let dayOfMonth = scan.number(), scan.skip(" "), let hour = scan.number(), scan.skip(":"),
            let minute = scan.number(), scan.skip(":"), let second = scan.number()
        else { return nil }
        let micros = scan.skip(".") ? scan.fraction() : 0
        var offset: Int64 = 0
        let east = scan.skip("+")
        guard east || scan.skip("-"), let hours = scan.number() else { return nil }
        offset = hours * 3600
        if scan.skip(":") { offset += (scan.number() ?? 0) * 60 }
        if scan.skip(":") { offset += scan.number() ?? 0 }
        let beforeChrist = scan.skip(" ") && scan.skip("B") && scan.skip("C")
        guard scan.atEnd,
            let date = CivilDate(year: beforeChrist ? 1 - year : year, month: month, day: dayOfMonth)
        else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - (east ? offset : -offset)
        let (value, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflowToo) = value.addingReportingOverflow(micros)
        return overflow || overflowToo ? nil : sum
    }

    private static func check(_ microseconds: Int64) throws(PostgresError) {
        guard microseconds >= first else {
            throw PostgresError(
                state: .datetimeFieldOverflow, message: "a time is outside the range of timestamptz")
        }
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
