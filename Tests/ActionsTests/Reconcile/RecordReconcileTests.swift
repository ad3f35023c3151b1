import JSON
import Ledger
import Platform
import Postgres
import Providers
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// One list of products or customers.
struct RecordList: Sendable, CustomTestStringConvertible {
    let shop: ShopStandIns.Shop
    let kind: RecordKind

    static let all = ShopRecord.lists.map { RecordList(shop: $0.shop, kind: $0.kind) }
    /// Those whose shop has webhooks that name the record.
    static let told = all.filter { $0.shop != .square || $0.kind != .product }
    /// Whether its times are in order; of the others only that of ids is known.
    var isSorted: Bool { shop == .shopify || shop == .bigcommerce || shop == .woocommerce && kind == .product }
    /// The bad answers that each list can give: pages with numbers cannot repeat, times without an order cannot go back.
    static let faults = all.flatMap { list in
        ["garbage", "error", "no_id"].map { ($0, list) } + (list.isSorted ? [("backwards", list)] : [])
            + ([.woocommerce, .bigcommerce].contains(list.shop) ? [] : [("repeat", list)])
    }
    var testDescription: String { "\(shop) \(kind)s" }
}

/// Products and customers that no webhook brought are found where a rule asks for them, and recorded, once.
@Suite(.blocking) struct RecordReconcileTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }
    static let worlds = ShopWorlds { try world() }

    init() throws { borrowed = try Self.worlds.borrow() }

    /// A world whose rules ask for products and customers.
    static func world() throws -> ShopWorld {
        try ShopWorld(now: SystemClock.now) { yaml, _ in
            yaml.replacing(
                "rules:\n",
                with: """
                    rules:
                      - { name: records, when: { type: [product.created, product.updated, product.deleted,
                          customer.created, customer.updated] }, do: [ship], once: event }

                    """)
        }
    }

    private func record(_ list: RecordList, _ id: String = "77", minutesAgo: Int64 = 5) -> ShopRecord {
        let time = Timestamp(seconds: world.now.seconds - minutesAgo * 60) ?? world.now
        return ShopRecord(list.shop, list.kind, id, changedAt: time)
    }

    private func put(_ record: ShopRecord) throws {
        try world.shops.put(record.body, kind: record.kind.rawValue, in: record.shop)
    }

    private func task(_ list: RecordList) throws -> Reconciler.Task {
        try #require(world.tasks(list.shop).first { $0.kind == list.kind })
    }

    @discardableResult
    private func reconcile(
        _ list: RecordList, _ kind: ReconcileBooks.Kind = .scheduled, since: Timestamp? = nil
    ) throws -> Reconciler.Report {
        try world.reconciler(task(list)).run(kind, since: since)
    }

    /// Every list is due again.
    private func pass(hours: Int64 = 7) { world.now = world.now.advanced(bySeconds: hours * 3600) }

    private func deliver(_ record: ShopRecord, serial: Int = 1) throws {
        let webhook = try #require(try record.webhook(serial: serial, secret: ShopWorld.secret, now: world.now))
        #expect(try world.deliver(webhook) == .stored)
    }

    @Test(arguments: RecordList.all) func aMissingRecordComesInAndIsDoneOnce(list: RecordList) throws {
        let name = list.kind.rawValue
        // Jobs of a shop that no order has named yet are held.
        try world.superuser.execute(
            """
            insert into source_shops (source, shop_key, state, is_first, changed_by)
            values ('woocommerce', 'shop.example', 'listed', true, 'first')
            """)
        try put(record(list))
        let report = try reconcile(list)
        #expect(report.end == .done)
        #expect(report.counts.absent == 1 && report.counts.jobs == 1 && report.counts.refused == 0)
        #expect(try world.value("select origin || ' ' || type from events") == "reconciled \(name).created")
        #expect(
            try world.value("select concat_ws(' ', kind, finding, reason, order_id, api) from missing_orders")
                == "\(name) absent \(list.shop == .square && list.kind == .product ? "no_details" : "not_received") 77 "
                + "\(try task(list).action.name):\(name)s")
        if list.kind == .product {
            #expect(
                try world.value("select concat_ws(' ', name, sku, round(price, 2), deleted) from products")
                    == "Mug M1 12.50 f")
        } else {
            #expect(
                try world.value("select concat_ws(' ', name, email, deleted) from customers")
                    == "Mug Doe jane@example.com f")
        }
        try world.runJobs()
        #expect(world.effects == (1, 1))
        // The next run finds nothing.
        pass()
        #expect(try reconcile(list).counts.absent == 0)
        #expect(try world.value("select count(*) from reconcile_findings") == "1")
    }

    @Test(arguments: RecordList.told) func aTimeFromTheFutureHidesNoLaterChange(list: RecordList) throws {
        try reconcile(list)
        var record = record(list)
        record.changedAt = world.now.advanced(bySeconds: 400 * 86_400)
        try deliver(record)
        pass()
        record.changedAt = world.now.advanced(bySeconds: -600)
        try put(record)
        #expect(try reconcile(list).counts.older == 1)
        pass()
        #expect(try reconcile(list).counts.older == 0)
    }

    @Test(arguments: RecordList.told) func aLateWebhookChangesNothing(list: RecordList) throws {
        let name = list.kind.rawValue
        var record = record(list, minutesAgo: 6)
        record.changedAt = record.changedAt.advanced(bySeconds: 60)
        try put(record)
        try reconcile(list)
        let before = try world.value("select \(name)_data || extra from \(name)s")
        try deliver(record)
        #expect(try world.value("select \(name)_data || extra from \(name)s") == before)
        #expect(try world.value("select count(*) from \(name)s") == "1")
        #expect(try world.value("select arrived_at is not null from missing_orders") == "true")
        pass()
        #expect(try reconcile(list).counts.absent == 0)
    }

    @Test(arguments: RecordList.told) func aLostChangeIsFoundAndAKnownStateIsNot(list: RecordList) throws {
        let name = list.kind.rawValue
        var record = record(list, minutesAgo: 10)
        try put(record)
        try deliver(record)
        let first = try reconcile(list)
        #expect(first.end == .done && first.counts.absent == 0 && first.counts.older == 0 && first.counts.compared == 1)
        record.name = "Cup"
        record.changedAt = record.changedAt.advanced(bySeconds: 3600)
        try put(record)
        pass()
        let second = try reconcile(list)
        #expect(second.counts.older == 1 && second.counts.absent == 0 && second.counts.refused == 0)
        #expect(try world.value("select type from events where origin = 'reconciled'") == "\(name).updated")
        #expect(
            try world.value("select name from \(name)s") == (list.kind == .product ? "Cup" : "Cup Doe"))
    }

    @Test(arguments: RecordList.all) func pagesAreWalkedAndAnInterruptedRunContinues(list: RecordList) throws {
        for number in 0..<250 { try put(record(list, "\(2000 + number)", minutesAgo: 14 - Int64(number / 25))) }
        var pages = 0
        let first = try world.reconciler(task(list)) {
            pages += 1
            return pages > 1
        }.run(.scheduled)
        #expect(first.end == .stopped && first.counts.pages == 1 && first.counts.absent == 100)
        let second = try reconcile(list)
        #expect(second.end == .done && second.counts.absent == 250)
        #expect(try world.value("select count(*) from \(list.kind.rawValue)s") == "250")
        #expect(try world.value("select count(*) from events") == "250")
        #expect(try world.value("select count(*) from reconciliations") == "1")
    }

    @Test(arguments: RecordList.faults)
    func afterABadAnswerTheWatermarkStaysAndThePageIsKept(fault: String, list: RecordList) throws {
        let isSorted = list.isSorted
        for number in 0..<150 { try put(record(list, "\(2000 + number)", minutesAgo: 14 - Int64(number / 25))) }
        // An unsorted list shows a page that repeats by its mark only.
        try world.shops.inject(
            fault, of: list.shop, kind: list.kind.rawValue, times: fault == "repeat" && !isSorted ? 2 : 1,
            skip: fault == "repeat" ? 0 : 1)
        let report = try reconcile(list)
        let state = fault == "error" ? "unavailable" : "bad_answer"
        guard case .failed(state, _) = report.end else {
            Issue.record("\(report.end)")
            return
        }
        #expect(try world.value("select count(*) from reconciliations where ended_at is null") == "1")
        #expect(try world.value("select failures from reconcile_marks") == "1")
        pass()
        #expect(try reconcile(list).end == .done)
        #expect(try world.value("select count(*) from \(list.kind.rawValue)s") == "150")
        #expect(try world.value("select count(*) from reconcile_findings") == "150")
    }

    @Test(arguments: RecordList.all) func aLimitIsWaitedFor(list: RecordList) throws {
        try put(record(list))
        try world.shops.inject("busy", of: list.shop, kind: list.kind.rawValue, times: 2)
        let before = world.now
        #expect(try reconcile(list).end == .done)
        #expect(world.now > before)
        #expect(try world.value("select count(*) from \(list.kind.rawValue)s") == "1")
    }

    @Test func aScopeThatTheTokenLacksStopsThisListOnly() throws {
        try put(record(.shopifyCustomers))
        try put(record(.shopifyProducts))
        try world.shops.inject("denied", of: .shopify, kind: "customer", times: 5)
        guard case .failed("unauthorized", let reason) = try reconcile(.shopifyCustomers).end else {
            Issue.record("the list was not refused")
            return
        }
        #expect(reason == "ACCESS_DENIED: Access denied for customers field.")
        #expect(try reconcile(.shopifyProducts).end == .done)
        #expect(try world.reconcile(.shopify).end == .done)
        #expect(
            try world.value("select string_agg(api, ' ' order by api) from reconcile_state where unauthorized")
                == "fetch-shopify:customers")
    }

    @Test func anotherShopsProductIsABadAnswer() throws {
        try put(record(.wooProducts, "1"))
        try reconcile(.wooProducts)
        try put(record(.wooProducts, "2", minutesAgo: 0))
        pass()
        try world.shops.inject("other_shop", of: .woocommerce, kind: "product")
        #expect(
            try reconcile(.wooProducts).end
                == .failed(
                    state: "bad_answer",
                    reason: "the answer is of the shop other.example, earlier ones were of shop.example"))
        #expect(try world.value("select count(*) from products") == "1")
    }

    @Test(arguments: [
        RecordList(shop: .woocommerce, kind: .product), .init(shop: .square, kind: .product),
        .init(shop: .tiktok, kind: .product),
    ])
    func aLostDeletionIsFound(list: RecordList) throws {
        var record = record(list, minutesAgo: 10)
        try put(record)
        try reconcile(list)
        record.isDeleted = true
        record.changedAt = Timestamp(seconds: world.now.seconds) ?? world.now
        try put(record)
        pass()
        #expect(try reconcile(list).counts.older == 1)
        #expect(
            try world.value("select string_agg(type, ' ' order by id) from events")
                == "product.created product.deleted")
        #expect(try world.value("select deleted from products") == "true")
    }

    @Test func anUnverifiedEventHidesNothing() throws {
        var record = record(.wooProducts)
        try put(record)
        try reconcile(.wooProducts)
        try world.superuser.execute(
            "update products set clocks = '{\"*\": [0, 4070908800000000, 0, 0, \"00\"]}'")
        record.changedAt = record.changedAt.advanced(bySeconds: 3600)
        record.name = "Cup"
        try put(record)
        pass()
        #expect(try reconcile(.wooProducts).counts.older == 1)
        #expect(try world.value("select name from products") == "Cup")
    }

    /// Later customers move to an earlier place, and are found by the next run.
    @Test func aCustomerWhoIsDeletedMeanwhileHidesNoOther() throws {
        let list = RecordList(shop: .woocommerce, kind: .customer)
        for number in 0..<150 { try put(record(list, "\(2000 + number)")) }
        var pages = 0
        _ = try world.reconciler(task(list)) {
            pages += 1
            return pages > 1
        }.run(.scheduled)
        try world.shops.forget("2000", kind: "customer", in: .woocommerce)
        #expect(try reconcile(list).end == .done)
        #expect(try world.value("select count(*) from customers") == "149")
        pass()
        #expect(try reconcile(list).counts.absent == 1)
        #expect(try world.value("select count(*) from customers where customer_id = '2100'") == "1")
        // It is not due before six hours.
        #expect(try reconcile(list).end == .notTaken)
        pass(hours: 5)
        #expect(try reconcile(list).end == .notTaken)
    }

    @Test func theFirstFillAndOldRecordsMakeNoJobs() throws {
        try put(record(.shopifyProducts, "1", minutesAgo: 10))
        let since = world.now.advanced(bySeconds: -86_400 * 30)
        #expect(try reconcile(.shopifyProducts, .first, since: since).counts == .init(pages: 1, compared: 1, absent: 1))
        try put(record(.shopifyProducts, "2", minutesAgo: 60 * 30))
        try put(record(.shopifyProducts, "3", minutesAgo: 10))
        #expect(
            try reconcile(.shopifyProducts, .manual, since: since).counts
                == .init(pages: 1, compared: 3, absent: 2, jobs: 1))
    }

    @Test func aDryRunSaysItAndChangesNothing() throws {
        try put(record(.shopifyCustomers))
        var said: [String] = []
        let report = try world.reconciler(task(.shopifyCustomers)).preview(
            .manual, since: world.now.advanced(bySeconds: -3600)
        ) {
            said.append("\($0.kind) \($0.orderID) \($0.isAbsent) \($0.jobs)")
        }
        #expect(said == ["customer 77 true 1"])
        #expect(report.counts.absent == 1)
        for table in ["events", "customers", "jobs", "reconcile_marks", "reconciliations", "reconcile_findings"] {
            #expect(try world.value("select count(*) from \(table)") == "0")
        }
    }

    @Test func aRefusedWebhookIsTheReason() throws {
        let record = record(.shopifyProducts)
        try put(record)
        let webhook = try #require(try record.webhook(serial: 1, secret: "another", now: world.now))
        #expect(try world.deliver(webhook) == .refused)
        try reconcile(.shopifyProducts)
        #expect(try world.value("select reason from missing_orders") == "refused")
    }

    @Test func theTopicOfTheKindIsTheReason() throws {
        try put(record(.shopifyProducts))
        for (topic, isOfOrders) in [("ORDERS_UPDATED", true), ("PRODUCTS_UPDATE", false)] {
            try world.superuser.execute(
                """
                insert into webhook_states (source, api, topic, of_orders, state, since, seen_at, off_from, alarm)
                values ('shopify', 'fetch-shopify', '\(topic)', \(isOfOrders), 'missing', now() - interval '1 hour', now(),
                    now() - interval '2 hours', false)
                """)
        }
        try reconcile(.shopifyProducts)
        #expect(
            try world.value("select reason || ' ' || split_part(detail, ' ', 1) from missing_orders")
                == "webhook_off PRODUCTS_UPDATE")
    }

    /// Runs of two lists of one source do not wait for each other.
    @Test func eachListHasItsOwnLease() throws {
        var inner: Reconciler.End?
        let outer = try world.reconciler(task(.shopifyProducts)) {
            inner = inner ?? (try? self.reconcile(.shopifyCustomers).end)
            return false
        }.run(.scheduled)
        #expect(inner == .done && outer.end == .done)
    }

    @Test func aReconciledRecordIsReadTheSameLater() throws {
        for list in RecordList.all {
            try put(record(list))
            try reconcile(list)
        }
        let ids = try world.superuser.query("select id from events", []).map { try $0.bigint(0) }
        #expect(ids.count == RecordList.all.count)
        for id in ids {
            let stored = try #require(try StoredEvent.load(id, on: world.superuser))
            let event = try #require(stored.event)
            #expect(event.record.identity?.id == "77", "\(event.provider)")
            #expect(event.dedupeKey.bytes == DedupeKey.reconciled(event)?.bytes)
        }
    }
}

extension RecordList: Equatable {
    fileprivate static let wooProducts = RecordList(shop: .woocommerce, kind: .product)
    fileprivate static let shopifyProducts = RecordList(shop: .shopify, kind: .product)
    fileprivate static let shopifyCustomers = RecordList(shop: .shopify, kind: .customer)
}
