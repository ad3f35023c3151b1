internal import Glibc
import Platform

/// The result of a run.
public struct FaultVerdict: Sendable {
    /// For people.
    public let text: String
    /// The figures as a page holds them, by the part of the program that they are of; "" for what has no part.
    public let tables: [String: String]
    /// Whether the promise was kept.
    public let isGood: Bool

    /// A verdict.
    public init(text: String, tables: [String: String], isGood: Bool) {
        (self.text, self.tables, self.isGood) = (text, tables, isGood)
    }

    /// The verdict on a program without parts.
    public init(text: String, table: String, isGood: Bool) {
        self.init(text: text, tables: ["": table], isGood: isGood)
    }
}

/// The program of a run under faults: its options, its page and its exit code.
public enum FaultProgram {
    /// Runs it, and ends the process.
    /// - Parameters:
    ///   - name: the target of the Makefile.
    ///   - form: its options.
    ///   - perform: the run.
    public static func main(
        _ name: String, _ form: FaultOptions.Form, perform: (FaultOptions) throws -> FaultVerdict
    ) -> Never {
        do {
            let options = try FaultOptions(CommandLine.arguments.dropFirst(), form)
            let verdict = try perform(options)
            if !verdict.text.isEmpty { print(verdict.text) }
            for (part, table) in verdict.tables.sorted(by: { $0.key < $1.key }) {
                let only = part.isEmpty ? "" : " ONLY=\(part)"
                if let page = options.page {
                    try FiguresPage(page, command: "make \(name)\(only) RECORD=1").record(table)
                }
            }
            exit((verdict.isGood ? ProgramExit.done : .no).rawValue)
        } catch let error as FaultOptions.Usage {
            StandardError.write("\(name): \(error)")
            exit(ProgramExit.usage.rawValue)
        } catch {
            StandardError.write("\(name): \(error)")
            exit(ProgramExit.failed.rawValue)
        }
    }
}
