import History
import Testing

/// The checker finds what is planted.
@Suite struct HistoryTests {
    private let plan: History.Plan = {
        var plan = History.Plan()
        plan.everyEvent = ["erp"]
        plan.once = ["tell"]
        return plan
    }()

    private func sent(_ number: Int, _ statuses: [Int] = [200]) -> Sent {
        var sent = Sent(body: Array("body \(number)".utf8), order: "o-\(number)", status: "PAID", rank: 1)
        sent.answers = statuses.enumerated().map {
            Sent.Answer(status: $1, sentAt: Int64($0) * 10, endedAt: Int64($0) * 10 + 5)
        }
        return sent
    }

    /// Everything that those deliveries are to lead to.
    private func books(_ sent: [Sent]) -> Stored {
        var stored = Stored()
        for (place, one) in sent.enumerated() {
            stored.events.append(.init(id: Int64(place), delivery: one.delivery, jobs: ["erp": 1]))
            stored.jobs.append(.init(id: Int64(place), rule: "erp", order: one.order))
            stored.orders[one.order] = one.status
        }
        return stored
    }

    private func judge(
        _ sent: [Sent], _ stored: Stored, _ received: [String: Int] = [:]
    ) -> HistoryReport {
        History(sent, stored, received: ["tell": received], plan: plan).judged()
    }

    @Test func aRunWithoutFaultsHasNoComplaint() {
        let all = (0..<5).map { sent($0, [503, 0, 200]) }
        let report = judge(all, books(all))
        #expect(report.count(.acknowledged) == 5 && report.complaints.isEmpty)
    }

    @Test func aPlantedLossIsFound() {
        let all = (0..<3).map { sent($0) }
        var stored = books(all)
        stored.events.remove(at: 1)
        var report = judge(all, stored)
        #expect(report.count(.lost) == 1 && report.count(.acknowledged) == 2)
        #expect(report.complaints.count == 1 && report.complaints[0].contains("o-1"))
        #expect(report.excuseLosses { $0.order == "o-1" }.map(\.order) == ["o-1"])
        #expect(report.count(.lost) == 0 && report.complaints.isEmpty)
    }

    @Test func aPlantedDoubleIsFound() {
        let all = (0..<3).map { sent($0) }
        var stored = books(all)
        stored.events.append(.init(id: 9, delivery: all[0].delivery, jobs: ["erp": 1]))
        let report = judge(all, stored)
        #expect(report.count(.doubled) == 1 && report.faults[0].sent.order == "o-0")
    }

    @Test func aDeliveryThatTwoClientsSendIsOne() {
        let all = [sent(1), sent(1), sent(2)]
        let report = judge(all, books([all[0], all[2]]))
        #expect(report.count(.acknowledged) == 2 && report.complaints.isEmpty)
    }

    enum Half: CaseIterable { case receipt, order, job, twoJobs, orphan }

    @Test(arguments: Half.allCases) func aPlantedHalfIsFound(half: Half) {
        let all = (0..<3).map { sent($0) }
        var stored = books(all)
        switch half {
        case .receipt: stored.events[0].receipts = 0
        case .order: stored.events[0].hasOrder = false
        case .job: stored.events[0].jobs = [:]
        case .twoJobs: stored.events[0].jobs = ["erp": 2]
        case .orphan: stored.orphanReceipts = 1
        }
        let report = judge(all, stored)
        #expect(report.count(.halfStored) == (half == .orphan ? 0 : 1) && report.complaints.count == 1)
    }

    @Test func whatWasNotAcknowledgedIsUncertainOrNotStored() {
        let all = [sent(0, [0]), sent(1, [503, 503]), sent(2, [503, 401])]
        let report = judge(all, books([all[0]]))
        #expect(report.count(.uncertain) == 1 && report.count(.notStored) == 1 && report.count(.refused) == 1)
        // A refusal is a fault: no sender retries it.
        #expect(report.faults.map(\.verdict) == [.refused])
    }

    @Test func anOrderBehindItsDeliveriesIsFound() {
        var late = sent(0)
        late = Sent(body: [1], order: late.order, status: "SHIPPED", rank: 2)
        late.answers = [.init(status: 200, sentAt: 1, endedAt: 2)]
        let all = [sent(0), late]
        var stored = books(all)
        stored.orders["o-0"] = "PAID"
        #expect(judge(all, stored).wrongOrders == ["o-0"])
    }

    @Test func jobsAndEffectsAreHeldAgainstTheDestinations() {
        let all = [sent(0)]
        var stored = books(all)
        stored.jobs[0].ends = 2
        stored.jobs += [
            .init(id: 10, rule: "tell", order: "o-0"), .init(id: 11, rule: "tell", order: "o-1"),
            .init(id: 12, rule: "tell", order: "o-2", ends: 0, dones: 0, isDead: true, isUncertain: true),
            .init(id: 13, rule: "tell", order: "o-3", ends: 0, dones: 0),
        ]
        let report = judge(all, stored, ["o-0": 2, "o-2": 1, "o-9": 1])
        #expect(report.effectsDoubled.count == 2)
        #expect(report.effectsLost == ["tell: o-1 is done and was not received"])
        #expect(report.effectsUnknown == ["tell: o-9"])
        #expect(report.effectsUncertain == 1 && report.unfinishedJobs == [13])
    }

    @Test func anEventThatNobodySentIsFound() {
        let all = [sent(0)]
        #expect(judge(all, books(all + [sent(7)])).foreign == 1)
    }
}
