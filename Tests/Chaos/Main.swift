import FaultSupport
import Glibc
import Platform

/// `make chaos`: a whole stack under load, and one blow after another; then every answer is held against what is stored and
/// what the destinations received. `scripts/chaos` starts it.
@main struct Main {
    static func main() {
        do {
            let options = try ChaosOptions(CommandLine.arguments.dropFirst())
            let report = try Run(options).perform()
            print(report.text)
            if let page = options.page { try FiguresPage(page, command: "make chaos RECORD=1").record(report.table) }
            exit((report.isGood ? ProgramExit.done : .no).rawValue)
        } catch let error as ChaosOptions.Usage {
            StandardError.write("\(error)")
            exit(ProgramExit.usage.rawValue)
        } catch {
            StandardError.write("chaos: \(error)")
            exit(ProgramExit.failed.rawValue)
        }
    }
}
