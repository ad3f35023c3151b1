import JSON
import Webhooks

/// The forms in which the ledger keeps fields. Each is nil for a value that does not fit, so that no SQL statement can
/// fail on one; the bounds keep indexed columns below what a Postgres index takes (2,704 bytes).
extension JSONValue {
    /// An id, from a string or from a number's literal text: 1 to 255 bytes.
    var asIdentifier: JSONValue? { identifierText.map(JSONValue.string) }

    /// The text of `asIdentifier`.
    var identifierText: String? {
        guard let text = identifier?.storable, text.utf8.count <= 255 else { return nil }
        return text
    }

    /// Text of at most 1,024 bytes.
    var asText: JSONValue? { text(limit: 1024) }

    /// Text of at most 4,096 bytes: addresses, URLs.
    var asLongText: JSONValue? { text(limit: 4096) }

    /// An amount of money that is not negative, as its literal text: from a number, or from a string that holds one.
    /// At most 30 digits before and 10 after the point.
    var asMoney: JSONValue? {
        let number: JSONNumber? =
            switch self {
            case .number(let number): number
            case .string(let text): JSONNumber(literal: text)
            default: nil
            }
        guard let number, number.text.utf8.first != UInt8(ascii: "-"), number.fits(whole: 30, fraction: 10) else {
            return nil
        }
        return .string(number.text)
    }

    /// A whole number from 0 to 2,147,483,647.
    var asQuantity: JSONValue? {
        guard let number = integer, (0...Int64(Int32.max)).contains(number) else { return nil }
        return .number(JSONNumber(number))
    }

    /// RFC 3339 text of a time in seconds since 1970.
    var asMoment: JSONValue? { secondsMoment.map { .string($0.rfc3339) } }

    /// The moment of a time in seconds since 1970, not before it and not after the year 9999.
    var secondsMoment: Timestamp? {
        guard let seconds = integer, seconds >= 0 else { return nil }
        return Timestamp(seconds: seconds)
    }

    private func text(limit: Int) -> JSONValue? {
        // Replacing U+0000 makes text longer: the limit is of what is kept.
        guard let text = string?.storable, text.utf8.count <= limit else { return nil }
        return .string(text)
    }
}
