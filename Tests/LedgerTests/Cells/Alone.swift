/// For a thread that has it alone.
final class Alone<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
