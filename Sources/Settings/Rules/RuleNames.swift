import Crypto
import JSON

/// Names rules that were given none. A name stands in the keys of effects, so it must not change when other rules come,
/// go or move: it is made of the rule's condition alone.
struct RuleNames {
    private var count: [String: Int] = [:]

    /// `rule-` and the beginning of the condition's hash; with `-2` for the second rule of the same condition.
    ///
    /// What a rule says with `becomes`, `changed` and `event.verified` counts where it says it, so that rules from before
    /// keep their names. How often its effects happen is no part of it.
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

// What these say is in the ledger of every installation: it must never change.
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
