import JSON
import Settings
public import Webhooks

/// What a rule is evaluated on: an event as it came, or an event with its record as it is stored now.
public struct RuleSubject: Sendable {
    /// What is found at a path.
    enum Found: Equatable {
        case value(JSONValue)
        /// Not sent, so that only the stored record can tell.
        case missing
        /// There is no record that could have it.
        case noRecord
    }

    private let columns: EventColumns
    private let record: StoredRecord?
    /// Whether what is not there is null rather than unknown.
    private let isComplete: Bool
    /// What the event changed in the record; nil where that is not known.
    let change: EventChange?

    /// An event as it came: a field of its record that it does not hold is unknown.
    public init(_ event: Event, source: String, origin: String = "delivery") {
        columns = EventColumns(event, source: source, origin: origin)
        isComplete = false
        change = nil
        record = StoredRecord(event.record)
    }

    /// An event with the record that it is about as it is stored now: a field that the record does not have is null.
    /// - Parameters:
    ///   - record: nil when the event is about none.
    ///   - change: what the event changed in it; nil leaves open whether it did what `becomes` and `changed` ask for.
    public init(_ columns: EventColumns, record: StoredRecord?, change: EventChange? = nil) {
        self.columns = columns
        isComplete = true
        self.change = change
        self.record = record
    }

    func find(_ path: FieldPath) -> Found {
        guard let root = path.steps.first else { return .noRecord }
        if let column = columns.value(root) { return .value(column.map(JSONValue.string) ?? .null) }
        if root == "event" { return .value(columns.ofEvent(path.steps.dropFirst()).map(JSONValue.string) ?? .null) }
        guard let record, record.kind == root else { return .noRecord }
        var steps = path.steps.dropFirst()
        if steps.first == "id" { return .value(.string(record.id)) }
        var value: JSONValue? = .object(record.data)
        if steps.first == "extra" {
            value = .object(record.extra)
            steps = steps.dropFirst()
        }
        for step in steps {
            value = value.flatMap { Self.child(of: $0, step) }
        }
        if let value { return .value(value) }
        return isComplete ? .value(.null) : .missing
    }

    /// The value at those steps; null where there is none.
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
