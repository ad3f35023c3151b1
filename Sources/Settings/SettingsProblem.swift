/// One finding of `hookledger config check`.
public struct SettingsProblem: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: Int, Sendable, Comparable {
        /// Information, such as an unused variable.
        case notice
        /// Something will not work until it is fixed; the rest does.
        case warning
        /// A part cannot work as it is written, such as a source whose secret is empty or an action with a typo; the rest
        /// does, so the programs start. An error for `hookledger config check`.
        case fault
        /// The configuration cannot be used.
        case error

        /// Whether it is a mistake to fix.
        public var isMistake: Bool { self >= .fault }

        /// The less severe one first.
        public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
    }

    /// How bad it is.
    public let severity: Severity
    /// Its file, or `environment` for a variable of the process.
    public let file: String
    /// The line in that file, from 1; nil where there is none.
    public let line: Int?
    /// The fault and the advice. Contains no secret.
    public let message: String

    /// A problem at that place.
    public init(_ severity: Severity, file: String, line: Int?, _ message: String) {
        self.severity = severity
        self.file = file
        self.line = line
        self.message = message
    }

    /// `file:line: message`, with `warning:` or `notice:` before the message if it is not a mistake.
    public var description: String {
        let place = line.map { "\(file):\($0): " } ?? "\(file): "
        return place + (severity.isMistake ? "" : "\(severity): ") + message
    }
}

/// Why a configuration cannot be used: every mistake in it, not only the first.
public struct SettingsErrors: Error, Sendable, CustomStringConvertible {
    /// Everything found, warnings and notices included, in the order of file and line; at least one is an error.
    public let problems: [SettingsProblem]

    /// The errors alone.
    public var errors: [SettingsProblem] { problems.filter { $0.severity == .error } }

    /// One line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
