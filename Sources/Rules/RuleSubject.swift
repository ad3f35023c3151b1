import JSON
import Settings
public import Webhooks

/// What a rule is evaluated on: an event as it came, or an event with the order as it is stored now.
public struct RuleSubject: Sendable {
    /// What is found at a path.
    enum Found: Equatable {
        case value(JSONValue)
        /// Not sent, so that only the stored order can tell.
        case missing
        /// There is no record that could have it.
        case noRecord
    }

    private let columns: EventColumns
    private let order: JSONValue?
    private let extra: JSONValue
    /// Whether what is not there is null rather than unknown.
    private let isComplete: Bool

    /// An event as it came: a field of its order that it does not hold is unknown.
    public init(_ event: Event, source: String) {
        columns = EventColumns(event, source: source)
        isComplete = false
        guard case .order(let order) = event.record else {
            (self.order, extra) = (nil, .null)
            return
        }
        var fields = JSONObject()
        for (field, value) in order.fields { fields[field.rawValue] = value }
        fields["id"] = .string(order.id)
        self.order = .object(fields)
        extra = .object(order.extra.reduce(into: JSONObject()) { $0[$1.key] = $1.value })
    }

    /// An event with the order as it is stored now: a field that the order does not have is null.
    /// - Parameter order: nil when the event is about no order.
    public init(_ columns: EventColumns, order: StoredOrder?) {
        self.columns = columns
        isComplete = true
        guard let order else {
            (self.order, extra) = (nil, .null)
            return
        }
        var fields = order.data
        fields["id"] = .string(order.id)
        self.order = .object(fields)
        extra = .object(order.extra)
    }

    func find(_ path: FieldPath) -> Found {
        guard let root = path.steps.first else { return .noRecord }
        if let column = columns.value(root) { return .value(column.map(JSONValue.string) ?? .null) }
        guard root == "order", let order else { return .noRecord }
        var steps = path.steps.dropFirst()
        var value: JSONValue? = order
        if steps.first == "extra" {
            value = extra
            steps = steps.dropFirst()
        }
        for step in steps {
            value = value.flatMap { Self.child(of: $0, step) }
        }
        if let value { return .value(value) }
        return isComplete ? .value(.null) : .missing
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
