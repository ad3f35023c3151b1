import JSON
import Settings
public import Webhooks

/// The subject of a rule: an event as received, or an event with its record's current state.
public struct RuleSubject: Sendable {
    /// The value at a path.
    enum Found: Equatable {
        case value(JSONValue)
        /// Not sent, so only the stored record has it.
        case missing
        /// There is no record that could have it.
        case noRecord
    }

    private let columns: EventColumns
    private let record: (any RuleRecord)?
    /// Whether a missing value is null rather than unknown.
    private let isComplete: Bool
    /// The event's changes of the record; nil if unknown.
    let change: EventChange?

    /// An event as received: a field of its record that it lacks is unknown.
    public init(_ event: Event, source: String, origin: String = "delivery") {
        columns = EventColumns(event, source: source, origin: origin)
        isComplete = false
        change = nil
        record = event.record.ofRule
    }

    /// An event with its record's current state: a field that the record lacks is null.
    /// - Parameters:
    ///   - record: nil if the event has none.
    ///   - change: the event's changes of it; nil leaves `becomes` and `changed` undecided.
    public init(_ columns: EventColumns, record: StoredRecord?, change: EventChange? = nil) {
        self.columns = columns
        isComplete = true
        self.change = change
        self.record = record
    }

    /// The types of event that it stands for.
    var types: [String] { columns.types }

    func find(_ path: FieldPath) -> Found {
        guard let root = path.steps.first else { return .noRecord }
        if let column = columns.value(root) { return .value(column.map(JSONValue.string) ?? .null) }
        if root == "event" { return .value(columns.ofEvent(path.steps.dropFirst()).map(JSONValue.string) ?? .null) }
        guard let record, record.kind.rawValue == root else { return .noRecord }
        var steps = path.steps.dropFirst()
        guard let name = steps.popFirst() else { return .noRecord }
        if name == "id" { return .value(.string(record.id)) }
        var value: JSONValue?
        if name == "extra" {
            guard let name = steps.popFirst() else { return .noRecord }
            value = record.extra(name)
        } else {
            value = record.field(name)
        }
        for step in steps {
            value = value.flatMap { Self.child(of: $0, step) }
        }
        if let value { return .value(value) }
        return isComplete ? .value(.null) : .missing
    }

    /// The value at these steps; null if there is none.
    static func descend(_ value: JSONValue, _ steps: ArraySlice<String>) -> JSONValue {
        steps.reduce(value) { child(of: $0, $1) ?? .null }
    }

    private static func child(of value: JSONValue, _ step: String) -> JSONValue? {
        switch value {
        case .object(let object): return object[step]
        case .array(let elements):
            guard let position = Int(step), elements.indices.contains(position) else { return nil }
            return elements[position]
        default: return nil
        }
    }
}
