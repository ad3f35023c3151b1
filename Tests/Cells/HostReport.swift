import FaultSupport
import History

/// The result of a run with a cell on hosts of its own.
struct HostReport {
    /// Whether times and shares count: the short form runs on machines that are busy with something else.
    let isTimed: Bool
    var seconds = 0
    var history: HistoryReport?
    var recoveries = Recoveries()
    /// Of each time that packets were dropped: seconds until the router noticed it.
    var detections: [Double] = []
    /// Of each fault: the share of the first attempts at the other cells that were answered 2xx.
    var shares: [Double] = []
    /// Of each time that packets were dropped: the same until what waited for the cell had its answer.
    var unnoticedShares: [Double] = []
    /// Whether a recovery took longer than it may.
    var isSlow = false

    init(isTimed: Bool) { self.isTimed = isTimed }

    /// Whether the promise was kept.
    var isGood: Bool { complaints.isEmpty }

    private var complaints: [String] {
        var complaints = history?.complaints ?? ["no judgement"]
        if recoveries.unrecovered > 0 { complaints.append("\(recoveries.unrecovered) faults without recovery") }
        guard isTimed else { return complaints }
        if isSlow { complaints.append("a recovery took too long") }
        if detections.contains(where: { $0 > CellsReport.mostDetection }) {
            complaints.append("a host that vanished was not noticed")
        }
        if let least = (shares + unnoticedShares).min(), least < CellsReport.leastShare {
            complaints.append("other cells' 2xx fell to \(CellsReport.percent(least))")
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
        guard let history else { return "" }
        return """
            \(history.verdicts(in: seconds)).

            | | |
            |---|---|
            | first attempts at other cells answered 2xx | \(CellsReport.percent(shares.min() ?? 1)) at least |
            | dropped packets are noticed after | \(CellsReport.fixed(detections.max() ?? 0)) s at most |
            | first attempts at other cells answered 2xx until then | \(CellsReport.percent(unnoticedShares.min() ?? 1)) at least |

            \(recoveries.table(of: "fault of the cell under Patroni"))
            """
    }
}

extension HistoryReport {
    /// The verdicts on the deliveries, as a sentence.
    func verdicts(in seconds: Int) -> String {
        [
            "\(count(.acknowledged)) deliveries acknowledged in \(seconds) s", "\(count(.lost)) lost",
            "\(count(.doubled)) doubled", "\(count(.halfStored)) half-stored", "\(count(.uncertain)) uncertain",
            "\(effectsDoubled.count) effects doubled", "\(effectsUncertain) effects uncertain",
        ].joined(separator: ", ")
    }
}
