import Crypto
import JSON

/// Names rules without a name. A name is part of the keys of effects, so it must not change when rules are added, go or
/// move: it is made of the rule's condition alone.
struct RuleNames {
    private var count: [String: Int] = [:]

    /// `rule-` and the beginning of the condition's hash; with `-2` for the second rule of the same condition.
    ///
    /// `becomes`, `changed` and `event.verified` are included only if present, so that older rules keep their names.
    /// `once` is not included.
    mutating func name(
        of conditions: [Condition], becomes: [Condition] = [], changed: [FieldPath] = [],
        verification: Rule.Verification = .standard
    ) -> String {
        var lines = conditions.map(\.canonical).sorted()
        lines += becomes.map { "becomes " + $0.canonical }.sorted()
        lines += changed.map { "changed \($0)" }.sorted()
        if verification != .standard { lines.append("event.verified \(verification.rawValue)") }
        let text = lines.joined(separator: "\n")
        let name = "rule-" + Hex.encode(Array(Digest.sha256.hash(Array(text.utf8)).prefix(3)))
        count[name, default: 0] += 1
        let place = count[name, default: 1]
        return place == 1 ? name : "\(name)-\(place)"
    }
}

// These texts are in the ledger of every installation: they must never change.
extension Condition {
    /// The same text for the same condition, in whatever order its tests and values are written.
    fileprivate var canonical: String {
        ([path.description] + tests.map(\.canonical).sorted()).joined(separator: " ")
    }
}

extension Condition.Test {
    fileprivate var canonical: String {
        switch self {
        case .anyOf(let operands): "in" + Self.list(operands)
        case .noneOf(let operands): "ne" + Self.list(operands)
        case .number(let comparison, let number): "\(comparison.rawValue) \(number.canonical)"
        case .prefix(let text): "prefix " + JSONValue.string(text).text
        case .exists(let exists): "exists \(exists)"
        }
    }

    private static func list(_ operands: [Operand]) -> String {
        "[" + operands.map(\.canonical).sorted().joined(separator: ",") + "]"
    }
}

extension Operand {
    fileprivate var canonical: String {
        switch self {
        case .text(let text): JSONValue.string(text).text
        case .number(_, let literal): literal
        case .bool(let bool): "\(bool)"
        case .null: "null"
        }
    }
}
