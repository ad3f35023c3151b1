import CivilTime

extension Timestamp {
    /// This moment as RFC 3339 text in UTC: `2025-12-28T10:00:00.123Z`, with milliseconds, rounded down.
    public var rfc3339: String {
        let clamped = min(max(microseconds, Self.expressible.lowerBound), Self.expressible.upperBound - 1)
        let (date, rest) = CivilDate.of(microseconds: clamped)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func write(_ number: Int64, _ digits: Int, _ mark: Unicode.Scalar) {
            var unit: Int64 = 1
            for _ in 1..<digits { unit *= 10 }
            while unit > 0 {
                text.append(UInt8(48 + number / unit % 10))
                unit /= 10
            }
            text.append(UInt8(ascii: mark))
        }
        write(date.year, 4, "-")
        write(date.month, 2, "-")
        write(date.day, 2, "T")
        write(rest / 3_600_000_000, 2, ":")
        write(rest / 60_000_000 % 60, 2, ":")
        write(rest / 1_000_000 % 60, 2, ".")
        write(rest / 1000 % 1000, 3, "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads RFC 3339 text (section 5.6), also with a space in place of `T`, with an offset like `+0200` or `+02`
    /// and without any offset, which then counts as UTC (WooCommerce's `*_gmt` fields, Printify's `created_at`).
    ///
    /// Fractions finer than a microsecond are cut off; a leap second reads as the second after it.
    /// - Returns: nil for anything else, impossible dates such as February 30 included.
    public init?(rfc3339 text: String) {
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("T") || reader.skip("t") || reader.skip(" "),
            let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), reader.skip(":"),
            let second = reader.number(2), year >= 1, hour <= 23, minute <= 59, second <= 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var fraction: Int64 = 0
        if reader.skip(".") {
            guard let read = reader.microseconds() else { return nil }
            fraction = read
        }
        guard let offset = reader.offsetSeconds(), reader.isAtEnd else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        guard let whole = Timestamp(seconds: seconds) else { return nil }
        self.init(microseconds: whole.microseconds + fraction)
    }
}

/// Reads fixed-width numbers off ASCII text.
private struct DigitReader {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int64? {
        guard position < bytes.count, (48...57).contains(bytes[position]) else { return nil }
        position += 1
        return Int64(bytes[position - 1] - 48)
    }

    mutating func number(_ width: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<width {
            guard let next = digit() else { return nil }
            value = value * 10 + next
        }
        return value
    }

    mutating func microseconds() -> Int64? {
        guard var value = digit() else { return nil }
        var digits = 1
        while let next = digit() {
            if digits < 6 { value = value * 10 + next }
            digits += 1
        }
        while digits < 6 {
            value *= 10
            digits += 1
        }
        return value
    }

    mutating func offsetSeconds() -> Int64? {
        if isAtEnd || skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours <= 23 else { return nil }
        if isAtEnd { return sign * hours * 3600 }
        _ = skip(":")
        guard let minutes = number(2), minutes <= 59 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
