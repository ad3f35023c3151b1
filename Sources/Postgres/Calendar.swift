// The proleptic Gregorian calendar, counted in days since 1970-01-01. Years run from March, so that the leap day is
// the last of its year and months before it all have fixed lengths; 400 years are 146097 days.

func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

/// Days from 1970-01-01 to a date; year 0 is 1 BC.
func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let marchYear = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let leapDays = floorDivide(marchYear, 4) - floorDivide(marchYear, 100) + floorDivide(marchYear, 400)
    return marchYear * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 1 - 719_468
}

/// The date that many days from 1970-01-01; year 0 is 1 BC.
func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let cycle = floorDivide(shifted, 146_097)
    let inCycle = shifted - cycle * 146_097
    // Leave out the leap days that have passed within the cycle; what remains are years of 365 days.
    let yearInCycle = (inCycle - inCycle / 1_460 + inCycle / 36_524 - inCycle / 146_096) / 365
    let inYear = inCycle - (yearInCycle * 365 + yearInCycle / 4 - yearInCycle / 100)
    let monthFromMarch = (inYear * 5 + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = cycle * 400 + yearInCycle + (month <= 2 ? 1 : 0)
    return (year, month, inYear - (monthFromMarch * 153 + 2) / 5 + 1)
}

/// Reads digits and separators off the front of ASCII text.
struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String.UTF8View) { rest = text[...] }

    var atEnd: Bool { rest.isEmpty }

    /// Up to nine digits; nil when there is none.
    mutating func number() -> Int64? {
        var value: Int64?
        var digits = 0
        while digits < 9, let byte = rest.first, (48...57).contains(byte) {
            value = (value ?? 0) * 10 + Int64(byte - 48)
            rest.removeFirst()
            digits += 1
        }
        return value
    }

    /// The digits after a decimal point as microseconds.
    mutating func fraction() -> Int64 {
        let before = rest.count
        let value = number() ?? 0
        var scale = before - rest.count
        var result = value
        while scale < 6 {
            result *= 10
            scale += 1
        }
        return result
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == character.value else { return false }
        rest.removeFirst()
        return true
    }
}
