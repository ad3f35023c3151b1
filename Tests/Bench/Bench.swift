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
        if options.rows.contains("ingest") { try IngestRows(stand).measure(into: &result) }
        if options.rows.contains("compare") { try CompareRow(stand).measure(into: &result) }
        if options.rows.contains("grown") { try GrownRow(stand).measure(into: &result) }
        if options.rows.contains("jobs") { try JobsRow(stand).measure(into: &result) }
        if options.rows.contains("latency") { try LatencyRow(stand).measure(into: &result) }
        result.machine.finish()
        say("\n" + result.text)
        if !options.record.isEmpty {
            try Files.write(options.record, text: result.text, durable: false)
            say("written to \(options.record)")
        }
    }
}
