/// Telephone numbers in values and in free text.
struct PhoneText: Hashable, Sendable {
    /// All digits, of an international number from its country code on.
    let digits: String
    /// Whether the country is known, so that the digits are those of E.164.
    let isInternational: Bool
    /// The digits of the extension, which is another person's telephone behind the same number; empty without one.
    var ext = ""

    /// The number of equal last digits that makes two numbers near misses.
    static let nearLength = 8
    private static let lengths = 7...15
    private static let extLengths = 1...6

    /// Reads a value that is one number and nothing else.
    /// - Parameter country: the two letters of the country (ISO 3166) that a number without its code belongs to.
    init?(_ value: String, country: String?) {
        var text = Substring(value).drop { $0.isWhitespace }
        if text.prefix(4).lowercased() == "tel:" { text = text.dropFirst(4).drop { $0.isWhitespace } }
        let lower = text.lowercased()
        var ext = ""
        for mark in ["ext", "x", ";", "#", ","] {
            guard let found = lower.firstRange(of: mark) else { continue }
            let count = lower.distance(from: lower.startIndex, to: found.lowerBound)
            let digits = lower[found.upperBound...].filter { ("0"..."9").contains($0) }
            guard count >= 7, mark == ";" || Self.extLengths.contains(digits.count) else { break }
            if mark != ";" { ext = String(digits) }
            text = text.prefix(min(count, text.count))
            if text.last == ";" { text = text.dropLast() }
            break
        }
        guard text.unicodeScalars.allSatisfy(Self.isPart) else { return nil }
        guard text.unicodeScalars.dropFirst().allSatisfy({ $0 != "+" }) else { return nil }
        self.init(
            digits: String(text.filter { ("0"..."9").contains($0) }), hasPlus: text.first == "+", country: country)
        self.ext = ext
    }

    private init?(digits: String, hasPlus: Bool, country: String?) {
        if hasPlus || digits.hasPrefix("00") {
            self.digits = String(hasPlus ? digits[...] : digits.dropFirst(2))
            isInternational = true
        } else if let country, let complete = CallingCodes.complete(digits, in: country) {
            self.digits = complete
            isInternational = true
        } else {
            self.digits = digits
            isInternational = false
        }
        guard Self.lengths.contains(self.digits.utf8.count) else { return nil }
    }

    /// The last digits, for near misses.
    var lastDigits: String { String(digits.suffix(Self.nearLength)) }

    /// Whether both are the same number: in E.164 where the countries are known, else digit by digit.
    func isSame(as other: PhoneText) -> Bool { digits == other.digits && ext == other.ext }

    /// Whether they look alike and may be the same or not.
    func isNear(_ other: PhoneText) -> Bool { !isSame(as: other) && lastDigits == other.lastDigits }

    /// A number in a text.
    struct Found {
        /// Its place, counted in scalars.
        let range: Range<Int>
        let phone: PhoneText
    }

    /// The numbers in free text: runs of digits between characters that cannot extend a number.
    static func find(in text: String, country: String?) -> [Found] {
        guard text.utf8.lazy.filter({ (48...57).contains($0) }).count >= lengths.lowerBound else { return [] }
        let scalars = Array(text.unicodeScalars)
        var found: [Found] = []
        var place = 0
        while place < scalars.count {
            guard isDigit(scalars[place]) || scalars[place] == "+" || scalars[place] == "(" else {
                place += 1
                continue
            }
            let run = run(from: place, in: scalars)
            let (ext, end) = ext(after: run.upperBound, in: scalars)
            place = max(end, place + 1)
            guard isBeginning(run.lowerBound, scalars), isEnd(end, scalars), !isDate(scalars[run]) else {
                continue
            }
            let digits = scalars[run].filter(isDigit).map { Character($0) }
            guard
                var phone = PhoneText(digits: String(digits), hasPlus: scalars[run.lowerBound] == "+", country: country)
            else { continue }
            phone.ext = ext
            found.append(Found(range: run.lowerBound..<end, phone: phone))
        }
        return found
    }

    /// The extension behind a number, as in ` ext. 13`, `x13` or `;ext=13`, and where it ends.
    private static func ext(after start: Int, in scalars: [Unicode.Scalar]) -> (digits: String, end: Int) {
        var place = start
        func skip(_ signs: String) {
            while place < scalars.count, signs.unicodeScalars.contains(scalars[place]) { place += 1 }
        }
        skip(" \u{A0};")
        let rest = scalars[place...].prefix(3).map { String($0).lowercased() }.joined()
        guard rest.hasPrefix("x") || rest == "ext" else { return ("", start) }
        place += rest.hasPrefix("x") ? 1 : 3
        skip(" \u{A0}.:=")
        let digits = scalars[place...].prefix { isDigit($0) }
        guard extLengths.contains(digits.count) else { return ("", start) }
        return (digits.map { String($0) }.joined(), digits.endIndex)
    }

    /// Digits with at most two separators between them, from a plus or bracket or digit to the last digit.
    private static func run(from start: Int, in scalars: [Unicode.Scalar]) -> Range<Int> {
        var end = start
        var place = start
        var gap = 0
        while place < scalars.count, gap <= 2 {
            if isDigit(scalars[place]) {
                gap = 0
                end = place + 1
            } else if place == start || isSeparator(scalars[place]) {
                gap += 1
            } else {
                break
            }
            place += 1
        }
        return start..<max(end, start)
    }

    private static func isBeginning(_ place: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard place > 0 else { return true }
        let before = scalars[place - 1]
        return before.properties.isWhitespace || "([{<>\"';:,|".unicodeScalars.contains(before)
    }

    private static func isEnd(_ place: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard place < scalars.count else { return true }
        let after = scalars[place]
        return after.properties.isWhitespace || ")]}<>\"';:,.!?|".unicodeScalars.contains(after)
    }

    /// `2026-01-31`, with or without more behind it.
    private static func isDate(_ run: ArraySlice<Unicode.Scalar>) -> Bool {
        let shape = run.prefix(10).map { isDigit($0) ? "0" : String($0) }.joined()
        return shape == "0000-00-00"
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool { " -.()/\u{A0}".unicodeScalars.contains(scalar) }
    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || isSeparator(scalar) || scalar == "+" || scalar.properties.isWhitespace
    }
}
