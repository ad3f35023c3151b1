import FaultSupport

/// `make chaos`: a whole stack under load, and one blow after another; then every answer is held against what is stored and
/// what the destinations received. `scripts/chaos` starts it.
@main struct Main {
    static func main() {
        FaultProgram.main("chaos", .chaos) { options in
            let report = try Run(options).perform()
            return FaultVerdict(text: report.text, table: report.table, isGood: report.isGood)
        }
    }
}

extension FaultOptions.Form {
    /// A quick run has each kind once, and ends after its time.
    static let chaos = Self(counted: "blows", usual: 1000, quick: 1000, lists: true, parts: nil)
}
