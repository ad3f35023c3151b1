/// Holds what every sender was answered against what is stored and what the destinations received. Pure.
public struct History: Sendable {
    /// What each delivery is to lead to.
    public struct Plan: Sendable {
        /// The rules that make one job of every event.
        public var everyEvent: Set<String> = []
        /// The rules whose destination takes the same message twice as two, such as Slack.
        public var once: Set<String> = []

        /// No rules.
        public init() {}
    }

    private let plan: Plan
    private let sent: [Sent]
    private let stored: Stored
    /// How often a destination got a message, by rule and order.
    private let received: [String: [String: Int]]

    /// - Parameter received: for each rule of `plan.once`, how often its destination got the message about an order.
    public init(_ sent: [Sent], _ stored: Stored, received: [String: [String: Int]] = [:], plan: Plan) {
        (self.sent, self.stored, self.received, self.plan) = (sent, stored, received, plan)
    }

    /// All verdicts.
    public func judged() -> HistoryReport {
        var report = HistoryReport()
        let events = Dictionary(grouping: stored.events, by: \.delivery)
        // The same body may have been sent by two clients: it is one delivery.
        let sent = merged()
        for one in sent.sorted(by: { ($0.order, $0.rank) < ($1.order, $1.rank) }) {
            report.note(verdict(one, events[one.delivery] ?? []), on: one)
        }
        let known = Set(sent.map(\.delivery))
        report.foreign = stored.events.count { !known.contains($0.delivery) }
        report.orphanReceipts = stored.orphanReceipts
        report.wrongOrders = wrongOrders(sent, Set(events.keys))
        judgeJobs(&report)
        return report
    }

    private func merged() -> [Sent] {
        var all: [String: Sent] = [:]
        for one in sent {
            if let known = all[one.delivery] {
                all[one.delivery]?.answers = (known.answers + one.answers).sorted { $0.endedAt < $1.endedAt }
            } else {
                all[one.delivery] = one
            }
        }
        return Array(all.values)
    }

    private func verdict(_ one: Sent, _ events: [Stored.Event]) -> Verdict {
        let isAccepted = one.acceptedAt != nil
        if events.count > 1 { return .doubled }
        guard let event = events.first else { return isAccepted ? .lost : one.isRefused ? .refused : .notStored }
        let isWhole =
            event.receipts == 1 && event.hasOrder && plan.everyEvent.allSatisfy { event.jobs[$0] == 1 }
            && event.jobs.values.allSatisfy { $0 == 1 }
        if !isWhole { return .halfStored }
        return isAccepted ? .acknowledged : .uncertain
    }

    /// Orders whose status is not that of their last stored delivery.
    private func wrongOrders(_ sent: [Sent], _ stored: Set<String>) -> [String] {
        let last = Dictionary(grouping: sent.filter { stored.contains($0.delivery) }, by: \.order)
            .compactMapValues { $0.max { $0.rank < $1.rank }?.status }
        return last.filter { self.stored.orders[$0.key] != $0.value }.map(\.key).sorted()
    }

    private func judgeJobs(_ report: inout HistoryReport) {
        for job in stored.jobs {
            switch job.ends {
            case 0 where !job.isDead: report.unfinishedJobs.append(job.id)
            case 2...: report.effectsDoubled.append("job \(job.id) of \(job.rule) ended \(job.ends) times")
            default: break
            }
        }
        for rule in plan.once.sorted() { judgeMessages(of: rule, &report) }
    }

    /// A message was sent once, or it is reported as uncertain.
    private func judgeMessages(of rule: String, _ report: inout HistoryReport) {
        let jobs = Dictionary(grouping: stored.jobs.filter { $0.rule == rule && $0.order != nil }) { $0.order ?? "" }
        let received = received[rule] ?? [:]
        for (order, count) in received.sorted(by: { $0.key < $1.key }) {
            if count > 1 { report.effectsDoubled.append("\(rule): \(order) was sent \(count) times") }
            let isKnown = jobs[order]?.contains { $0.dones > 0 || $0.isUncertain || $0.isDead } ?? false
            if !isKnown { report.effectsUnknown.append("\(rule): \(order)") }
        }
        for (order, jobs) in jobs.sorted(by: { $0.key < $1.key }) {
            if jobs.contains(where: { $0.dones > 0 }), received[order] == nil {
                report.effectsLost.append("\(rule): \(order) is done and was not received")
            }
            if jobs.contains(where: \.isUncertain) { report.effectsUncertain += 1 }
        }
    }
}
