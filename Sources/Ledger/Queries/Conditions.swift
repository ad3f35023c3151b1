import Postgres

/// The parts of a WHERE clause, with their parameters; only what is asked for is written, so that each part finds its
/// index.
struct Conditions {
    private(set) var parameters: [Parameter]
    private var parts: [String] = []

    /// - Parameter parameters: those that stand before, as `$1` and on.
    init(after parameters: [Parameter] = []) { self.parameters = parameters }

    /// Adds a condition without a parameter.
    mutating func add(_ part: String) { parts.append(part) }

    /// Adds a condition, in which `$?` stands for the parameter; nothing when there is no value.
    mutating func add<Value>(_ part: String, _ value: Value?, _ parameter: (Value) -> Parameter) {
        guard let value else { return }
        parts.append(part.replacing("$?", with: bind(parameter(value))))
    }

    /// Adds a condition with the parameters of another one, which came after those of this.
    mutating func add(_ part: String, binding inner: Conditions) {
        parameters = inner.parameters
        parts.append(part)
    }

    /// Adds a parameter and returns its name.
    mutating func bind(_ parameter: Parameter) -> String {
        parameters.append(parameter)
        return "$\(parameters.count)"
    }

    /// What follows `where`.
    var sql: String { parts.isEmpty ? "true" : parts.joined(separator: " and ") }
}
