/// Collects the problems of one configuration. Lives on one thread, during one `load`.
final class ProblemList {
    /// The configuration file, as the messages name it.
    let file: String
    private(set) var problems: [SettingsProblem] = []
    private var seen: Set<SettingsProblem> = []
    /// Whether what is wrong is wrong with one part only, and the faults of that part so far.
    private var part: [String]?

    init(file: String) { self.file = file }

    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    func error(_ line: Int?, _ message: String) {
        part?.append(message)
        add(part == nil ? .error : .fault, line, message)
    }

    /// Reads a part that can be left out: its mistakes are faults, with which the programs start.
    /// - Returns: what was read, and its mistakes.
    func ofOnePart<T>(_ read: () -> T) -> (value: T, faults: [String]) {
        part = []
        defer { part = nil }
        let value = read()
        return (value, part ?? [])
    }

    func fault(_ line: Int?, _ message: String) { add(.fault, line, message) }

    func warn(_ line: Int?, _ message: String) { add(.warning, line, message) }

    func notice(_ line: Int?, _ message: String) { add(.notice, line, message) }

    /// Line 0 is for values that are not in the file, such as those of default sources.
    private func add(_ severity: SettingsProblem.Severity, _ line: Int?, _ message: String) {
        add(SettingsProblem(severity, file: file, line: line == 0 ? nil : line, message))
    }

    /// An alias repeats the mistakes of its anchor, and two readers may need one variable: each is reported once.
    func add(_ problem: SettingsProblem) {
        if seen.insert(problem).inserted { problems.append(problem) }
    }

    /// Sorted by file and line: the configuration file first, and problems without a line last.
    var sorted: [SettingsProblem] {
        problems.enumerated().sorted { a, b in
            func key(_ item: (offset: Int, element: SettingsProblem)) -> (Int, String, Int, Int) {
                let problem = item.element
                return (problem.file == file ? 0 : 1, problem.file, problem.line ?? .max, item.offset)
            }
            return key(a) < key(b)
        }
        .map(\.element)
    }
}
