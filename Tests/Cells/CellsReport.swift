import FaultSupport
import History
import Platform

/// The result of a run.
struct CellsReport {
    let options: FaultOptions
    var seconds = 0
    var history: HistoryReport?
    var recoveries = Recoveries()
    /// Of each kill: the share of the first attempts at other cells that were answered 2xx while the cell was away.
    var shares: [Double] = []
    /// Of each cell that hung: seconds until it was noticed, and the share of the first attempts at others that were answered 2xx until what
    /// waited for it had its answer, and after that.
    var detections: [Double] = []
    var unnoticedShares: [Double] = []
    var hangShares: [Double] = []
    /// Seconds that each new cell took to join.
    var joins: [Double] = []
    /// How many of the sources moved to new cells.
    var moved = 0
    var repeated = 0
    var newEvents = 0
    /// What `cells check` printed.
    var differences: [String] = []
    var cost: CellCost?

    /// The least share of first attempts at other cells that are answered 2xx, and the longest time until a cell that hangs is noticed.
    static let leastShare = 0.98
    static let mostDetection = 10.0

    init(_ options: FaultOptions) { self.options = options }

    /// Whether the promise was kept.
    var isGood: Bool { complaints.isEmpty }

    private var complaints: [String] {
        if options.isCostOnly { return [] }
        var complaints = history?.complaints ?? ["no judgement"]
        if recoveries.unrecovered > 0 { complaints.append("\(recoveries.unrecovered) kills without recovery") }
        if newEvents != 0 { complaints.append("\(newEvents) new events of deliveries that were sent again") }
        if detections.contains(where: { $0 > Self.mostDetection }) {
            complaints.append("a cell that hung was not noticed")
        }
        if moved == 0 { complaints.append("no source moved to a new cell") }
        if !differences.contains(where: { $0.contains("agree with the router") }) { complaints += differences }
        // The short form runs on machines that are busy with something else.
        if !options.isQuick {
            if let least = shares.min(), least < Self.leastShare {
                complaints.append("other cells' 2xx fell to \(Self.percent(least))")
            }
            if let least = (unnoticedShares + hangShares).min(), least < Self.leastShare {
                complaints.append("other cells' 2xx fell to \(Self.percent(least)) while one hung")
            }
        }
        return complaints
    }

    /// For people.
    var text: String {
        let costs = cost.map(costTable) ?? ""
        if options.isCostOnly { return costs }
        let end = isGood ? "the promise was kept" : "the promise was broken"
        return ([table, "", costs] + complaints.map { "FAULT: \($0)" } + [end]).joined(separator: "\n")
    }

    /// The figures as a page holds them.
    var tables: [String: String] {
        var tables = ["": table].filter { !$0.value.isEmpty }
        tables["cost"] = cost.map(costTable)
        return tables
    }

    private var table: String {
        guard let history else { return "" }
        return """
            \(history.verdicts(in: seconds)).

            | | |
            |---|---|
            | first attempts at other cells answered 2xx while one is away | \(Self.percent(shares.min() ?? 1)) at least |
            | a cell that hangs is noticed after | \(Self.fixed(detections.max() ?? 0)) s at most |
            | first attempts at other cells answered 2xx until then | \(Self.percent(unnoticedShares.min() ?? 1)) at least |
            | first attempts at other cells answered 2xx after that | \(Self.percent(hangShares.min() ?? 1)) at least |
            | four cells become \(joins.count == 1 ? "five" : "six"), with \(moved) of 12 sources moved | \(joins.map(Self.fixed).joined(separator: " and ")) s |
            | \(repeated) deliveries sent again after that | \(newEvents) new events |

            \(recoveries.table(of: "fault"))
            """
    }

    /// What a delivery costs, by parts, and the budgets that are missed.
    private func costTable(_ cost: CellCost) -> String {
        func time(_ value: Double) -> String { Self.fixed(value) + " µs" }
        func line(_ name: String, _ value: String) -> String { "| \(name) | \(value) |" }
        let rows = [
            CellFigure.one.line(time(cost.one.each)),
            CellFigure.cells.line(time(cost.cells.each), " (\(Self.fixed(cost.ratio)) of one database)"),
            CellFigure.slots.line(time(cost.direct.each - cost.one.each)),
            CellFigure.text.line(time(cost.behind.each - cost.direct.each)),
            line(
                "of which: four servers in place of one, and uneven parts of a batch",
                time(cost.cells.each - cost.behind.each)),
            line(
                "one cell behind a router of its own, in the batches of one database",
                time(cost.behind.each) + " (\(Self.fixed(cost.behind.ratio(to: cost.one))) of one database)"),
            CellFigure.router.line(time(cost.cells.routing)),
            CellFigure.sender.line(time(cost.cells.sending)),
            line("background processes, within that of one database", time(cost.one.background)),
            line("background processes, within that of the cells", time(cost.cells.background)),
            line("one database at rest, a second", time(cost.rest.one)),
            line("four cells at rest, a second", time(cost.rest.cells)),
            line("asking four cells whether they store, a second", time(cost.rest.watch)),
            CellFigure.rateOfOne.line("\(Int(cost.one.rate))"),
            CellFigure.rateOfCells.line("\(Int(cost.cells.rate))"),
            CellFigure.batchOfOne.line("\(cost.one.batch)"),
            CellFigure.batchOfCells.line("\(cost.cells.batch)"),
            line(
                "one database, by its processor time: deliveries against those without what cells need in it",
                Self.fixed(cost.share)),
            CellFigure.processors.line("\(Processors.usable)"),
        ]
        let missed = cost.missed.map { "\n\nA budget is missed: \($0)." }.joined()
        return "| processor time of Postgres, and rates | |\n|---|---|\n\(rows.joined(separator: "\n"))\(missed)"
    }

    static func fixed(_ value: Double) -> String {
        guard value.isFinite else { return "never" }
        let hundredths = Int((abs(value) * 100).rounded())
        let sign = value < 0 && hundredths > 0 ? "-" : ""
        return "\(sign)\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    static func percent(_ share: Double) -> String { fixed(share * 100) + " %" }
}
