import Ledger
import LocalStack
import Patience
import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// Products and customers, and the side loop of the batch processor, under fire: two hosts at once, kill -9, a clock that was
/// ahead, a restored database.
@Suite(.blocking) struct RecordsUnderFireTests {
    let world: ShopWorld
    let folder: String

    private static let lists = ShopRecord.lists.filter { $0.shop == .shopify || $0.shop == .woocommerce }

    init() throws {
        world = try RecordReconcileTests.world()
        folder = try Files.makeTemporaryFolder()
        try Files.write(folder + "/hookledger.yaml", text: world.yaml())
        try world.superuser.execute(
            """
            insert into source_shops (source, shop_key, state, is_first, changed_by)
            values ('woocommerce', 'shop.example', 'listed', true, 'first')
            """)
        // Together they are more than a page.
        for (shop, kind) in Self.lists {
            for number in 0..<120 {
                let time = Timestamp(seconds: world.now.seconds - 800 + Int64(number)) ?? world.now
                let record = ShopRecord(shop, kind, "\(2000 + number)", changedAt: time)
                try world.shops.put(record.body, kind: kind.rawValue, in: shop)
            }
        }
    }

    /// A host of its own: its number is in its own file.
    private func batch(_ host: String, generation: String = "0") throws -> ChildProcess {
        let place = folder + "/" + host
        if !Files.exists(place) {
            try Files.makeFolder(place)
            try Files.write(place + "/hookledger.yaml", text: world.yaml())
            try Files.write(place + "/generation", text: generation)
        }
        var command = ChildCommand(
            [try Executable.folder() + "/hookledger-batch", "--for", "600s", "--config", place + "/hookledger.yaml"],
            environment: world.environment)
        command.errors = .file(place + "/log")
        return try ChildProcess.spawn(command)
    }

    private func wait(_ sql: String, for wanted: String, _ place: SourceLocation = #_sourceLocation) throws {
        var last: String?
        let isSo = try eventually {
            last = try world.value(sql)
            return last == wanted
        }
        #expect(isSo, "\(last ?? "null") instead of \(wanted): \(sql)", sourceLocation: place)
    }

    private static let found = "select count(*) from reconcile_findings where kind in ('product', 'customer')"
    private static let all = "480"

    /// - Parameter repeated: the requests in the middle of which a process was killed, at most.
    private func checkOnce(repeated: Int = 0, _ place: SourceLocation = #_sourceLocation) throws {
        try wait("select count(*) from effects where state = 'done'", for: Self.all, place)
        let effects = world.effects
        #expect(
            effects.different == 480 && effects.requests <= 480 + repeated, "\(effects)", sourceLocation: place)
        try checkRows(place)
    }

    private func checkRows(_ place: SourceLocation = #_sourceLocation) throws {
        for table in ["products", "customers"] {
            #expect(try world.value("select count(*) from \(table)") == "240", sourceLocation: place)
        }
        #expect(try world.value("select count(*) from events") == Self.all, sourceLocation: place)
        #expect(
            try world.value("select count(distinct (source, kind, order_id)) from reconcile_findings") == Self.all,
            sourceLocation: place)
        #expect(try world.value(Self.found) == Self.all, sourceLocation: place)
    }

    @Test func twoHostsAndAKill() throws {
        defer { try? Files.remove(folder) }
        // The first host hangs in its first second page, and is killed there.
        try world.shops.inject("hold", of: .shopify, kind: "product", skip: 1)
        let first = try batch("one")
        try wait("select pages from reconciliations where api = 'fetch-shopify:products'", for: "1")
        let second = try batch("two")
        try wait("select count(*) from reconciliations where state = 'done' and api = 'fetch-woo:customers'", for: "1")
        #expect(try world.value("select pages from reconciliations where api = 'fetch-shopify:products'") == "1")
        first.terminate(with: .kill)
        _ = first.wait(timeout: .seconds(patience))
        try world.superuser.execute(
            "update reconcile_marks set leased_until = now() where api = 'fetch-shopify:products'")
        try wait(Self.found, for: Self.all)
        // The destination knows a repeated request by its key. A run claims up to 128 jobs at once.
        try checkOnce(repeated: 128)
        #expect(
            try world.value("select count(*) from reconciliations where api = 'fetch-shopify:products'")
                == "1", "the run is continued")
        second.terminate(with: .terminate, grace: .seconds(30))
    }

    @Test func aClockThatWasAhead() throws {
        defer { try? Files.remove(folder) }
        try world.superuser.execute(
            """
            insert into reconcile_marks (source, api, watermark, due_at, leased_until, holder, token)
            select source, api, now() + interval '30 days', now() + interval '30 days', now() + interval '30 days', 'x', 7
            from (values ('shopify', 'fetch-shopify:products'), ('shopify', 'fetch-shopify:customers'),
                ('woocommerce', 'fetch-woo:products'), ('woocommerce', 'fetch-woo:customers')) as v (source, api)
            """)
        let process = try batch("one")
        try wait(Self.found, for: Self.all)
        try checkOnce()
        process.terminate(with: .terminate, grace: .seconds(30))
    }

    /// Nothing is asked, found or done on a restored database before a person releases it. Then all of it is found; what the shop
    /// had before the restore may have been done then, so that is left to a person.
    @Test func aRestoredDatabase() throws {
        defer { try? Files.remove(folder) }
        let held = try batch("one", generation: "5480")
        _ = held.wait(timeout: .seconds(patience))
        #expect(try Files.readText(folder + "/one/log").contains("restore"))
        #expect(try world.value("select count(*) from reconciliations") == "0")
        #expect(try world.shops.asked(.shopify) == 0 && world.shops.asked(.woocommerce) == 0)
        let release = try ChildProcess.run(
            ChildCommand(
                [
                    try Executable.folder() + "/hookledger", "restore", "--release", "--config",
                    folder + "/one/hookledger.yaml",
                ], environment: world.environment))
        #expect(release.succeeded, "\(release.text)\(release.errorText)")
        let process = try batch("one")
        try wait(Self.found, for: Self.all)
        try wait("select count(*) from jobs where state = 2", for: Self.all)
        try checkRows()
        #expect(world.effects.requests == 0)
        process.terminate(with: .terminate, grace: .seconds(30))
    }
}
