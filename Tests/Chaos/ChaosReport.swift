import History
import Platform

/// What came of a run.
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
    private var kinds: [String: Figures] = [:]
    private var order: [String] = []

    private struct Figures {
        var blows = 0
        var missed = 0
        /// In seconds.
        var recoveries: [Double] = []
        var unrecovered = 0
    }

    init(seed: UInt64) { self.seed = seed }

    /// - Parameters:
    ///   - recovery: the seconds from the end of the blow until a delivery that was sent after it was stored; nil if none was
    ///     within a minute.
    ///   - hit: whether there was something to hit.
    mutating func note(_ kind: String, recovery: Double?, hit: Bool) {
        if kinds[kind] == nil { order.append(kind) }
        if !hit {
            kinds[kind, default: Figures()].missed += 1
            return
        }
        kinds[kind, default: Figures()].blows += 1
        if let recovery {
            kinds[kind, default: Figures()].recoveries.append(recovery)
        } else {
            kinds[kind, default: Figures()].unrecovered += 1
        }
    }

    var blows: Int { kinds.values.reduce(0) { $0 + $1.blows } }
    private var unrecovered: Int { kinds.values.reduce(0) { $0 + $1.unrecovered } }

    /// Whether the promise was kept.
    var isGood: Bool { complaints.isEmpty }

    private var complaints: [String] {
        (history?.complaints ?? []) + troubles
            + (unrecovered > 0 ? ["\(unrecovered) blows without recovery within a minute"] : [])
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
    private var table: String {
        guard let history else { return "" }
        let verdicts = [
            "\(blows) blows (seed \(seed)) in \(seconds) s", "\(history.count(.acknowledged)) deliveries acknowledged",
            "\(history.count(.lost)) lost", "\(history.count(.doubled)) doubled",
            "\(history.count(.halfStored)) half-stored", "\(history.count(.uncertain)) uncertain",
            "\(history.count(.refused)) refused", "\(history.count(.notStored)) not stored and not acknowledged",
            "\(history.effectsDoubled.count) effects doubled", "\(history.effectsUncertain) effects uncertain",
            "\(lostByNature.count) lost by asynchronous failover",
            "\(fileFaults.done) of \(fileFaults.known) file errors reached",
        ].joined(separator: ", ")
        let rows = order.sorted().compactMap { kind -> String? in
            guard let figures = kinds[kind] else { return nil }
            let times = figures.recoveries.sorted()
            let middle = times.isEmpty ? "" : Self.seconds(times[times.count / 2])
            return "| \(kind) | \(figures.blows) | \(middle) | \(times.last.map(Self.seconds) ?? "") |"
        }
        return """
            \(verdicts).

            | blow | times | recovery p50 | max |
            |---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private static func seconds(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    }

    /// Puts the figures between the two marks of a page.
    func record(in page: String) throws {
        let (open, close) = ("<!-- make chaos RECORD=1 writes from here -->", "<!-- to here -->")
        let lines = try Files.readText(page).split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0 == open }), let last = lines.firstIndex(where: { $0 == close }),
            first < last
        else { throw ChaosFailure("\(page) has no place for the figures") }
        let text =
            lines[...first].joined(separator: "\n") + "\n\n" + table + "\n\n" + lines[last...].joined(separator: "\n")
        try Files.write(page, text: text)
    }
}
