/// A value of the configuration file with its line: the readers' view of YAML.
struct YAMLNode: Equatable, Sendable {
    enum Value: Equatable, Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        /// Keys are unique.
        case mapping([YAMLEntry])
    }

    /// From 1.
    let line: Int
    let value: Value

    /// An empty section that nobody wrote.
    static let nothing = YAMLNode(line: 0, value: .mapping([]))

    var scalar: YAMLScalar? { if case .scalar(let scalar) = value { scalar } else { nil } }
    var sequence: [YAMLNode]? { if case .sequence(let nodes) = value { nodes } else { nil } }
    var mapping: [YAMLEntry]? { if case .mapping(let entries) = value { entries } else { nil } }

    /// Nothing was written, or `null`.
    var isNull: Bool { scalar?.isNull ?? false }

    /// The name of this kind in messages.
    var kind: String {
        switch value {
        case .scalar(let scalar): scalar.isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a section"
        }
    }
}

/// One key of a mapping and its value.
struct YAMLEntry: Equatable, Sendable {
    let key: String
    let line: Int
    let value: YAMLNode
}

/// A single value. Its reader decides the type, not YAML's guesses: `NO` is a country here.
struct YAMLScalar: Equatable, Sendable {
    let text: String
    /// Written without quotes and not as a block.
    let isPlain: Bool

    var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

    /// `true` and `false` written without quotes.
    var bool: Bool? { isPlain ? ["true": true, "false": false][text] : nil }
}
