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

/// What no webhook brought is found through the provider's API and recorded, once.
@Suite(.blocking) struct ReconcileTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    /// An order that changed some minutes ago.
    private func order(
        _ shop: ShopStandIns.Shop, _ id: String = "1001", minutesAgo: Int64 = 5, state: ShopOrder.State = .paid
    ) -> ShopOrder {
        let time = Timestamp(seconds: world.now.seconds - minutesAgo * 60) ?? world.now
        return ShopOrder(shop, id, placedAt: time, state: state)
    }

    private func pass(minutes: Int64) { world.now = world.now.advanced(bySeconds: minutes * 60) }

    @Test(arguments: ShopStandIns.Shop.allCases)
    func aMissingOrderComesInAndIsDoneOnce(shop: ShopStandIns.Shop) throws {
        let order = order(shop)
        try world.shops.put(order.body, in: shop)
        let report = try world.reconcile(shop)
        #expect(report.end == .done)
        #expect(report.counts.absent == 1 && report.counts.jobs == 1)
        #expect(
            try world.value("select origin || ' ' || type from events") == "reconciled order.created")
        #expect(
            try world.value("select finding || ' ' || reason || ' ' || order_id from missing_orders")
                == "absent not_received 1001")
        #expect(
            try world.value(
                """
                select concat_ws(' ', round(total_amount, 2), currency, order_data ->> 'stage',
                    order_data -> 'items' -> 0 ->> 'product_name') from orders
                """) == "12.50 EUR to_ship Mug")
        try world.runJobs()
        #expect(world.effects == (1, 1))
        // The webhook comes after all: it changes nothing, and its job finds the effect done.
        #expect(
            try world.deliver(order.webhook(serial: 1, secret: "a secret of the webhooks", now: world.now)) == .stored)
        try world.runJobs()
        #expect(world.effects == (1, 1))
        #expect(
            try world.value("select count(*) from orders where (order_data ->> 'needs_detail')::boolean is true") == "0"
        )
        #expect(try world.value("select arrived_at is not null from missing_orders") == "true")
        // And the next run finds nothing.
        pass(minutes: 6)
        #expect(try world.reconcile(shop).counts.absent == 0)
        #expect(try world.value("select count(*) from reconcile_findings") == "1")
        #expect(try world.value("select delete_old_reconciles(now() - interval '1 day')") == "0")
        #expect(try world.value("select delete_old_reconciles(now() + interval '1 day')") == "3")
    }

    @Test(arguments: ShopStandIns.Shop.allCases)
    func aLostChangeIsFoundAndAKnownStateIsNot(shop: ShopStandIns.Shop) throws {
        var order = order(shop, minutesAgo: 10, state: .unpaid)
        try world.shops.put(order.body, in: shop)
        #expect(
            try world.deliver(order.webhook(serial: 1, secret: "a secret of the webhooks", now: world.now)) == .stored)
        try world.runJobs()
        #expect(try world.reconcile(shop).counts == .init(pages: shop == .woocommerce ? 2 : 1, compared: 1))
        order.state = .cancelled
        order.changedAt = world.now
        try world.shops.put(order.body, in: shop)
        pass(minutes: 6)
        let report = try world.reconcile(shop)
        #expect(report.counts.older == 1 && report.counts.absent == 0)
        #expect(
            try world.value("select string_agg(type, ' ' order by id) from events where origin = 'reconciled'")
                == "order.cancelled")
        #expect(try world.value("select order_data ->> 'stage' from orders") == "cancelled")
    }

    /// A clock that is ahead hides no later change, neither from the comparison nor from the row; and what it said is no
    /// finding when its time has come.
    @Test(arguments: ShopStandIns.Shop.allCases, [20, 400 * 24 * 60] as [Int64])
    func aTimeFromTheFutureHidesNoLaterChange(shop: ShopStandIns.Shop, minutesAhead: Int64) throws {
        var order = order(shop, minutesAgo: 10, state: .unpaid)
        order.changedAt = world.now.advanced(bySeconds: minutesAhead * 60)
        try world.shops.put(order.body, in: shop)
        #expect(
            try world.deliver(order.webhook(serial: 1, secret: "a secret of the webhooks", now: world.now)) == .stored)
        try world.runJobs()
        pass(minutes: 30)
        #expect(try world.reconcile(shop).end == .done)
        #expect(try world.value("select count(*) from reconcile_findings") == "0")
        order.state = .cancelled
        order.changedAt = world.now
        try world.shops.put(order.body, in: shop)
        pass(minutes: 6)
        #expect(try world.reconcile(shop).counts.older == 1)
        #expect(try world.value("select order_data ->> 'stage' from orders") == "cancelled")
        pass(minutes: 6)
        #expect(try world.reconcile(shop).counts.older == 0)
    }

    @Test(arguments: ShopStandIns.Shop.allCases)
    func pagesAreWalkedAndAnInterruptedRunContinues(shop: ShopStandIns.Shop) throws {
        for number in 0..<250 {
            try world.shops.put(order(shop, "\(2000 + number)", minutesAgo: 14 - Int64(number / 25)).body, in: shop)
        }
        let task = try #require(world.tasks(shop).first)
        var pages = 0
        let first = try world.reconciler(task) {
            pages += 1
            return pages > 1
        }.run(.scheduled)
        #expect(first.end == .stopped && first.counts.pages == 1 && first.counts.absent == 100)
        #expect(try world.value("select cursor is not null from reconciliations") == "true")
        let second = try world.reconcile(shop)
        #expect(second.end == .done)
        #expect(second.counts.absent == 250 && second.earlier.absent == 100)
        #expect(try world.value("select count(*) from orders") == "250")
        #expect(try world.value("select count(*) from reconciliations") == "1")
    }

    @Test(arguments: ["garbage", "error", "no_id", "backwards", "repeat"], ShopStandIns.Shop.allCases)
    func afterABadAnswerTheWatermarkStaysAndThePageIsKept(fault: String, shop: ShopStandIns.Shop) throws {
        if fault == "repeat", ShopStandIns.Shop.numbered.contains(shop) { return }
        // EverShop's list is not sorted by changes.
        if fault == "backwards", shop == .evershop { return }
        for number in 0..<150 {
            try world.shops.put(order(shop, "\(2000 + number)", minutesAgo: 14 - Int64(number / 25)).body, in: shop)
        }
        try world.reconcile(.tiktok)
        let before = try world.value("select watermark from reconcile_marks where source = '\(shop.rawValue)'")
        pass(minutes: 6)
        try world.shops.inject(fault, of: shop, skip: fault == "repeat" ? 0 : 1)
        let report = try world.reconcile(shop)
        let state = fault == "error" ? "unavailable" : "bad_answer"
        guard case .failed(state, _) = report.end else {
            Issue.record("\(report.end)")
            return
        }
        if shop == .tiktok {
            #expect(before == (try world.value("select watermark from reconcile_marks where source = 'tiktok'")))
        }
        #expect(try world.value("select count(*) from reconciliations where ended_at is null") == "1")
        pass(minutes: 6)
        #expect(try world.reconcile(shop).end == .done)
        #expect(try world.value("select count(*) from orders") == "150")
        #expect(try world.value("select count(*) from reconcile_findings") == "150")
    }

    @Test func anotherShopsOrderIsABadAnswer() throws {
        try world.shops.put(order(.woocommerce, "1").body, in: .woocommerce)
        try world.reconcile(.woocommerce)
        pass(minutes: 6)
        try world.shops.put(order(.woocommerce, "2").body, in: .woocommerce)
        try world.shops.inject("other_shop", of: .woocommerce)
        let report = try world.reconcile(.woocommerce)
        #expect(
            report.end
                == .failed(
                    state: "bad_answer",
                    reason: "the answer is of the shop other.example, earlier ones were of shop.example"))
        #expect(try world.value("select count(*) from orders") == "1")
    }

    @Test(arguments: [
        ("busy", ShopStandIns.Shop.tiktok), ("busy", .woocommerce), ("throttled", .shopify), ("busy", .bigcommerce),
        ("busy", .square),
        ("busy", .etsy), ("busy", .evershop),
    ])
    func aLimitIsWaitedFor(fault: String, shop: ShopStandIns.Shop) throws {
        try world.shops.put(order(shop).body, in: shop)
        try world.shops.inject(fault, of: shop, times: 2)
        let before = world.now
        #expect(try world.reconcile(shop).end == .done)
        #expect(world.now > before)
        #expect(try world.value("select count(*) from orders") == "1")
    }

    /// An API that asks for a day is left alone for two hours, and not asked with every look.
    @Test(arguments: [
        ("busy Retry-After: 86400", ShopStandIns.Shop.woocommerce),
        ("busy X-Rate-Limit-Time-Reset-Ms: 9223372036854775807", .bigcommerce),
    ])
    func aLongWishIsHeeded(fault: String, shop: ShopStandIns.Shop) throws {
        try world.shops.put(order(shop).body, in: shop)
        try world.shops.inject(fault, of: shop)
        guard case .failed("limited", _) = try world.reconcile(shop).end else {
            Issue.record("no failure")
            return
        }
        let asked = try world.shops.asked(shop)
        for _ in 0..<3 {
            pass(minutes: 30)
            #expect(try world.reconcile(shop).end == .notTaken)
        }
        #expect(try world.shops.asked(shop) == asked)
        pass(minutes: 31)
        #expect(try world.reconcile(shop).end == .done)
        #expect(try world.value("select count(*) from orders") == "1")
    }

    /// Whatever a person left unfinished, the next run by hand compares what is new.
    @Test func aRunByHandContinuesOneOfItsOwnTimeOnly() throws {
        try world.reconcile(.woocommerce)
        try world.shops.inject("error", of: .woocommerce)
        let left = try world.reconcile(.woocommerce, .manual)
        #expect(left.end == .failed(state: "unavailable", reason: "answered 500: Internal error"))
        #expect(try world.reconcile(.woocommerce, .manual).window?.until == left.window?.until)
        try world.shops.inject("error", of: .woocommerce)
        try world.reconcile(.woocommerce, .manual)
        pass(minutes: 30)
        try world.reconcile(.woocommerce)
        pass(minutes: 30)
        try world.shops.put(order(.woocommerce).body, in: .woocommerce)
        let report = try world.reconcile(.woocommerce, .manual)
        #expect(report.end == .done && report.counts.absent == 1)
    }

    @Test(arguments: ShopStandIns.Shop.allCases)
    func aRefusedTokenHoldsTheRunUntilThereIsAnother(shop: ShopStandIns.Shop) throws {
        try world.shops.put(order(shop).body, in: shop)
        try world.shops.setToken("the next token", of: shop)
        let report = try world.reconcile(shop)
        guard case .failed("unauthorized", let reason) = report.end else {
            Issue.record("\(report.end)")
            return
        }
        #expect(
            shop == .evershop
                ? reason == "not signed in: Invalid email or password" : reason.hasPrefix("answered 401"))
        #expect(try world.value("select unauthorized from reconcile_state") == "true")
        for name in ShopWorld.tokenNames.values { world.environment[name] = "the next token" }
        try world.reload()
        pass(minutes: 6)
        #expect(try world.reconcile(shop).end == .done)
        #expect(try world.value("select count(*) from orders") == "1")
        #expect(try world.value("select unauthorized from reconcile_state") == "false")
    }

    @Test func theFirstFillAndOldOrdersMakeNoJobs() throws {
        try world.shops.put(order(.shopify, "1", minutesAgo: 10).body, in: .shopify)
        try world.shops.put(order(.shopify, "2", minutesAgo: 60 * 40).body, in: .shopify)
        let since = world.now.advanced(bySeconds: -86_400 * 30)
        let first = try world.reconcile(.shopify, .first, since: since)
        #expect(first.counts == .init(pages: 1, compared: 2, absent: 2))
        #expect(try world.value("select count(*) from jobs") == "0")
        try world.shops.put(order(.shopify, "3", minutesAgo: 60 * 30).body, in: .shopify)
        try world.shops.put(order(.shopify, "4", minutesAgo: 10).body, in: .shopify)
        let manual = try world.reconcile(.shopify, .manual, since: since)
        #expect(manual.counts == .init(pages: 1, compared: 4, absent: 2, jobs: 1))
    }

    @Test func aDryRunSaysItAndChangesNothing() throws {
        try world.shops.put(order(.tiktok, "1").body, in: .tiktok)
        let task = try #require(world.tasks(.tiktok).first)
        var said: [String] = []
        let report = try world.reconciler(task).preview(.manual, since: world.now.advanced(bySeconds: -3600)) {
            said.append("\($0.orderID) \($0.isAbsent) \($0.jobs)")
        }
        #expect(said == ["1 true 1"])
        #expect(report.counts.absent == 1)
        for table in ["events", "orders", "jobs", "reconcile_marks", "reconciliations", "reconcile_findings"] {
            #expect(try world.value("select count(*) from \(table)") == "0")
        }
    }

    @Test func oneRunHasASourceAtATime() throws {
        let task = try #require(world.tasks(.tiktok).first)
        var inner: Reconciler.End?
        let outer = try world.reconciler(task) {
            inner = inner ?? (try? world.reconcile(.tiktok, .manual).end)
            return false
        }.run(.scheduled)
        #expect(inner == .notTaken && outer.end == .done)
    }

    @Test func anUnverifiedTimeHidesNothing() throws {
        let order = order(.woocommerce, "7")
        try world.shops.put(order.body, in: .woocommerce)
        try world.reconcile(.woocommerce)
        try world.superuser.execute(
            "update orders set order_data = order_data || '{\"changed_at\": \"2099-01-01T00:00:00Z\"}', "
                + "clocks = clocks || '{\"changed_at\": [0, 4070908800000000, 0, 0, \"00\"]}'")
        var later = order
        later.changedAt = world.now
        later.state = .shipped
        try world.shops.put(later.body, in: .woocommerce)
        pass(minutes: 6)
        #expect(try world.reconcile(.woocommerce).counts.older == 1)
        #expect(try world.value("select order_data ->> 'status' from orders") == "completed")
    }

    @Test func aReconciledOrderIsTheSameAfterARebuild() throws {
        for shop in ShopStandIns.Shop.allCases {
            try world.shops.put(order(shop).body, in: shop)
            try world.reconcile(shop)
        }
        let report = try OrderRebuild(over: world.superuser, source: nil, writes: false) { _, key in key }
            .run(fromStart: true, progress: { _ in }, found: { Issue.record("\($0)") })
        #expect(report.done == 7 && report.different == 0)
    }
}

extension ReconcileBooks.Counts {
    init(
        pages: Int = 0, compared: Int = 0, absent: Int = 0, older: Int = 0, refused: Int = 0, jobs: Int = 0
    ) {
        self.init()
        self.pages = pages
        self.compared = compared
        self.absent = absent
        self.older = older
        self.refused = refused
        self.jobs = jobs
    }
}
