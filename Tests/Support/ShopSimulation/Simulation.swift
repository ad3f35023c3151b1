internal import Ledger
internal import Platform
internal import Postgres
internal import Settings
internal import StandIns
internal import Webhooks

/// Days of three shops with faults, in simulated minutes: every order must be in the ledger ten minutes after its fault,
/// and every effect must happen once.
package struct Simulation {
    private struct State {
        let order: ShopOrder
        let minute: Int
        /// Whether its webhook was dropped.
        let isDropped: Bool
    }

    private let days: Int
    private let shops: LivingShops
    private let start: Timestamp
    private let faults: Faults
    private var world: ShopWorld { shops.world }
    private var random: SeededNumbers
    private var senders = Senders()
    private var orders: [ShopOrder] = []
    private var history: [String: State] = [:]
    private var open: [State] = []
    private var paid: Set<String> = []
    private var due: Set<String> = []
    /// When webhooks of a shop were off, in minutes.
    private var off: [ShopStandIns.Shop: [ClosedRange<Int>]] = [:]
    /// The changes of WooCommerce's webhooks before they were paused.
    private var changesBeforePause = 0
    private var report = Report()

    /// States may be missing this long after their fault, in minutes.
    private static let patience = 10
    /// The minutes between two steps of the time of the tokens.
    private static let tick = 5

    /// - Parameters:
    ///   - days: at least 3.
    ///   - seed: the same seed makes the same run.
    package init(days: Int, seed: UInt64) throws {
        self.days = days
        random = SeededNumbers(seed: seed)
        faults = Faults(days: days, random: &random)
        // Whole minutes, so that the run does not depend on when it takes place; in the past, because jobs run by the
        // clock of the host, and a fetched state from the future would not count.
        let first = SystemClock.now.seconds / 60 * 60 - Int64(days) * 86_400 - 7200
        start = Timestamp(seconds: first) ?? SystemClock.now
        shops = try LivingShops(now: start)
        for shop in ShopStandIns.Shop.simulated { senders.setSubscribed(try shops.subscribed(shop), of: shop) }
    }

    /// Runs all days.
    /// - Parameter progress: called after every day.
    package mutating func run(progress: (_ day: Int) -> Void = { _ in }) throws -> Report {
        for minute in 0..<days * 1440 + 60 {
            try step(minute)
            if minute % 1440 == 1439 { progress(minute / 1440 + 1) }
        }
        try finish()
        return report
    }

    private mutating func step(_ minute: Int) throws {
        world.now = start.advanced(bySeconds: Int64(minute) * 60)
        if minute.isMultiple(of: Self.tick) { try shops.pass(minutes: Int64(Self.tick)) }
        for fault in faults.all {
            if fault.minutes.lowerBound == minute { try begin(fault) }
            if fault.minutes.upperBound + 1 == minute { try end(fault) }
        }
        // The last hour only waits.
        if minute < days * 1440 { try trade(minute) }
        let isDown = faults.isOn(.outage, .tiktok, at: minute)
        for delivery in senders.take(minute: minute) { try attempt(delivery, minute, isDown: isDown) }
        for shop in ShopStandIns.Shop.simulated where !senders.isOn(shop) { noteOff(shop, minute) }
        // Jobs wait by the clock of the database: for them, too, a minute passes.
        try world.superuser.execute("update jobs set run_at = run_at - interval '1 minute' where run_at > now()")
        if !isDown { try work(minute) }
    }

    /// What the batch processor does within a minute.
    private mutating func work(_ minute: Int) throws {
        let tokens = try shops.keepTokens()
        report.refreshed += tokens.refreshed
        report.refusedRefreshes += tokens.refused
        for shop in ShopStandIns.Shop.simulated {
            let repaired = try shops.watch(shop)
            report.repaired += repaired
            if repaired > 0 { senders.setSubscribed(try shops.subscribed(shop), of: shop) }
        }
        try world.runJobs()
        for shop in ShopStandIns.Shop.simulated { try shops.reconcile(shop) }
        try world.runJobs()
        try settle(minute)
    }

    private mutating func begin(_ fault: Faults.Fault) throws {
        switch (fault.kind, fault.shop) {
        case (.wrongSecret, _):
            world.environment["SECRET"] = "the next secret, too early"
            try world.reload()
        case (.webhookOff, let shop?): try switchOff(Set(Subscribed.topics(shop)), of: shop)
        case (.paused, _):
            changesBeforePause = try shops.changes(of: .woocommerce)
            try pause(true)
        case (.token, let shop?): try shops.endToken(of: shop)
        case (.revoked, let shop?): try shops.revoke(shop)
        default: break
        }
    }

    /// What people do at the end of a fault.
    private mutating func end(_ fault: Faults.Fault) throws {
        switch (fault.kind, fault.shop) {
        case (.wrongSecret, _):
            world.environment["SECRET"] = ShopWorld.secret
            try world.reload()
            let released = try shops.release()
            report.released += released.released
            report.arrivedMeanwhile += released.arrived
        case (.paused, _):
            report.unpaused = try shops.changes(of: .woocommerce) - changesBeforePause
            report.pauseAlarms =
                Int(
                    try world.value("select count(*) from webhook_watch where state = 'paused' and alarm") ?? "") ?? 0
            try pause(false)
        case (.revoked, let shop?):
            report.held = Int(try world.value("select count(*) from jobs where hold_reason = 'token'") ?? "") ?? 0
            report.revokedState =
                try world.value("select state from credential_status where source = '\(shop.rawValue)'") ?? ""
            try shops.authorize(shop)
        default: break
        }
    }

    private mutating func switchOff(_ topics: Set<String>, of shop: ShopStandIns.Shop) throws {
        try shops.switchOff(topics, of: shop)
        senders.setSubscribed(try shops.subscribed(shop), of: shop)
    }

    private mutating func pause(_ isPaused: Bool) throws {
        try shops.pause(isPaused)
        senders.setSubscribed(try shops.subscribed(.woocommerce), of: .woocommerce)
    }

    private mutating func noteOff(_ shop: ShopStandIns.Shop, _ minute: Int) {
        var spans = off[shop] ?? []
        if let last = spans.last, last.upperBound == minute - 1 {
            spans[spans.count - 1] = last.lowerBound...minute
        } else {
            spans.append(minute...minute)
        }
        off[shop] = spans
    }

    /// Buyers order, and orders change.
    private mutating func trade(_ minute: Int) throws {
        for shop in ShopStandIns.Shop.simulated {
            if random.below(1440) < 14 {
                let order = ShopOrder(shop, "\(100_000 + orders.count)", placedAt: world.now)
                report.orders += 1
                orders.append(order)
                try change(order, minute)
            }
        }
        for index in orders.indices where orders[index].state == .unpaid || orders[index].state == .paid {
            guard random.below(240) == 0, orders[index].changedAt < world.now else { continue }
            let isUnpaid = orders[index].state == .unpaid
            orders[index].state = random.happens(percent: 10) ? .cancelled : isUnpaid ? .paid : .shipped
            orders[index].changedAt = world.now
            try change(orders[index], minute)
        }
    }

    private mutating func change(_ order: ShopOrder, _ minute: Int) throws {
        try world.shops.put(order.body, in: order.shop)
        report.states += 1
        if order.state == .paid { paid.insert(order.id) }
        let isDropped = random.happens(percent: 5)
        if isDropped { report.dropped += 1 } else { senders.add(order, minute: minute) }
        let state = State(order: order, minute: minute, isDropped: isDropped)
        history[Self.key(order)] = state
        open.removeAll { $0.order.id == order.id }
        open.append(state)
    }

    private static func key(_ order: ShopOrder) -> String {
        "\(order.shop.rawValue) \(order.id) \(order.changedAt.microseconds)"
    }

    private mutating func attempt(_ delivery: Senders.Waiting, _ minute: Int, isDown: Bool) throws {
        var isAccepted = false
        if !isDown {
            let webhook = try delivery.order.webhook(serial: delivery.serial, secret: ShopWorld.secret, now: world.now)
            isAccepted = try world.deliver(webhook) != .refused
            if isAccepted { report.arrived += 1 } else { report.refused += 1 }
        }
        if senders.note(delivery, isAccepted: isAccepted, minute: minute) {
            try switchOff([delivery.topic], of: delivery.order.shop)
        }
    }

    /// Looks which states are in the ledger by now.
    private mutating func settle(_ minute: Int) throws {
        if open.isEmpty { return }
        let rows = try world.superuser.query(
            """
            select source || ' ' || order_id as id, (order_data ->> 'changed_at')::timestamptz as changed_at
            from orders where order_id = any ($1::text[]) and not coalesce((order_data ->> 'needs_detail')::boolean, false)
            """, [.texts(open.map(\.order.id))])
        var known: [String: Int64] = [:]
        for row in rows { known[try row.text("id")] = try row.optionalTimestamp("changed_at") ?? 0 }
        for state in open {
            let isThere =
                known["\(state.order.shop.rawValue) \(state.order.id)"] ?? 0 >= state.order.changedAt.microseconds
            let lateness = minute - excused(state)
            if !isThere, lateness == Self.patience {
                report.missing.append("\(state.order.shop.rawValue) \(state.order.id), minute \(state.minute)")
            }
            if isThere, state.order.state == .paid { due.insert(state.order.id) }
            if isThere { report.longest = max(report.longest, lateness) }
        }
        open.removeAll { known["\($0.order.shop.rawValue) \($0.order.id)"] ?? 0 >= $0.order.changedAt.microseconds }
    }

    /// The end of the last fault that keeps the order away, or the change itself: without the host or its token nothing can
    /// be fetched.
    private func excused(_ state: State) -> Int {
        var minute = state.minute
        for fault in faults.all.sorted(by: { $0.minutes.lowerBound < $1.minutes.lowerBound }) {
            let keepsAway = [.outage, .token, .revoked].contains(fault.kind)
            let margin = fault.minutes.lowerBound - Self.patience...fault.minutes.upperBound
            if keepsAway, fault.shop == nil || fault.shop == state.order.shop, margin.contains(minute) {
                minute = fault.minutes.upperBound + 1
            }
        }
        return minute
    }

    private mutating func finish() throws {
        for row in try world.superuser.query(
            "select source, order_id, reason, missing_since, found_at from missing_orders order by id", [])
        {
            let (source, id, reason) = (try row.text("source"), try row.text("order_id"), try row.text("reason"))
            report.gaps[reason, default: 0] += 1
            guard let state = history["\(source) \(id) \(try row.timestamp("missing_since"))"] else {
                report.misnamed.append("\(source) \(id): no such state")
                continue
            }
            let found = Int((try row.timestamp("found_at") - start.microseconds) / 60_000_000)
            if !reasons(state, found: found).contains(reason) {
                report.misnamed.append("\(source) \(id), minute \(state.minute): \(reason)")
            }
        }
        let rows = try world.superuser.query(
            "select source || ' ' || order_id as id, (order_data ->> 'changed_at')::timestamptz as changed_at from orders",
            [])
        var known: [String: Int64] = [:]
        for row in rows { known[try row.text("id")] = try row.optionalTimestamp("changed_at") ?? 0 }
        report.stale = orders.filter { known["\($0.shop.rawValue) \($0.id)"] != $0.changedAt.microseconds }
            .map { "\($0.shop.rawValue) \($0.id)" }
        report.leftJobs = Int(try world.value("select count(*) from jobs where state in (2, 3)") ?? "") ?? 0
        report.unreleased = Int(try world.value("select count(*) from quarantine where state = 'kept'") ?? "") ?? 0
        let effects = world.effects
        report.effects = effects.different
        report.doubled = effects.requests - effects.different
        report.effectsDue = due.count
        report.paid = paid.count
    }

    /// The reasons that are true for a state that no webhook brought in time: the faults between its change and the minute
    /// when it was found, and a little around them.
    private func reasons(_ state: State, found: Int) -> Set<String> {
        var reasons: Set<String> = state.isDropped ? ["not_received"] : []
        let span = state.minute - Self.patience...max(state.minute, found) + Self.patience
        func wasOn(_ kind: Faults.Kind) -> Bool {
            faults.all.contains {
                $0.kind == kind && ($0.shop == nil || $0.shop == state.order.shop) && $0.minutes.overlaps(span)
            }
        }
        if wasOn(.wrongSecret) { reasons.insert("refused") }
        if off[state.order.shop]?.contains(where: { $0.overlaps(span) }) == true { reasons.insert("webhook_off") }
        if wasOn(.token) || wasOn(.revoked), state.order.shop == .tiktok { reasons.insert("no_details") }
        if wasOn(.outage) { reasons.insert("host_away") }
        return reasons
    }
}
