import Webhooks

/// How much a body may hold that has to be read before its signature is known: whoever sends it has proven nothing yet. What
/// verified is never refused for its shape.
///
/// The largest of our samples has 40 fields in a form and 700 values in JSON.
enum ShapeLimits {
    /// Fields of a form.
    static let formFields = 1_000
    /// Values in a JSON text, counted by what parts them.
    static let jsonValues = 20_000

    /// Whether a JSON text has more values than are read before the signature is known: brackets, colons and commas
    /// outside its strings. One pass, without memory of its own.
    static func exceedsJSON(_ body: [UInt8]) -> Bool {
        let span = body.span
        // Each takes a byte.
        guard span.count > jsonValues else { return false }
        var (count, position) = (0, 0)
        while position < span.count {
            switch span[position] {
            case UInt8(ascii: "\""):
                position += 1
                while position < span.count, span[position] != UInt8(ascii: "\"") {
                    position += span[position] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "["):
                count += 1
                if count > jsonValues { return true }
            default: break
            }
            position += 1
        }
        return false
    }

    static func refusal(_ what: String, _ limit: Int) -> Refusal {
        Refusal(.invalidPayload, "the body has more than \(limit) \(what), which must be read to check its signature")
    }
}
