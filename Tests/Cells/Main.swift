import FaultSupport

/// `make cells`: a router and four databases that hold whole shops are measured against one, killed and stopped under load, and joined
/// by two more; then every answer is held against what is stored. `scripts/cells` starts it.
@main struct Main {
    static func main() {
        let form = FaultOptions.Form(
            counted: "kills", usual: 100, quick: 1, parts: ["cost", "hosts"], recorded: ["cost", "hosts"])
        FaultProgram.main("cells", form) { options in
            if options.only == ["hosts"] { return try hosts(options) }
            let report = try Run(options).perform()
            return FaultVerdict(text: report.text, tables: report.tables, isGood: report.isGood)
        }
    }

    /// The cell on hosts of its own, where there can be hosts.
    private static func hosts(_ options: FaultOptions) throws -> FaultVerdict {
        if let reason = HostRun.reason {
            return FaultVerdict(text: "cells on hosts of their own were not run: \(reason)", tables: [:], isGood: true)
        }
        let report = try HostRun(options).perform()
        return FaultVerdict(text: report.text, tables: ["hosts": report.table], isGood: report.isGood)
    }
}

extension FaultOptions {
    /// Whether only the processor time is measured.
    var isCostOnly: Bool { only == ["cost"] }
    /// How often each fault hits the cell on hosts of its own.
    var hostRounds: Int { isQuick ? 1 : 4 }
    /// The cells that join.
    var newCells: [String] { isQuick ? ["cell5"] : ["cell5", "cell6"] }
    /// How often a cell hangs.
    var hangs: Int { isQuick ? 1 : 8 }
    /// Rounds of each side of the cost, those before them, and the deliveries for each database in one.
    var costRounds: Int { isQuick ? 2 : 60 }
    var costWarmUp: Int { isQuick ? 1 : 3 }
    var costDeliveries: Int { isQuick ? 128 : 512 }
    /// How long databases at rest are watched, in seconds.
    var restSeconds: Int { isQuick ? 1 : 10 }
}
