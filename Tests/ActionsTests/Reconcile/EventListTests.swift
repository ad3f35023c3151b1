import JSON
import Ledger
import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// Stripe's events that no webhook brought are found in its list and recorded as the same events.
@Suite(.blocking) struct EventListTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    private func event(_ id: String, minutesAgo: Int64 = 5) -> HookEvent {
        .invoice(id: id, createdAt: Timestamp(seconds: world.now.seconds - minutesAgo * 60) ?? world.now)
    }

    private func put(_ event: HookEvent, _ more: [String: JSONValue] = [:]) throws {
        var body = try #require(event.body.object)
        for (name, value) in more { body[name] = value }
        try world.shops.put(.object(body), in: .stripe)
    }

    @discardableResult
    private func run(
        _ kind: ReconcileBooks.Kind = .scheduled, since: Timestamp? = nil, shouldStop: @escaping () -> Bool = { false }
    ) throws -> Reconciler.Report {
        try world.reconciler(world.task(of: "stripe"), shouldStop: shouldStop).run(kind, since: since)
    }

    private func deliver(_ event: HookEvent) throws -> ShopWorld.Arrival {
        try world.deliver(event.webhook(secret: "a secret of the webhooks", now: world.now))
    }

    private func pass(minutes: Int64) { world.now = world.now.advanced(bySeconds: minutes * 60) }

    @Test func aMissingEventComesInAndItsLateWebhookIsADuplicate() throws {
        let event = event("evt_1")
        try put(event)
        let report = try run()
        #expect(report.end == .done)
        #expect(report.counts == .init(pages: 1, compared: 1, absent: 1, jobs: 1))
        #expect(
            try world.value("select concat_ws(' ', origin, type, provider_type, subject) from events")
                == "reconciled invoice.paid invoice.paid invoice:in_evt_1")
        #expect(
            try world.value("select concat_ws(' ', kind, finding, reason, order_id, type) from missing_orders")
                == "event absent not_received evt_1 invoice.paid")
        try world.runJobs()
        #expect(world.effects == (1, 1))
        #expect(try deliver(event) == .duplicate)
        try world.runJobs()
        #expect(world.effects == (1, 1))
        #expect(try world.value("select arrived_at is not null from missing_orders") == "true")
        pass(minutes: 6)
        #expect(try run().counts == .init(pages: 1, compared: 1))
        #expect(try world.value("select count(*) from events") == "1")
    }

    /// The other way round: what a webhook brought is the same event.
    @Test func whatAWebhookBroughtIsNotMissing() throws {
        let event = event("evt_2")
        #expect(try deliver(event) == .stored)
        try put(event)
        #expect(try run().counts == .init(pages: 1, compared: 1))
        #expect(try world.value("select count(*) from events") == "1")
    }

    @Test func pagesAreWalkedAndAnInterruptedRunContinues() throws {
        for number in 0..<250 { try put(event("evt_\(1000 + number)", minutesAgo: 3 + Int64(number / 25))) }
        var pages = 0
        let first = try run {
            pages += 1
            return pages > 1
        }
        #expect(first.end == .stopped && first.counts.pages == 1 && first.counts.absent == 100)
        // Meanwhile the list grows at its other end.
        try put(event("evt_2000", minutesAgo: 0))
        let second = try run()
        #expect(second.end == .done && second.counts.absent == 250 && second.counts.pages == 3)
        #expect(try world.value("select count(*) from events") == "250")
        pass(minutes: 6)
        #expect(try run().counts.absent == 1)
    }

    @Test(arguments: ["garbage", "error", "no_id", "backwards", "repeat"])
    func afterABadAnswerTheWatermarkStaysAndThePageIsKept(fault: String) throws {
        for number in 0..<250 { try put(event("evt_\(1000 + number)", minutesAgo: 3 + Int64(number / 25))) }
        try world.shops.inject(fault, of: .stripe, skip: 1)
        let state = fault == "error" ? "unavailable" : "bad_answer"
        guard case .failed(state, _) = try run().end else {
            Issue.record("no failure")
            return
        }
        #expect(try world.value("select pages || ' ' || (cursor is not null) from reconciliations") == "1 true")
        let before = try world.value("select watermark from reconcile_marks")
        pass(minutes: 6)
        #expect(try run().end == .done)
        #expect(try world.value("select count(*) from events") == "250")
        #expect(try world.value("select count(*) from reconcile_findings") == "250")
        #expect(try world.value("select watermark from reconcile_marks") != before)
    }

    /// Stripe names no wait.
    @Test func aLimitIsWaitedFor() throws {
        try put(event("evt_1"))
        try world.shops.inject("busy", of: .stripe, times: 2)
        let before = world.now
        #expect(try run().end == .done)
        #expect(world.now > before)
        #expect(try world.value("select count(*) from events") == "1")
    }

    @Test func aRefusedTokenEndsTheRun() throws {
        try put(event("evt_1"))
        try world.shops.setToken("the next token", of: .stripe)
        #expect(
            try run().end
                == .failed(state: "unauthorized", reason: "answered 401: Invalid API Key provided"))
        world.environment["STRIPE_TOKEN"] = "the next token"
        try world.reload()
        pass(minutes: 11)
        #expect(try run().end == .done)
        #expect(try world.value("select count(*) from events") == "1")
    }

    /// A kept page that Stripe has forgotten: the run begins at its first page again.
    @Test func aForgottenPageStartsOver() throws {
        for number in 0..<150 { try put(event("evt_\(1000 + number)", minutesAgo: 3 + Int64(number / 25))) }
        var pages = 0
        _ = try run {
            pages += 1
            return pages > 1
        }
        try world.superuser.execute("update reconciliations set cursor = 'evt_gone'")
        #expect(try run().end == .done)
        #expect(try world.value("select count(*) from events") == "150")
    }

    @Test func oldEventsAndTheFirstFillMakeNoJobs() throws {
        try put(event("evt_1"))
        try put(event("evt_2", minutesAgo: 60 * 30))
        let since = world.now.advanced(bySeconds: -86_400 * 40)
        let first = try run(.first, since: since)
        #expect(first.counts == .init(pages: 1, compared: 2, absent: 2))
        #expect(first.unlistedBefore == world.now.advanced(bySeconds: -86_400 * 30))
        #expect(
            try world.value("select reason like 'what happened before % is no longer listed' from reconcile_runs")
                == "true")
        try put(event("evt_3", minutesAgo: 60 * 30))
        try put(event("evt_4"))
        let manual = try run(.manual, since: world.now.advanced(bySeconds: -86_400 * 2))
        #expect(manual.counts == .init(pages: 1, compared: 4, absent: 2, jobs: 1))
        #expect(manual.unlistedBefore == nil)
    }

    @Test func aDryRunChangesNothing() throws {
        try put(event("evt_1"))
        var said: [String] = []
        let report = try world.reconciler(world.task(of: "stripe"))
            .preview(.manual, since: world.now.advanced(bySeconds: -3600)) { said.append("\($0.orderID) \($0.jobs)") }
        #expect(said == ["evt_1 1"] && report.counts.absent == 1)
        for table in ["events", "jobs", "reconcile_marks", "reconciliations", "reconcile_findings"] {
            #expect(try world.value("select count(*) from \(table)") == "0")
        }
    }

    /// Types that the webhook does not get are not missing; with `undelivered_only` only what Stripe could not deliver; a
    /// connected account is named as in its webhooks.
    @Test(
        arguments: [
            ("types: [invoice.paid]", "evt_paid"), ("types: [invoice.*]", "evt_open evt_paid"),
            ("types: [charge.failed, invoice.paid]", "evt_charge evt_paid"),
            ("types: [charge.*, invoice.open]", "evt_charge evt_open"),
            ("types: [\"*\"]", "evt_charge evt_open evt_paid"),
            ("types: [\"*\"], undelivered_only: true", "evt_open"),
            ("types: [\"*\"], account: acct_7", "evt_connected"),
        ])
    func whatIsCompared(keys: String, ids: String) throws {
        try put(event("evt_paid"))
        try put(event("evt_open"), ["type": "invoice.open", "undelivered": true])
        try put(event("evt_charge"), ["type": "charge.failed"])
        try put(event("evt_connected"), ["of": "acct_7"])
        let yaml = try world.yaml().replacing("types: [invoice.paid]", with: keys)
        let settings = try world.settings(of: yaml)
        let task = try #require(Reconciler.Task.all(settings, of: "stripe").first)
        #expect(try world.reconciler(task).run(.scheduled).end == .done)
        #expect(
            try world.value("select string_agg(order_id, ' ' order by order_id) from missing_orders") == ids)
        let account = try world.value("select string_agg(distinct shop_id, ' ') from events")
        #expect(account == (keys.contains("account") ? "acct_7" : nil))
    }

    @Test func theReasonIsFound() throws {
        try run()
        pass(minutes: 6)
        try put(event("evt_off"))
        try world.shops.setWebhook(false, of: .stripe)
        #expect(try run().counts.absent == 1)
        // A refused delivery names its event.
        try world.shops.setWebhook(true, of: .stripe)
        pass(minutes: 20)
        let refused = event("evt_refused", minutesAgo: 1)
        try put(refused)
        #expect(try world.deliver(refused.webhook(secret: "another secret", now: world.now)) == .refused)
        pass(minutes: 6)
        #expect(try run().counts.absent == 1)
        #expect(
            try world.value("select string_agg(order_id || ' ' || reason, ', ' order by id) from missing_orders")
                == "evt_off webhook_off, evt_refused refused")
    }
}
