import FaultSupport

/// `make cells`: a router and four databases that hold whole shops are measured against one, killed and stopped under load, and joined
/// by two more; then every answer is held against what is stored. `scripts/cells` starts it.
@main struct Main {
    static func main() {
        FaultProgram.main("cells", kills: 100, quickKills: 2) { options in
            let report = try Run(options).perform()
            return FaultVerdict(text: report.text, table: report.table, isGood: report.isGood)
        }
    }
}

extension FaultOptions {
    /// How often a cell hangs.
    var hangs: Int { isQuick ? 1 : 8 }
    /// Rounds of each side of the cost, and the deliveries of one.
    var costRounds: Int { isQuick ? 3 : 12 }
    var costDeliveries: Int { isQuick ? 1024 : 4096 }
}
