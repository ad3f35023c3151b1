import JSON
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

/// `hookledger reconcile` and the batch processor, as programs.
@Suite(.blocking) struct ReconcileProgramTests {
    let world: ShopWorld
    let folder: String

    init() throws {
        world = try ShopWorld(now: SystemClock.now)
        folder = try Files.makeTemporaryFolder()
        try Files.write(folder + "/hookledger.yaml", text: world.yaml())
        try Files.write(folder + "/generation", text: "0")
    }

    private func put(_ count: Int, in shop: ShopStandIns.Shop = .tiktok) throws {
        for number in 0..<count {
            let time = Timestamp(seconds: world.now.seconds - 600 - Int64(count) + Int64(number)) ?? world.now
            try world.shops.put(ShopOrder(shop, "\(2000 + number)", placedAt: time, state: .paid).body, in: shop)
        }
    }

    private func command(_ program: String, _ arguments: [String]) throws -> ChildCommand {
        var command = ChildCommand(
            [try Executable.folder() + "/" + program] + arguments + ["--config", folder + "/hookledger.yaml"],
            environment: world.environment)
        command.errors = .null
        return command
    }

    private func tool(_ arguments: String...) throws -> (status: Platform.ExitStatus, text: String) {
        let output = try ChildProcess.run(command("hookledger", ["reconcile"] + arguments))
        return (output.status, output.text)
    }

