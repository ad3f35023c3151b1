internal import Platform
internal import Postgres
internal import Settings
internal import StandIns
internal import Webhooks

/// Days of three shops with faults, in simulated minutes: every order must be in the ledger ten minutes after its fault,
/// and every effect must happen once.
package struct Simulation {
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
        /// Gaps that reconciliations found, by their reasons.
        package var gaps: [String: Int] = [:]
        /// Gaps whose reason is not that of a fault at that time: shop, order, minute and reason.
        package var misnamed: [String] = []
        /// States that were missing for longer than they may: shop, order and minute.
        package var missing: [String] = []
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

        /// Whether it shows what it should.
        package var isGood: Bool {
            missing.isEmpty && misnamed.isEmpty && doubled == 0 && effects >= effectsDue && effects <= paid
        }
    }

    private struct State {
        let order: ShopOrder
        let minute: Int
        /// Whether its webhook was dropped.
        let isDropped: Bool
    }

    private let days: Int
    private let world: ShopWorld
    private let start: Timestamp
    private let faults: Faults
    private var random: SeededNumbers
    private var senders = Senders()
    private var orders: [ShopOrder] = []
    private var history: [String: State] = [:]
    private var open: [State] = []
    private var paid: Set<String> = []
    private var due: Set<String> = []
    /// When WooCommerce's webhook was disabled, in minutes.
    private var disabled: [ClosedRange<Int>] = []
    private var report = Report()
    private var tokens: [ShopStandIns.Shop: Int] = [:]

    /// States may be missing this long after their fault, in minutes.
    private static let patience = 10

    /// - Parameters:
    ///   - days: at least 2.
    ///   - seed: the same seed makes the same run.
    package init(days: Int, seed: UInt64) throws {
        self.days = days
        random = SeededNumbers(seed: seed)
        faults = Faults(days: days, random: &random)
        // Whole minutes, so that the run does not depend on when it takes place; in the past, because jobs run by the
        // clock of the host, and a fetched state from the future would not count.
        let first = SystemClock.now.seconds / 60 * 60 - Int64(days) * 86_400 - 7200
        start = Timestamp(seconds: first) ?? SystemClock.now
        world = try ShopWorld(now: start)
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
        try turnFaults(minute)
        // The last hour only waits.
        if minute < days * 1440 { try trade(minute) }
        let isDown = faults.isOn(.outage, .tiktok, at: minute)
        for delivery in senders.take(minute: minute) { try attempt(delivery, minute, isDown: isDown) }
        // Jobs wait by the clock of the database: for them, too, a minute passes.
        try world.superuser.execute("update jobs set run_at = run_at - interval '1 minute' where run_at > now()")
        if isDown { return }
        try world.runJobs()
        for shop in ShopStandIns.Shop.simulated { try world.reconcile(shop) }
        try world.runJobs()
        try settle(minute)
    }

    /// Begins and ends faults.
    private mutating func turnFaults(_ minute: Int) throws {
        for fault in faults.all where fault.minutes.lowerBound == minute || fault.minutes.upperBound + 1 == minute {
            let begins = fault.minutes.lowerBound == minute
            switch (fault.kind, fault.shop) {
            case (.wrongSecret, _):
                world.environment["SECRET"] = begins ? "the next secret, too early" : "a secret of the webhooks"
                try world.reload()
            case (.webhookOff, let shop?): try world.shops.setWebhook(!begins, of: shop)
            case (.token, let shop?): try turnToken(of: shop, expires: begins)
            default: break
            }
        }
        // Once an hour somebody looks at WooCommerce's webhook.
        if senders.isDisabled {
            if let last = disabled.last, last.upperBound == minute - 1 {
                disabled[disabled.count - 1] = last.lowerBound...minute
            } else {
                disabled.append(minute...minute)
            }
            try world.shops.setWebhook(false, of: .woocommerce)
            if minute % 60 == 0, !faults.isOn(.outage, .woocommerce, at: minute),
                !faults.isOn(.wrongSecret, .woocommerce, at: minute)
            {
                senders.enable()
                try world.shops.setWebhook(true, of: .woocommerce)
            }
        }
    }

    private mutating func turnToken(of shop: ShopStandIns.Shop, expires: Bool) throws {
        if expires {
            tokens[shop, default: 0] += 1
            try world.shops.setToken("token \(tokens[shop, default: 0])", of: shop)
        } else {
            world.environment[ShopWorld.tokenNames[shop] ?? ""] = "token \(tokens[shop, default: 0])"
            try world.reload()
        }
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
        let isOff = faults.isOn(.webhookOff, order.shop, at: minute)
        if isDropped { report.dropped += 1 }
        if !isDropped, !isOff { senders.add(order, minute: minute) }
        let state = State(order: order, minute: minute, isDropped: isDropped)
        history[Self.key(order)] = state
        open.removeAll { $0.order.id == order.id }
        open.append(state)
    }

    private static func key(_ order: ShopOrder) -> String {
        "\(order.shop.rawValue) \(order.id) \(order.changedAt.microseconds)"
    }

    private mutating func attempt(_ delivery: Senders.Waiting, _ minute: Int, isDown: Bool) throws {
        if isDown { return senders.note(delivery, isAccepted: false, minute: minute) }
        let webhook = try delivery.order.webhook(
            serial: delivery.serial, secret: "a secret of the webhooks", now: world.now)
        let arrival = try world.deliver(webhook)
        if arrival == .refused { report.refused += 1 } else { report.arrived += 1 }
        senders.note(delivery, isAccepted: arrival != .refused, minute: minute)
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
            let keepsAway = fault.kind == .outage || fault.kind == .token
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
        if wasOn(.webhookOff) { reasons.insert("webhook_off") }
        if state.order.shop == .woocommerce, disabled.contains(where: { $0.overlaps(span) }) {
            reasons.insert("webhook_off")
        }
        if wasOn(.token), state.order.shop == .tiktok { reasons.insert("no_details") }
        if wasOn(.outage) { reasons.insert("host_away") }
        return reasons
    }
}
