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
            if let page = options.page { try report.record(in: page) }
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

/// Prints a line at once, whoever reads it.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// What made the run impossible.
struct ChaosFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Microseconds of a clock that never goes back; every time of a run is of it.
func instant() -> Int64 { SystemClock.monotonicNanoseconds() / 1000 }

/// Polls until it is so.
/// - Returns: false when the time is over.
func eventually(withinSeconds limit: Double, _ isTrue: () throws -> Bool) rethrows -> Bool {
    let end = instant() + Int64(limit * 1_000_000)
    while true {
        if try isTrue() { return true }
        if instant() >= end { return false }
        SystemClock.sleep(milliseconds: 20)
    }
}
