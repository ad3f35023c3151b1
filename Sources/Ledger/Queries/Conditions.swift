import Postgres

/// The parts of a WHERE clause, with their parameters; only used filters are written, so that each part finds its
/// index.
struct Conditions {
    private(set) var parameters: [Parameter]
    private var parts: [String] = []

    /// - Parameter parameters: the preceding ones, from `$1`.
    init(after parameters: [Parameter] = []) { self.parameters = parameters }

    /// Adds a condition without a parameter.
    mutating func add(_ part: String) { parts.append(part) }

    /// Adds a condition, with `$?` for the parameter; nothing without a value.
    mutating func add<Value>(_ part: String, _ value: Value?, _ parameter: (Value) -> Parameter) {
        guard let value else { return }
        parts.append(part.replacing("$?", with: bind(parameter(value))))
    }

    /// Adds a condition with the parameters of another one, which came after those of this.
    mutating func add(_ part: String, binding inner: Conditions) {
        parameters = inner.parameters
        parts.append(part)
    }

    /// Takes the parameters of other conditions, which came after those of this.
    mutating func take(_ parameters: [Parameter]) { self.parameters = parameters }

    /// Adds a parameter and returns its name.
    mutating func bind(_ parameter: Parameter) -> String {
        parameters.append(parameter)
        return "$\(parameters.count)"
    }

    /// What follows `where`.
    var sql: String { parts.isEmpty ? "true" : parts.joined(separator: " and ") }
}
