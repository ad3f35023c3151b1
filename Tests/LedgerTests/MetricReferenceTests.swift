import Ledger
import Platform
import TestThreads
import Testing

/// The table of metrics in docs/operation.md, and the names in views, are those that are counted.
@Suite(.blocking) struct MetricReferenceTests {
    private static func read(_ path: String, here: String = #filePath) throws -> String {
        try Files.readText("/" + here.split(separator: "/").dropLast(3).joined(separator: "/") + "/" + path)
    }

    @Test func theTableIsTheList() throws {
        let table = try Self.read("docs/operation.md").split(separator: "\n").filter { $0.hasPrefix("| `hookledger_") }
        #expect(table == Metric.allCases.map { "| `\($0.rawValue)` | \($0.kind.rawValue) | \($0.help) |" })
    }

    @Test(arguments: ["sql/views/06_job_health.sql", "sql/views/09_operation.sql"])
    func viewsNameOnlyWhatIsCounted(_ path: String) throws {
        let quoted = try Self.read(path).split(separator: "'").filter { $0.hasPrefix("hookledger_") }
        for name in quoted where name.hasSuffix("_total") || name.hasSuffix("_seconds") {
            #expect(Metric(rawValue: String(name)) != nil, "\(name)")
        }
    }
}
