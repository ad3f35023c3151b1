import Glibc
import Platform

/// `make bench`: measures Hookledger beside others on this machine and prints what came out. Some contenders run as
/// other faces of this program: `Bench no-op` is the FastCGI ceiling, `Bench no-op-jobs CONNINFO BATCH LIMIT` the
/// batch processor with an action that does nothing.
@main struct Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch arguments.first {
            case nil: try Bench(BenchOptions()).run()
            case "no-op": try NoOpResponder.run()
            case "no-op-jobs":
                let numbers = arguments.dropFirst(2).compactMap { Int($0) }
                guard arguments.count == 4, numbers.count == 2 else { usage() }
                try NoOpJobs.run(conninfo: arguments[1], batch: numbers[0], limit: numbers[1])
            default: usage()
            }
        } catch {
            StandardError.write("bench: \(error)")
            exit(1)
        }
    }

    private static func usage() -> Never {
        StandardError.write("usage: Bench (see BenchOptions.swift for its variables)")
        exit(64)
    }
}

/// Prints a line at once, whoever reads it.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// What made the bench give up.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
