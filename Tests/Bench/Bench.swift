import LocalStack
import Platform

/// The whole run: prepares a bench in a folder, has the parts measured, prints and records.
struct Bench {
    let options: BenchOptions

    init(_ options: BenchOptions) { self.options = options }

    func run() throws {
        let stand = try Stand(options)
        defer { stand.clear() }
        var result = BenchResult(machine: try Machine(options, stand: stand))
        say(result.machine.text)
        if options.rows.contains("ingest") || options.rows.contains("sizes") {
            try IngestRows(stand).measure(into: &result)
        }
        if options.rows.contains("loads") { try LoadRows(stand).measure(into: &result) }
        if options.rows.contains("compare") { try CompareRow(stand).measure(into: &result) }
        if options.rows.contains("grown") { try GrownRow(stand).measure(into: &result) }
        if options.rows.contains("jobs") { try JobsRow(stand).measure(into: &result) }
        if options.rows.contains("latency") { try LatencyRow(stand).measure(into: &result) }
        if options.rows.contains("start") { try StartRow(stand).measure(into: &result) }
        result.machine.finish()
        say("\n" + result.text)
        if !options.record.isEmpty {
            try Files.write(options.record + "/BENCHMARKS.md", text: result.text, durable: false)
            if !result.charts.isEmpty {
                try Files.write(options.record + "/benchmarks.svg", text: Chart.picture(result.charts), durable: false)
            }
            say("written to \(options.record)")
        }
        if !options.check.isEmpty { try check(result) }
    }

    /// How much of a recorded ratio may be lost before `make bench-check` fails.
    private static let mostLost = 0.15

    private func check(_ result: BenchResult) throws {
        let falls = try Recorded(page: try Files.readText(options.check)).falls(in: result.rows, beyond: Self.mostLost)
        guard falls.isEmpty else { throw BenchFailure("slower than recorded:\n" + falls.joined(separator: "\n")) }
        say("no ratio fell by more than 15 % against \(options.check)")
    }
}