    @Test func aDryRunAndARunByHand() throws {
        defer { try? Files.remove(folder) }
        try put(2, in: .woocommerce)
        let dry = try tool("woocommerce", "--since", "1h", "--dry-run", "--utc")
        #expect(dry.status == .exited(1))
        #expect(dry.text.hasSuffix(": 2 orders compared, 2 absent, 0 older; nothing was changed."))
        #expect(dry.text.contains(/through fetch-woo, \S+ \S+Z to \S+ \S+Z:/), "\(dry.text)")
        #expect(try world.value("select count(*) from events") == "0")
        let run = try tool("woocommerce", "--since", "1h", "--json")
        #expect(run.status == .exited(0))
        let counts = try JSONValue(parsing: Array(run.text.utf8))
        #expect(counts["absent"]?.integer == 2 && counts["jobs"]?.integer == 2 && counts["state"]?.string == "done")
        #expect(
            try world.value("select action || ' ' || subject from operator_log")
                == "reconcile source:woocommerce/fetch-woo")
        #expect(try tool("woocommerce", "--since", "1h", "--dry-run").status == .exited(0))
        #expect(try tool("woocommerce", "--first").status == .exited(64))
    }

    @Test func aRefusedTokenAndAnotherRunHaveTheirExitCodes() throws {
        defer { try? Files.remove(folder) }
        try world.shops.setToken("another", of: .shopify)
        let refused = try tool("shopify", "--since", "1h")
        #expect(refused.status == .exited(70))
        #expect(refused.text.contains("Ended early (unauthorized): answered 401"))
        try world.superuser.execute("update reconcile_marks set token = 1, leased_until = now() + interval '1 minute'")
        #expect(try tool("shopify", "--since", "1h").status == .exited(69))
    }

    @Test func aRunThatIsKilledContinuesAtItsPage() throws {
        defer { try? Files.remove(folder) }
        try put(250)
        try world.shops.inject("hold", of: .tiktok, skip: 1)
        let since = world.now.advanced(bySeconds: -3600).rfc3339
        let process = try ChildProcess.spawn(command("hookledger", ["reconcile", "tiktok", "--since", since]))
        // Killed while it waits for the second page, or the next run meets the fault. Between the pages it asks for the
        // webhooks.
        #expect(
            try eventually {
                try world.shops.asked(.tiktok) > 2 && world.value("select pages from reconciliations") == "1"
            })
        process.terminate(with: .kill)
        _ = process.wait(timeout: .seconds(patience))
        #expect(try world.value("select count(*) from orders") == "100")
        #expect(try tool("tiktok", "--since", since).status == .exited(69), "its lease has not ended")
        try world.superuser.execute("update reconcile_marks set leased_until = now()")
        let run = try tool("tiktok", "--since", since, "--json")
        #expect(run.status == .exited(0))
        #expect(try JSONValue(parsing: Array(run.text.utf8))["absent"]?.integer == 250)
        #expect(try world.value("select count(*) from events") == "250")
        #expect(try world.value("select count(*) from jobs") == "250")
        #expect(try world.value("select count(*) || ' ' || min(pages) from reconciliations") == "1 3")
    }

    /// Killed while it waits for the answer to its second request for a delivery.
    @Test func aRunThatIsKilledWhileItAsksForDeliveriesContinues() throws {
        defer { try? Files.remove(folder) }
        for number in 1...3 as ClosedRange<Int64> {
            let time = Timestamp(seconds: world.now.seconds - 600 + number) ?? world.now
            let issue = HookEvent.issue(number: number, guid: "guid-\(number)", changedAt: time)
            try world.shops.put(issue.attempt(number, at: time, status: 502), in: .github)
        }
        try world.shops.inject("hold", of: .github, skip: 1, isChange: true)
        let since = world.now.advanced(bySeconds: -3600).rfc3339
        let process = try ChildProcess.spawn(command("hookledger", ["reconcile", "github", "--since", since]))
        // The webhooks, their deliveries, the webhooks for the reason, and two requests.
        #expect(try eventually { try world.shops.asked(.github) == 5 })
        process.terminate(with: .kill)
        _ = process.wait(timeout: .seconds(patience))
        let first = try world.shops.askedAgain()
        #expect(first.count == 1)
        #expect(try world.value("select count(*) from missing_orders where asked_at is not null") == "1")
        try world.superuser.execute("update reconcile_marks set leased_until = now()")
        let run = try tool("github", "--since", since, "--json")
        #expect(run.status == .exited(0))
        #expect(try world.shops.askedAgain().sorted() == ["guid-1", "guid-2", "guid-3"])
        #expect(try world.value("select count(*) from missing_orders where asked_at is not null") == "3")
        #expect(try tool("github", "--first", "--since", "1h").status == .exited(64))
        let dry = try tool("github", "--since", "100h", "--dry-run")
        #expect(dry.text.contains("3 deliveries compared, 0 absent") && dry.text.contains("is no longer listed"))
    }

    /// A long comparison says in the log how far it is, and a metric counts what it found once, however often it is
    /// interrupted.
    @Test func aLongComparisonIsSeenInTheLog() throws {
        defer { try? Files.remove(folder) }
        try put(2050)
        try world.superuser.query(
            """
            insert into reconcile_marks (source, api, watermark, due_at)
            values ('tiktok', 'fetch-tiktok', $1::timestamptz, now())
            """, [.timestamp(world.now.microseconds - 3_600_000_000)])
        // They changed within the half hour before.
        func run(_ log: String, until condition: String) throws {
            var command = try command("hookledger-batch", ["--for", "600s"])
            command.errors = .file(folder + "/" + log)
            let process = try ChildProcess.spawn(command)
            #expect(
                try eventually {
                    try world.value("select \(condition) from reconciliations where source = 'tiktok'") == "true"
                })
            process.terminate(with: .terminate, grace: .seconds(60))
        }
        try run("log1", until: "pages > 2")
        try run("log2", until: "state = 'done'")
        #expect(
            try world.value("select sum(value) from metrics where name = 'hookledger_missing_orders_total'") == "2050")
        let lines = try ["log1", "log2"].flatMap {
            try Files.readText(folder + "/" + $0).split(separator: "\n").filter {
                $0.contains("Comparison with the provider continues")
            }
        }
        #expect(lines.count == 1)
        let line = try JSONValue(parsing: Array((lines.first ?? "").utf8))
        #expect(line["compared"]?.string == "2000" && line["api"]?.string == "fetch-tiktok")
        #expect((line["percent"]?.string.flatMap { Int($0) }).map { (1..<100).contains($0) } == true)
    }

    @Test func theBatchProcessorComparesWhatIsDue() throws {
        defer { try? Files.remove(folder) }
        for shop in ShopStandIns.Shop.allCases { try put(1, in: shop) }
        let process = try ChildProcess.spawn(command("hookledger-batch", ["--for", "600s"]))
        #expect(
            try eventually {
                try world.value(
                    "select (select count(*) from effects where state = 'done') || ' ' || "
                        + "(select count(*) from reconciliations where state = 'done')") == "7 9"
            })
        process.terminate(with: .terminate)
        #expect(process.wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try world.value("select count(*) from orders") == "7")
        #expect(try world.value("select count(*) from reconciliations where state = 'done'") == "9")
        #expect(world.effects == (7, 7))
        #expect(
            try world.value("select sum(value) from metrics where name = 'hookledger_missing_orders_total'") == "7")
    }
}
