import JSON
import Settings

extension Condition.Test {
    /// Whether a value passes; nil if it cannot be compared this way. A field that was cleared (null) is
    /// comparable: it equals only null, is not a number and has no prefix.
    func holds(for value: JSONValue) -> Bool? {
        switch self {
        case .exists(let wanted):
            return (value != .null) == wanted
        case .anyOf(let operands):
            return value.isContainer ? nil : operands.contains { $0.equals(value) }
        case .noneOf(let operands):
            return value.isContainer ? nil : !operands.contains { $0.equals(value) }
        case .prefix(let prefix):
            if value == .null { return false }
            return value.scalarText.map { $0.utf8.starts(with: prefix.utf8) }
        case .number(let comparison, let limit):
            if value == .null { return false }
            return value.decimal.map { comparison.holds($0, limit) }
        }
    }
}

extension Condition.Comparison {
    func holds(_ value: DecimalNumber, _ limit: DecimalNumber) -> Bool {
        switch self {
        case .greater: value > limit
        case .atLeast: value >= limit
        case .less: value < limit
        case .atMost: value <= limit
        }
    }
}

extension Operand {
    func equals(_ value: JSONValue) -> Bool {
        switch self {
        case .null: value == .null
        case .bool(let bool): value == .bool(bool)
        case .text(let text): value.scalarText.map { $0 == text } ?? false
        case .number(let number, let literal): value.scalarText == literal || value.decimal == number
        }
    }
}

extension JSONValue {
    fileprivate var isContainer: Bool { array != nil || object != nil }

    /// A string, or a number in its literal text.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        default: nil
        }
    }

    /// A number, also one in a string: money and quantities come in both ways.
    fileprivate var decimal: DecimalNumber? { scalarText.flatMap { DecimalNumber($0) } }
}
