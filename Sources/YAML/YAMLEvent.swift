/// A step through a YAML text: what begins, stands or ends at a place.
package struct YAMLEvent: Equatable, Sendable {
    /// What it is. Anchors are the names after `&`, nil where there is none.
    package enum Kind: Equatable, Sendable {
        /// The text begins.
        case streamStart
        /// The text is over.
        case streamEnd
        case documentStart
        case documentEnd
        /// A single value, unescaped; `isPlain` if it is written without quotes and not as a block.
        case scalar(String, isPlain: Bool, anchor: String?)
        /// `*name`
        case alias(String)
        case sequenceStart(anchor: String?)
        case sequenceEnd
        case mappingStart(anchor: String?)
        case mappingEnd
    }

    package let kind: Kind
    /// Where it begins, from 1.
    package let line: Int
}

/// What is wrong with a YAML text.
package struct YAMLError: Error, Equatable, Sendable {
    /// From 1; nil if it is not known.
    package let line: Int?
    /// For people, without any text of the file.
    package let problem: String

    /// - Parameters:
    ///   - line: from 1; nil if it is not known.
    ///   - problem: for people.
    package init(line: Int?, problem: String) {
        self.line = line
        self.problem = problem
    }
}
