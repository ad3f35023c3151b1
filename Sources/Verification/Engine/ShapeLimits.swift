import Webhooks

/// The limits of a body that must be parsed before verification, because its sender has proven nothing yet. A verified
/// body is never refused for its shape.
///
/// The largest of our samples has 40 fields in a form and 700 values in JSON.
enum ShapeLimits {
    /// Fields of a form.
    static let formFields = 1_000
    /// Values in a JSON text, counted by their separators.
    static let jsonValues = 15_000
    /// Escapes in its strings that cost as much to read as a value. A message of Amazon SNS, of 256 KiB at most, that
    /// holds JSON stays below the limit unless every fourth byte is escaped.
    private static let escapesOfValue = 4

    /// Whether a JSON text exceeds the limits of values (brackets, colons and commas outside its strings) or escapes.
    /// One pass, without allocating memory.
    static func exceedsJSON(_ body: [UInt8]) -> Bool {
        let span = body.span
        // Each takes a byte.
        guard span.count > jsonValues else { return false }
        var (rest, position) = (jsonValues * escapesOfValue, 0)
        while position < span.count {
            switch span[position] {
            case UInt8(ascii: "\""):
                position += 1
                while position < span.count, span[position] != UInt8(ascii: "\"") {
                    if span[position] == UInt8(ascii: "\\") {
                        rest -= 1
                        if rest < 0 { return true }
                        position += 1
                    }
                    position += 1
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "["):
                rest -= escapesOfValue
                if rest < 0 { return true }
            default: break
            }
            position += 1
        }
        return false
    }

    /// Of a JSON text.
    static var tooComplex: Refusal { refusal("values (\(escapesOfValue) escapes count as one)", jsonValues) }

    static func refusal(_ what: String, _ limit: Int) -> Refusal {
        Refusal(.invalidPayload, "the body has more than \(limit) \(what), which must be read to check its signature")
    }
}
