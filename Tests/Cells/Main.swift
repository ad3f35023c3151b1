import FaultSupport
import Glibc
import Platform

/// `make cells`: a router and four databases that hold whole shops are measured against one, killed under load and joined by two more;
/// then every answer is held against what is stored. `scripts/cells` starts it.
@main struct Main {
    static func main() {
        do {
            let options = try CellsOptions(CommandLine.arguments.dropFirst())
            let report = try Run(options).perform()
            print(report.text)
            if let page = options.page {
                try FiguresPage(page, command: "make cells RECORD=1").record(report.table)
            }
            exit((report.isGood ? ProgramExit.done : .no).rawValue)
        } catch let error as CellsOptions.Usage {
            StandardError.write("\(error)")
            exit(ProgramExit.usage.rawValue)
        } catch {
            StandardError.write("cells: \(error)")
            exit(ProgramExit.failed.rawValue)
        }
    }
}
