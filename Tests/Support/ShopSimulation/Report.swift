extension Simulation {
    /// The results.
    package struct Report: Sendable, Equatable {
        /// States that orders had.
        package var states = 0
        /// Orders.
        package var orders = 0
        /// Webhooks that were dropped on the way.
        package var dropped = 0
        /// Webhooks that arrived, those that were repeated included.
        package var arrived = 0
        /// Webhooks that were refused.
        package var refused = 0
        /// Tokens that were refreshed.
        package var refreshed = 0
        /// Refreshes that were refused.
        package var refusedRefreshes = 0
        /// The most jobs that were held for a token at once while the permission was revoked.
        package var held = 0
        /// What `credential_status` said then.
        package var revokedState = ""
        /// Webhooks that the watch registered or enabled again.
        package var repaired = 0
        /// Changes that the watch made to webhooks that a person had paused.
        package var unpaused = 0
        /// Alarms of webhooks that a person had paused.
        package var pauseAlarms = 0
        /// Refused deliveries that were released, and those whose bytes had arrived meanwhile.
        package var released = 0
        package var arrivedMeanwhile = 0
        /// Refused deliveries that stayed.
        package var unreleased = 0
        /// Gaps that reconciliations found, by their reasons.
        package var gaps: [String: Int] = [:]
        /// Gaps whose reason is not that of a fault at that time: shop, order, minute and reason.
        package var misnamed: [String] = []
        /// States that were missing for longer than they may: shop, order and minute.
        package var missing: [String] = []
        /// Orders whose state in the ledger is not the shop's at the end.
        package var stale: [String] = []
        /// Jobs that are still held, or dead letters, at the end.
        package var leftJobs = 0
        /// Effects that must have happened: of orders that were seen in the ledger while they were to be shipped.
        package var effectsDue = 0
        /// Orders that were ever paid, so that no more effects can have happened.
        package var paid = 0
        /// Effects that happened.
        package var effects = 0
        /// Effects that happened again.
        package var doubled = 0
        /// The longest time that a state was missing after its fault, in minutes.
        package var longest = 0

        /// What it does not show that it should.
        package var faults: [String] {
            let claims: [(String, Bool)] = [
                ("orders were missing", missing.isEmpty), ("gaps have a wrong reason", misnamed.isEmpty),
                ("orders are not as in the shop", stale.isEmpty), ("effects were doubled", doubled == 0),
                ("effects are missing", effects >= effectsDue && effects <= paid),
                ("jobs are left", leftJobs == 0), ("no token was refreshed", refreshed > 0),
                ("the refresh was not refused once", refusedRefreshes == 1),
                ("no job was held for the token", held > 0 && revokedState == "revoked"),
                ("no webhook was registered again", repaired >= 3),
                ("a paused webhook was touched", unpaused == 0), ("the pause raised no alarm", pauseAlarms > 0),
                ("refused deliveries were not released", released > 0 && unreleased == 0),
            ]
            return claims.filter { !$0.1 }.map(\.0)
        }
    }
}

extension Simulation.Report {
    /// The results, one a line.
    package var text: String {
        let gaps = gaps.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        var lines = [
            "\(orders) orders with \(states) states; \(arrived) webhooks arrived, \(refused) were refused, \(dropped) dropped",
            "orders missing ten minutes after their fault: \(missing.count) (the longest was missing for \(longest) minutes)",
            "effects: \(effects), doubled: \(doubled)",
            "tokens refreshed: \(refreshed); refused: \(refusedRefreshes), with \(held) jobs held until a person authorized again",
            "webhooks registered or enabled again: \(repaired); paused ones touched: \(unpaused)",
            "refused webhooks released: \(released), arrived meanwhile: \(arrivedMeanwhile), left: \(unreleased)",
            "gaps found by their reason: \(gaps.isEmpty ? "none" : gaps)",
            "gaps with a wrong reason: \(misnamed.count); orders not as in the shop: \(stale.count); jobs left: \(leftJobs)",
        ]
        lines += (missing + misnamed + stale).map { "  " + $0 }
        lines += faults.map { "FAILED: " + $0 }
        return lines.joined(separator: "\n")
    }
}
