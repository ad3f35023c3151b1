import JSON
import Webhooks

/// The forms of the ledger's fields. Each is nil for a value that does not fit, so that no SQL statement can fail on
/// one. The limits keep indexed columns below the size limit of a Postgres index (2,704 bytes).
extension JSONValue {
    /// The most bytes of the forms of text, and the most digits of an amount before the point and behind it.
    static let mostIdentifier = 255
    static let mostText = 1024
    static let mostLongText = 4096
    static let mostProse = 65_536
    static let mostDigits = 30

    /// An id, from a string or from a number's literal text: 1 to 255 bytes, without control characters, line ends and
    /// U+FFFD, to which the reader turns half of a surrogate pair: else two ids of a sender might be one here.
    var asIdentifier: JSONValue? { identifierText.map(JSONValue.string) }

    /// The text of `asIdentifier`.
    var identifierText: String? {
        guard let text = plainIdentifier, text.utf8.count <= Self.mostIdentifier,
            text.utf8.span.isPrintableASCII || text.unicodeScalars.allSatisfy(\.isOfAnID)
        else { return nil }
        return text
    }

    /// An id like `identifier`; a number without a zero fraction: `727000` for `727000.0`.
    var plainIdentifier: String? {
        guard case .number(let number) = self, number.integer == nil, let plain = number.plain,
            !plain.text.contains(".")
        else { return identifier }
        return plain.text
    }

    /// Text of at most 1,024 bytes.
    var asText: JSONValue? { text(limit: Self.mostText) }

    /// Text as `asText`, or null for an empty one: some senders write "" for a missing value.
    var asWords: JSONValue? { string?.isEmpty == true ? .null : asText }

    /// Text as `asText`, from a number or a truth value too.
    var asLooseText: JSONValue? {
        switch self {
        case .number(let number): JSONValue.string(number.text).asText
        case .bool(let truth): .string(truth ? "true" : "false")
        default: asText
        }
    }

    /// Text of at most 4,096 bytes: addresses, URLs.
    var asLongText: JSONValue? { text(limit: Self.mostLongText) }

    /// Text of at most 65,536 bytes: descriptions, comments.
    var asProse: JSONValue? { text(limit: Self.mostProse) }

    /// An amount of money that is not negative, as its literal text: from a number, or from a string that holds one. At
    /// most 30 digits before and 30 after the point. Null for an empty text, which clears the amount.
    var asMoney: JSONValue? {
        asAmount.flatMap { $0.string?.utf8.first == UInt8(ascii: "-") ? nil : $0 }
    }

    /// An amount of money as `asMoney`, negative ones too.
    var asAmount: JSONValue? {
        if string?.isEmpty == true { return .null }
        guard let number = literalNumber, number.fits(whole: Self.mostDigits, fraction: Self.mostDigits) else {
            return nil
        }
        return .string(number.text)
    }

    /// An amount of money as `asAmount`, also as people write it: `1,299.00`, `1.299,00`, `99,90`. A single comma
    /// before three digits is ambiguous and is not read.
    var asWrittenAmount: JSONValue? {
        asAmount ?? string.flatMap(WrittenAmount.literal).flatMap { JSONValue.string($0).asAmount }
    }

    /// A number from 0 to 2,147,483,647, with a fraction or without: `2` for `2.0` and for `"2.0000"`. Null for an
    /// empty text.
    var asQuantity: JSONValue? {
        count.flatMap { $0 != .null && $0.identifier?.utf8.first == UInt8(ascii: "-") ? nil : $0 }
    }

    /// A number as `asQuantity`; stock may be negative.
    var asStock: JSONValue? { count }

    /// The elements of a list: an array, or an object whose keys are numbers, as PHP writes an array that lost an
    /// element.
    var list: [JSONValue]? {
        switch self {
        case .array(let elements): return elements
        case .object(let object):
            let isList = object.members.allSatisfy { member in
                !member.key.isEmpty && member.key.utf8.allSatisfy { (48...57).contains($0) }
            }
            return isList && !object.isEmpty ? object.members.map(\.value) : nil
        default: return nil
        }
    }

    /// RFC 3339 text of a time in seconds since 1970.
    var asMoment: JSONValue? { secondsMoment.map { .string($0.rfc3339) } }

    /// RFC 3339 text of a time in any form that `moment` reads.
    /// Null for an empty text.
    var asDate: JSONValue? { string?.isEmpty == true ? .null : moment.map { .string($0.rfc3339) } }

    /// The moment of a time, as RFC 3339 text (without an offset: UTC), a date, or seconds or milliseconds since 1970.
    ///
    /// 100,000,000,000 and more are milliseconds: as seconds they would lie beyond the year 5000.
    var moment: Timestamp? {
        if let number = integer {
            guard number >= 0 else { return nil }
            return number < 100_000_000_000 ? Timestamp(seconds: number) : Timestamp(milliseconds: number)
        }
        return string.flatMap { Timestamp(rfc3339: $0) ?? Timestamp(rfc3339: $0 + "T00:00:00Z") }
    }

    /// The moment of a time in seconds since 1970, not before it and not after the year 9999.
    var secondsMoment: Timestamp? {
        guard let seconds = integer, seconds >= 0 else { return nil }
        return Timestamp(seconds: seconds)
    }

    /// `true` or `false`.
    var asTruth: JSONValue? { bool == nil ? nil : self }

    /// A number, or the text of one.
    private var literalNumber: JSONNumber? {
        switch self {
        case .number(let number): number
        case .string(let text): JSONNumber(literal: text)
        default: nil
        }
    }

    private var count: JSONValue? {
        if string?.isEmpty == true { return .null }
        guard let plain = literalNumber?.plain else { return nil }
        guard let whole = plain.integer ?? Int64(plain.text.prefix { $0 != "." }),
            (Int64(Int32.min)...Int64(Int32.max)).contains(whole)
        else { return nil }
        return .number(plain)
    }

    private func text(limit: Int) -> JSONValue? {
        // Replacing U+0000 makes text longer: the limit applies to the stored text.
        guard let text = string?.storable, text.utf8.count <= limit else { return nil }
        return .string(text)
    }
}

extension Unicode.Scalar {
    fileprivate var isOfAnID: Bool {
        if (0x20..<0x7F).contains(value) { return true }
        return switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: self != "\u{FFFD}"
        }
    }
}
