internal import Glibc
import Platform

/// The result of a run.
public struct FaultVerdict: Sendable {
    /// For people.
    public let text: String
    /// The figures as a page holds them.
    public let table: String
    /// Whether the promise was kept.
    public let isGood: Bool

    /// A verdict.
    public init(text: String, table: String, isGood: Bool) {
        (self.text, self.table, self.isGood) = (text, table, isGood)
    }
}

/// The program of a run under faults: its options, its page and its exit code.
public enum FaultProgram {
    /// Runs it, and ends the process.
    /// - Parameters:
    ///   - name: the target of the Makefile.
    ///   - kills: as in ``FaultOptions``.
    ///   - perform: the run.
    public static func main(
        _ name: String, kills: Int, quickKills: Int, perform: (FaultOptions) throws -> FaultVerdict
    ) -> Never {
        do {
            let options = try FaultOptions(CommandLine.arguments.dropFirst(), kills: kills, quickKills: quickKills)
            let verdict = try perform(options)
            print(verdict.text)
            if let page = options.page {
                try FiguresPage(page, command: "make \(name) RECORD=1").record(verdict.table)
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
