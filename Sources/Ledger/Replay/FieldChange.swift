public import JSON

/// A field of a JSON body and its new value, such as `data.order_status=CANCEL`.
public struct FieldChange: Sendable, Hashable {
    /// The path of the field: keys, and positions in arrays.
    public let path: [String]
    /// Its new value.
    public let value: JSONValue
    /// The new value as the written JSON text, which is put into a stored body.
    public let text: [UInt8]

    /// A change of the field at that path.
    /// - Parameter text: the value as it was written; nil formats it again.
    public init(path: [String], value: JSONValue, text: [UInt8]? = nil) {
        self.path = path
        self.value = value
        self.text = text ?? value.serialized()
    }

    /// Reads `PATH=VALUE`: a value that is JSON as such, any other as text.
    /// - Returns: nil when it is not of that form.
    public init?(_ text: String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
        let written = Array(text[text.index(after: equals)...].utf8)
        let value = try? JSONValue(parsing: written)
        self.init(
            path: Self.path(String(text[..<equals])), value: value ?? .string(String(decoding: written, as: UTF8.self)),
            text: value == nil ? nil : written)
    }

    /// The steps of a path as it is written: keys and positions with dots between. A dot within a key is escaped with a
    /// backslash, and so is a backslash before a dot or a backslash.
    public static func path(_ text: String) -> [String] {
        var steps = [""]
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                if scalar != "." && scalar != "\\" { steps[steps.count - 1].unicodeScalars.append("\\") }
                steps[steps.count - 1].unicodeScalars.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "." {
                steps.append("")
            } else {
                steps[steps.count - 1].unicodeScalars.append(scalar)
            }
        }
        if isEscaped { steps[steps.count - 1].unicodeScalars.append("\\") }
        return steps
    }

    /// The path as it is written.
    public var name: String {
        path.map { step in
            step.unicodeScalars.reduce(into: "") { name, scalar in
                if scalar == "." || scalar == "\\" { name.unicodeScalars.append("\\") }
                name.unicodeScalars.append(scalar)
            }
        }.joined(separator: ".")
    }
}

extension JSONValue {
    /// Makes the changes, one after another.
    /// - Returns: the first one without a place; then nothing has changed.
    public mutating func make(_ changes: [FieldChange]) -> FieldChange? {
        var changed = self
        for change in changes where !changed.set(change.value, at: change.path) { return change }
        self = changed
        return nil
    }
}
