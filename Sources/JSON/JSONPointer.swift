/// A JSON pointer (RFC 6901): the place of a value in a document, such as `/line_items/0/price`.
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The reference tokens, unescaped; none for the whole document.
    public let steps: [String]

    /// Reads a pointer's text.
    /// - Returns: nil unless it is empty or begins with `/`, and every `~` is followed by `0` or `1`.
    public init?(_ text: String) {
        guard text.isEmpty || text.hasPrefix("/") else { return nil }
        var steps: [String] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            var step = ""
            var rest = part[...]
            while let character = rest.popFirst() {
                guard character == "~" else {
                    step.append(character)
                    continue
                }
                switch rest.popFirst() {
                case "0": step.append("~")
                case "1": step.append("/")
                default: return nil
                }
            }
            steps.append(step)
        }
        self.steps = steps
    }

    /// Its text.
    public var description: String {
        steps.map { "/" + $0.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined() }.joined()
    }

    /// The value at the place.
    /// - Returns: nil when there is none; a null is a value. An index of an array has no leading zeros, and `-` is none.
    public func value(in document: JSONValue) -> JSONValue? {
        var value = document
        for step in steps {
            if let elements = value.array {
                guard Self.isIndex(step), let index = Int(step), index < elements.count else { return nil }
                value = elements[index]
            } else {
                guard let member = value[step] else { return nil }
                value = member
            }
        }
        return value
    }

    private static func isIndex(_ step: String) -> Bool {
        !step.isEmpty && step.utf8.allSatisfy { (0x30...0x39).contains($0) } && (step == "0" || !step.hasPrefix("0"))
    }
}
