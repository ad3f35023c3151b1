/// The variables for the settings: those of the process, then those of the files beside the configuration.
struct Variables {
    struct Found {
        let value: String
        /// Where it stands, for messages.
        let file: String
        let line: Int?
    }

    private struct File {
        let path: String
        let contents: EnvironmentFile
    }

    /// The name of the process's environment in messages.
    static let processName = "environment"
    static let fileNames = [inboundName, ".env"]
    /// Signing secrets, and other variables for every program.
    static let inboundName = "hookledger.env"
    /// The secrets of actions.
    static let outboundName = "hookledger-outbound.env"

    private let process: @Sendable (String) -> String?
    private var files: [File]

    /// Reads the first of `hookledger.env` and `.env` that exists in the first of the directories that has one.
    ///
    /// - Parameter reader: a reader without signing secrets ignores a file that it cannot read.
    init(_ input: SettingsInput, directories: [String], reader: Settings.Reader, problems: ProblemList) {
        process = input.variable
        files = []
        let paths = directories.flatMap { directory in Self.fileNames.map { FilePath.join(directory, $0) } }
        for path in paths {
            let contents = input.readFile(path)
            if contents == .absent { continue }
            if case .unreadable = contents, !reader.hasInbound { return }
            if let file = Self.parse(contents, path: path, mode: input.fileMode(path), problems: problems) {
                files = [File(path: path, contents: file)]
            }
            return
        }
    }

    /// These variables, overridden by those of `hookledger-outbound.env`, which only the batch processor and people may
    /// read.
    func withOutbound(
        _ input: SettingsInput, directories: [String], reader: Settings.Reader, problems: ProblemList
    ) -> Variables {
        guard reader.hasOutbound else { return self }
        var variables = self
        for path in directories.map({ FilePath.join($0, Self.outboundName) }) {
            let contents = input.readFile(path)
            if contents == .absent { continue }
            if case .unreadable(let reason) = contents, reader == .person {
                problems.add(
                    SettingsProblem(
                        .warning, file: path, line: nil,
                        "cannot be read: \(reason); its variables are unknown; run this as root to check them")
                )
                break
            }
            if let file = Self.parse(contents, path: path, mode: input.fileMode(path), problems: problems) {
                variables.files.insert(File(path: path, contents: file), at: 0)
            }
            break
        }
        return variables
    }

    private static func parse(
        _ contents: SettingsInput.FileContents, path: String, mode: UInt32?, problems: ProblemList
    ) -> EnvironmentFile? {
        func error(_ message: String) {
            problems.add(SettingsProblem(.error, file: path, line: nil, message))
        }
        guard case .bytes(let bytes) = contents else {
            if case .unreadable(let reason) = contents {
                error("cannot be read: \(reason); give the service's group read access")
            }
            return nil
        }
        if let advice = FilePath.exposure(path, mode: mode) {
            error(advice)
            return nil
        }
        guard bytes.count <= YAMLReader.maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
            error("is not UTF-8 text, or larger than \(YAMLReader.maximumBytes) bytes; write NAME=value lines")
            return nil
        }
        return EnvironmentFile(text, problems: problems, file: path)
    }

    /// The variable, if it is set and not empty.
    subscript(name: String) -> Found? {
        if let value = process(name), !value.isEmpty {
            return Found(value: value, file: Self.processName, line: nil)
        }
        for file in files {
            if let variable = file.contents.variables[name], !variable.value.isEmpty {
                return Found(value: variable.value, file: file.path, line: variable.line)
            }
        }
        return nil
    }

    /// The names of what the files set, sorted; those of these names with their values.
    func written(showing shown: [String]) -> [String] {
        files.flatMap(\.contents.variables).map { name, variable in
            shown.contains(name) ? "\(name)=\(variable.value)" : name
        }.sorted()
    }

    /// Whether it is set, to nothing.
    func isEmpty(_ name: String) -> Bool {
        self[name] == nil && (process(name) != nil || files.contains { $0.contents.variables[name] != nil })
    }

    /// A variable that must be `true` or `false`.
    func boolean(_ name: String, problems: ProblemList) -> Bool? {
        checked(name, Truthfulness.read, "must be true or false", problems)
    }

    /// A variable that must be a whole number in a range.
    func integer(_ name: String, _ range: ClosedRange<Int>, problems: ProblemList) -> Int? {
        let want = "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        return checked(name, { Int($0).flatMap { range.contains($0) ? $0 : nil } }, want, problems)
    }

    /// A variable that must have a form; nil if it is not set or, after a report, if it is malformed.
    func checked<Value>(
        _ name: String, _ read: (String) -> Value?, _ want: String, _ problems: ProblemList
    ) -> Value? {
        guard let found = self[name] else { return nil }
        if let value = read(found.value) { return value }
        problems.add(SettingsProblem(.error, file: found.file, line: found.line, "\(name) \(want)"))
        return nil
    }
}
