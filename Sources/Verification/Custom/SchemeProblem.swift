/// One mistake in the description of a scheme.
public struct SchemeProblem: Sendable, Hashable, CustomStringConvertible {
    /// Where: keys, and positions in lists; empty for the whole description.
    public let path: [String]
    /// The fault and the correction, to follow the path.
    public let message: String

    /// `message.1 must be …`
    public var description: String { path.isEmpty ? message : "\(path.joined(separator: ".")) \(message)" }
}

/// All mistakes in the description of a scheme.
public struct SchemeErrors: Error, Sendable, CustomStringConvertible {
    /// At least one, in the order found.
    public let problems: [SchemeProblem]

    /// One line for each.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
