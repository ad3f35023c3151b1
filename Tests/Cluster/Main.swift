import FaultSupport
import Glibc
import Platform

/// `make cluster`: two responder hosts and two Postgres hosts under Patroni, each in a network namespace of its own, are killed
/// and cut off under load; then every answer is held against what is stored. `scripts/cluster` starts it.
@main struct Main {
    static func main() {
        do {
            let options = try ClusterOptions(CommandLine.arguments.dropFirst())
            let report = try Run(options).perform()
            print(report.text)
            if let page = options.page {
                try FiguresPage(page, command: "make cluster RECORD=1").record(report.table)
            }
            exit((report.isGood ? ProgramExit.done : .no).rawValue)
        } catch let error as ClusterOptions.Usage {
            StandardError.write("\(error)")
            exit(ProgramExit.usage.rawValue)
        } catch {
            StandardError.write("cluster: \(error)")
            exit(ProgramExit.failed.rawValue)
        }
    }
}
