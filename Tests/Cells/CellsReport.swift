import FaultSupport
import History

/// The result of a run.
struct CellsReport {
    let isQuick: Bool
    var seconds = 0
    var history: HistoryReport?
    var recoveries = Recoveries()
    /// Of each kill: the share of the first attempts at other cells that were answered 2xx while the cell was away.
    var shares: [Double] = []
    /// Of each cell that hung: seconds until it was noticed, and the share of the first attempts at others that were answered 2xx after that.
    var detections: [Double] = []
    var hangShares: [Double] = []
    /// Seconds that each new cell took to join.
    var joins: [Double] = []
    /// How many of the sources moved to new cells.
    var moved = 0
    var repeated = 0
    var newEvents = 0
    /// What `cells check` printed.
    var differences: [String] = []
    var cost: CostRow?

    /// The most that cells may cost against one database, and a router for each delivery, in microseconds.
    private static let mostRatio = 1.15
    private static let mostRouter = 75.0
    private static let leastShare = 0.98
    private static let mostDetection = 10.0

    init(isQuick: Bool) { self.isQuick = isQuick }

    /// Whether the promise was kept.
    var isGood: Bool { complaints.isEmpty }

    private var complaints: [String] {
        var complaints = history?.complaints ?? ["no judgement"]
        if recoveries.unrecovered > 0 { complaints.append("\(recoveries.unrecovered) kills without recovery") }
        if newEvents != 0 { complaints.append("\(newEvents) new events of deliveries that were sent again") }
        if detections.contains(where: { $0 > Self.mostDetection }) {
            complaints.append("a cell that hung was not noticed")
        }
        if moved == 0 { complaints.append("no source moved to a new cell") }
        if !differences.contains(where: { $0.contains("agree with the router") }) { complaints += differences }
        // The short form runs on machines that are busy with something else.
        if !isQuick {
            if let least = shares.min(), least < Self.leastShare {
                complaints.append("other cells' 2xx fell to \(Self.percent(least))")
            }
            if let least = hangShares.min(), least < Self.leastShare {
                complaints.append("other cells' 2xx fell to \(Self.percent(least)) while one hung")
            }
            if let cost, cost.ratio > Self.mostRatio {
                complaints.append("the cells cost \(Self.fixed(cost.ratio)) of one database")
            }
            if let cost, CostRow.mean(cost.router) > Self.mostRouter {
                complaints.append("the router costs \(Self.fixed(CostRow.mean(cost.router))) µs a delivery")
            }
        }
        return complaints
    }

    /// For people.
    var text: String {
        ([table] + complaints.map { "FAULT: \($0)" } + [isGood ? "the promise was kept" : "the promise was broken"])
            .joined(separator: "\n")
    }

    /// The figures as a page holds them.
    var table: String {
        guard let history, let cost else { return "" }
        let verdicts = [
            "\(history.count(.acknowledged)) deliveries acknowledged in \(seconds) s", "\(history.count(.lost)) lost",
            "\(history.count(.doubled)) doubled", "\(history.count(.halfStored)) half-stored",
            "\(history.count(.uncertain)) uncertain", "\(history.effectsDoubled.count) effects doubled",
            "\(history.effectsUncertain) effects uncertain",
        ].joined(separator: ", ")
        return """
            \(verdicts).

            | | |
            |---|---|
            | Postgres' processor time for a delivery, one database | \(Self.fixed(CostRow.mean(cost.one))) µs |
            | the same in four cells, together | \(Self.fixed(CostRow.mean(cost.cells))) µs (\(Self.fixed(cost.ratio)) of one database) |
            | in the router | \(Self.fixed(CostRow.mean(cost.router))) µs |
            | first attempts at other cells answered 2xx while one is away | \(Self.percent(shares.min() ?? 1)) at least |
            | a cell that hangs is noticed after | \(Self.fixed(detections.max() ?? 0)) s at most |
            | first attempts at other cells answered 2xx after that | \(Self.percent(hangShares.min() ?? 1)) at least |
            | four cells become six, with \(moved) of 12 sources moved | \(joins.map(Self.fixed).joined(separator: " and ")) s |
            | \(repeated) deliveries sent again after that | \(newEvents) new events |

            \(recoveries.table(of: "fault"))
            """
    }

    static func fixed(_ value: Double) -> String {
        guard value.isFinite else { return "never" }
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    static func percent(_ share: Double) -> String { fixed(share * 100) + " %" }
}
