import Crypto
import JSON
import Webhooks

/// The values of `{id}`, `{seconds}` and so on in one sample.
struct FreshValues {
    private let texts: [(name: String, text: String)]
    private static let numbers: Set<String> = ["{number}", "{seconds}", "{milliseconds}"]

    init(now: Timestamp) {
        let random = Random.bytes(8)
        // A number of 16 digits without a leading 0: such ids exist, and do not fit doubles.
        let digits = String(1_000_000_000_000_000 + random.reduce(0) { ($0 &* 31 &+ UInt64($1)) % 8_999_999_999 })
        let milliseconds = now.microseconds / 1000
        texts = [
            ("{id}", Hex.encode(random)), ("{digits}", digits), ("{number}", digits), ("{seconds}", "\(now.seconds)"),
            ("{milliseconds}", "\(milliseconds)"), ("{rfc3339}", now.rfc3339),
            ("{gmt}", String(now.rfc3339.prefix(19))),
        ]
    }

    /// The template with every placeholder filled in.
    func filled(_ template: JSONValue) -> JSONValue {
        switch template {
        case .string(let text):
            let filled = texts.reduce(text) { $0.replacing($1.name, with: $1.text) }
            guard Self.numbers.contains(text), let number = JSONNumber(literal: filled) else { return .string(filled) }
            return .number(number)
        case .array(let elements): return .array(elements.map(filled))
        case .object(let object):
            return .object(object.members.reduce(into: JSONObject()) { $0[$1.key] = filled($1.value) })
        default: return template
        }
    }
}
