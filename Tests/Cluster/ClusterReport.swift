import FaultSupport
import History

/// The result of a run.
struct ClusterReport {
    var seconds = 0
    var history: HistoryReport?
    var recoveries = Recoveries()
    /// Whether a recovery took longer than it may.
    var isSlow = false

    /// Whether the promise was kept.
    var isGood: Bool { complaints.isEmpty }

    private var complaints: [String] {
        (history?.complaints ?? ["no judgement"])
            + (recoveries.unrecovered > 0 ? ["\(recoveries.unrecovered) blows without recovery"] : [])
            + (isSlow ? ["a recovery took more than 15 s"] : [])
    }

    /// For people.
    var text: String {
        ([table] + complaints.map { "FAULT: \($0)" } + [isGood ? "the promise was kept" : "the promise was broken"])
            .joined(separator: "\n")
    }

    /// The figures as a page holds them.
    var table: String {
        guard let history else { return "" }
        let verdicts = [
            "\(recoveries.count) blows in \(seconds) s", "\(history.count(.acknowledged)) deliveries acknowledged",
            "\(history.count(.lost)) lost", "\(history.count(.doubled)) doubled",
            "\(history.count(.halfStored)) half-stored", "\(history.count(.uncertain)) uncertain",
            "\(history.effectsDoubled.count) effects doubled", "\(history.effectsUncertain) effects uncertain",
        ].joined(separator: ", ")
        return "\(verdicts).\n\n" + recoveries.table(of: "blow")
    }
}
