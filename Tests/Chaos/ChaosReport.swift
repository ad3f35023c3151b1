import FaultSupport
import History

/// The result of a run.
struct ChaosReport {
    let seed: UInt64
    var seconds = 0
    var skipped: [String] = []
    /// Blows that could not be struck or undone.
    var troubles: [String] = []
    var history: HistoryReport?
    /// Acknowledged, and lost with a primary whose standby was behind.
    var lostByNature: [Sent] = []
    /// How many call sites have failed, with each error, and how many are known.
    var fileFaults = (done: 0, known: 0)
    /// How often each kind struck, and how long it took until deliveries were stored again.
    var blows = Recoveries()

    init(seed: UInt64) { self.seed = seed }

    /// Whether the promise was kept.
    var isGood: Bool { complaints.isEmpty }

    private var complaints: [String] {
        (history?.complaints ?? []) + troubles
            + (blows.unrecovered > 0 ? ["\(blows.unrecovered) blows without recovery within a minute"] : [])
    }

    /// For people.
    var text: String {
        guard history != nil else { return "" }
        var lines = [table]
        lines += skipped.map { "not run: \($0)" }
        lines += lostByNature.map { "lost by asynchronous failover: \($0.order) \($0.status)" }
        lines += complaints.map { "FAULT: \($0)" }
        lines.append(isGood ? "the promise was kept" : "the promise was broken")
        return lines.joined(separator: "\n")
    }

    /// The figures as a page holds them.
    var table: String {
        guard let history else { return "" }
        let verdicts = [
            "\(blows.count) blows (seed \(seed)) in \(seconds) s",
            "\(history.count(.acknowledged)) deliveries acknowledged",
            "\(history.count(.lost)) lost", "\(history.count(.doubled)) doubled",
            "\(history.count(.halfStored)) half-stored", "\(history.count(.uncertain)) uncertain",
            "\(history.count(.refused)) refused", "\(history.count(.notStored)) not stored and not acknowledged",
            "\(history.effectsDoubled.count) effects doubled", "\(history.effectsUncertain) effects uncertain",
            "\(lostByNature.count) lost by asynchronous failover",
            "\(fileFaults.done) of \(fileFaults.known) file errors reached",
        ].joined(separator: ", ")
        return "\(verdicts).\n\n" + blows.table(of: "blow")
    }
}
