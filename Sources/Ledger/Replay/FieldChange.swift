public import JSON

/// A field of a JSON body and what it is to be, such as `data.order_status=CANCEL`.
public struct FieldChange: Sendable, Hashable {
    /// The way to the field: keys, and positions in arrays.
    public let path: [String]
    /// Its new value.
    public let value: JSONValue

    /// A change of the field at that path.
    public init(path: [String], value: JSONValue) {
        self.path = path
        self.value = value
    }

    /// Reads `PATH=VALUE`: a value that is JSON as such, any other as text.
    /// - Returns: nil when it is not of that form.
    public init?(_ text: String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
        let value = String(text[text.index(after: equals)...])
        self.init(
            path: text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init),
            value: (try? JSONValue(parsing: Array(value.utf8))) ?? .string(value))
    }

    /// The path as it is written.
    public var name: String { path.joined(separator: ".") }
}

extension JSONValue {
    /// Makes the changes, one after another.
    /// - Returns: the first one for which there is no place; then nothing has changed.
    public mutating func make(_ changes: [FieldChange]) -> FieldChange? {
        var changed = self
        for change in changes where !changed.set(change.value, at: change.path) { return change }
        self = changed
        return nil
    }
}
