/// The lines `NAME=value` of hookledger.env.
public struct SecretLines: Sendable, Equatable {
    /// A variable and its value.
    public struct Variable: Sendable, Equatable {
        /// Its name.
        public let name: String
        let value: String

        /// A variable with that value.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    private let variables: [Variable]

    /// Those to set.
    public init(_ variables: [Variable]) { self.variables = variables }

    /// The text with these variables set: a line that sets one is replaced, and what is missing is appended.
    public func set(in text: String) -> String {
        var lines = MarkedText(text).lines
        for variable in variables {
            let line = "\(variable.name)=\(Self.quoted(variable.value))"
            let own = lines.indices.filter { Self.name(of: lines[$0]).map(String.init) == variable.name }
            if let last = own.last {
                // Of several lines the last one is used.
                lines[last] = line
            } else {
                lines.insert(line, at: lines.last == "" ? lines.count - 1 : lines.count)
            }
        }
        if lines.last != "" { lines.append("") }
        return lines.joined(separator: "\n")
    }

    /// The names that a text sets.
    public static func names(in text: String) -> Set<String> {
        Set(MarkedText(text).lines.compactMap { name(of: $0).map(String.init) })
    }

    /// The name that a line sets; nil for other lines.
    private static func name(of line: String) -> Substring? {
        var rest = line.drop { $0.isWhitespace }
        if rest.hasPrefix("export "), let start = rest.dropFirst(7).firstIndex(where: { !$0.isWhitespace }) {
            rest = rest[start...]
        }
        guard rest.first != "#", let equals = rest.firstIndex(of: "=") else { return nil }
        return rest[..<equals]
    }

    /// The value as `hookledger.env` takes it.
    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "/_.-+=:@".utf8.contains(byte)
        }
        if isPlain { return value }
        return "\""
            + value.map { character in
                switch character {
                case "\"", "\\", "$": "\\\(character)"
                case "\n", "\r\n": "\\n"
                default: String(character)
                }
            }.joined() + "\""
    }

    /// A line with its value hidden, for a difference that people see.
    public static func hidden(_ line: String) -> String {
        guard name(of: line) != nil, let equals = line.firstIndex(of: "=") else { return line }
        return line[...equals] + "(hidden)"
    }
}
