/// The verdicts of a run.
public struct HistoryReport: Sendable {
    /// How many deliveries there are of each verdict.
    public private(set) var counts: [Verdict: Int] = [:]
    /// The deliveries that break the promise.
    public private(set) var faults: [(verdict: Verdict, sent: Sent)] = []
    /// Stored events that nobody sent.
    public internal(set) var foreign = 0
    /// Receipts without an event.
    public internal(set) var orphanReceipts = 0
    /// Orders that do not show their last delivery.
    public internal(set) var wrongOrders: [String] = []
    /// Jobs that neither ended nor are dead letters.
    public internal(set) var unfinishedJobs: [Int64] = []
    /// Effects that happened, or were written down, more than once.
    public internal(set) var effectsDoubled: [String] = []
    /// Effects that are written down as done and did not arrive.
    public internal(set) var effectsLost: [String] = []
    /// Effects that arrived, and no job knows it.
    public internal(set) var effectsUnknown: [String] = []
    /// Effects that are reported as uncertain, for a person.
    public internal(set) var effectsUncertain = 0

    init() {}

    mutating func note(_ verdict: Verdict, on sent: Sent) {
        counts[verdict, default: 0] += 1
        if verdict.isFault { faults.append((verdict, sent)) }
    }

    /// How many deliveries have that verdict.
    public func count(_ verdict: Verdict) -> Int { counts[verdict] ?? 0 }

    /// Takes those losses out that a fault explains by its nature, such as a failover to a standby that was behind.
    ///
    /// - Parameter isExplained: whether that delivery may be lost; its sender was answered 2xx.
    /// - Returns: these deliveries.
    public mutating func excuseLosses(_ isExplained: (Sent) -> Bool) -> [Sent] {
        let excused = faults.filter { $0.verdict == .lost && isExplained($0.sent) }.map(\.sent)
        let names = Set(excused.map(\.delivery))
        faults.removeAll { $0.verdict == .lost && names.contains($0.sent.delivery) }
        counts[.lost, default: 0] -= excused.count
        return excused
    }

    /// What breaks the promise, one line each; nothing if it was kept.
    public var complaints: [String] {
        var lines = faults.prefix(20).map { fault in
            let answers = fault.sent.answers.map { String($0.status) }.joined(separator: ",")
            return "\(fault.verdict.rawValue): \(fault.sent.order) \(fault.sent.status), answers \(answers)"
        }
        if faults.count > 20 { lines.append("and \(faults.count - 20) more deliveries") }
        if foreign > 0 { lines.append("\(foreign) events that nobody sent") }
        if orphanReceipts > 0 { lines.append("\(orphanReceipts) receipts without an event") }
        if !wrongOrders.isEmpty { lines.append("orders behind their deliveries: \(wrongOrders.prefix(10))") }
        if !unfinishedJobs.isEmpty {
            lines.append("\(unfinishedJobs.count) unfinished jobs: \(unfinishedJobs.prefix(10))")
        }
        return lines + effectsDoubled.prefix(10) + effectsLost.prefix(10)
            + effectsUnknown.prefix(10).map { "unknown effect: \($0)" }
    }
}
