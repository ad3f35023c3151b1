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

/// A clock that was ahead and is set back: the comparison continues at once, and finds what changed meanwhile, once.
@Suite(.blocking) struct ClockAheadTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try RecordReconcileTests.worlds.borrow() }

    private static let lists = [
        RecordList(shop: .shopify, kind: .product), .init(shop: .woocommerce, kind: .customer),
        .init(shop: .bigcommerce, kind: .customer), .init(shop: .tiktok, kind: .order),
        .init(shop: .square, kind: .order),
    ]

    private func reconciler(_ list: RecordList, shouldStop: @escaping () -> Bool = { false }) throws -> Reconciler {
        let task = try #require(world.tasks(list.shop).first { $0.kind == list.kind })
        return world.reconciler(task, shouldStop: shouldStop)
    }

    private func put(_ list: RecordList, _ id: String, at time: Timestamp) throws {
        if list.kind == .order {
            try world.shops.put(ShopOrder(list.shop, id, placedAt: time, state: .paid).body, in: list.shop)
        } else {
            let record = ShopRecord(list.shop, list.kind, id, changedAt: time)
            try world.shops.put(record.body, kind: list.kind.rawValue, in: list.shop)
        }
    }

    private func found() throws -> String? {
        try world.value("select string_agg(order_id, ' ' order by order_id) from missing_orders")
    }

    /// - Parameter hours: by which the clock is ahead, less than the runs of then take place, or more.
    @Test(arguments: lists, [2, 30 * 24])
    func nothingIsMissingAfterwards(list: RecordList, hours: Int64) throws {
        let start = Timestamp(seconds: world.now.seconds) ?? world.now
        func real(_ minutes: Int64) -> Timestamp { start.advanced(bySeconds: minutes * 60) }
        try put(list, "1", at: real(-5))
        #expect(try reconciler(list).run(.scheduled).end == .done)
        // The clock is ahead for four hours, and every run reads all until then.
        for minutes in stride(from: 10, through: 240, by: 115) as StrideThrough<Int64> {
            try put(list, "\(minutes)", at: real(minutes - 4))
            world.now = real(minutes + hours * 60)
            _ = try reconciler(list).run(.manual, since: real(minutes - 20))
            try world.superuser.execute("update reconcile_marks set due_at = now() - interval '1 day'")
            #expect(try reconciler(list).run(.scheduled).end == .done)
            try put(list, "\(minutes + 1)", at: real(minutes + 1))
        }
        // It is set back.
        world.now = real(250)
        #expect(try reconciler(list).run(.scheduled).end == .done)
        #expect(try found() == "1 10 11 125 126 240 241")
        #expect(try world.value("select count(*) from events") == "7")
        #expect(
            try world.superuser.query(
                "select watermark <= $1::timestamptz and due_at < $1 + interval '7 hours' from reconcile_marks",
                [.timestamp(world.now.microseconds)]
            ).only().bool(0))
        try put(list, "251", at: real(251))
        world.now = real(251 + 7 * 60)
        #expect(try reconciler(list).run(.scheduled).counts.absent == 1)
    }

    /// A run of then was killed: its page, its lease and its window are of the future.
    @Test func aPageOfThatTimeIsForgotten() throws {
        let list = Self.lists[0]
        let start = Timestamp(seconds: world.now.seconds) ?? world.now
        #expect(try reconciler(list).run(.scheduled).end == .done)
        for number in 0..<150 { try put(list, "\(2000 + number)", at: start.advanced(bySeconds: Int64(number) + 60)) }
        world.now = start.advanced(bySeconds: 86_400)
        var pages = 0
        _ = try reconciler(list) {
            pages += 1
            return pages > 1
        }.run(.scheduled)
        try world.superuser.query(
            "update reconcile_marks set leased_until = $1::timestamptz + interval '3 minutes', token = token + 1, holder = 'x'",
            [.timestamp(world.now.microseconds)])
        try put(list, "9", at: start.advanced(bySeconds: 600))
        world.now = start.advanced(bySeconds: 1200)
        #expect(try reconciler(list).run(.scheduled).end == .done)
        #expect(try world.value("select count(*) from products") == "151")
        #expect(try world.value("select count(*) from missing_orders") == "151")
        #expect(
            try world.value(
                "select string_agg(state || coalesce(': ' || reason, ''), ', ' order by id) from reconciliations")
                == "done, stopped: the clock was set back, done")
    }

    /// A host whose clock is a few seconds behind takes nothing from the others.
    @Test func hostsMayDifferByAMinute() throws {
        let list = Self.lists[0]
        #expect(try reconciler(list).run(.scheduled).end == .done)
        let before = try world.value("select watermark || ' ' || due_at from reconcile_marks")
        world.now = world.now.advanced(bySeconds: -30)
        #expect(try reconciler(list).run(.scheduled).end == .notTaken)
        #expect(try world.value("select watermark || ' ' || due_at from reconcile_marks") == before)
    }

    /// The watch looks at once, and repairs of then do not count.
    @Test func theWatchLooksAtOnce() throws {
        let yaml = try world.yaml().replacing(
            "paths: [/webhook/woocommerce]",
            with: """
                paths: [/webhook/woocommerce]
                    webhooks: { expect: [order.created], address: "https://hooks.example.com/webhook/woocommerce" }
                """)
        let task = try #require(SubscriptionWatch.Task.all(world.settings(of: yaml), of: "woocommerce").first)
        let watch = SubscriptionWatch(task, world: Reconciler.World(now: { world.now }, send: { world.send($0) }))
        func repairs() throws -> Int? {
            try world.shops.setSubscriptions([], of: .woocommerce)
            guard case .done(_, let repaired) = try watch.run(on: world.batch) else { return nil }
            return repaired.count
        }
        let start = world.now
        for minutes in [0, 11, 22] as [Int64] {
            world.now = start.advanced(bySeconds: 86_400 + minutes * 60)
            #expect(try repairs() == (minutes < 20 ? 1 : 0))
        }
        world.now = start
        #expect(try repairs() == 1)
        #expect(try repairs() == nil, "one look at a time")
    }
}
