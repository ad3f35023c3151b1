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

@testable import Actions

/// The watch over webhooks and the learning of shapes, as programs.
@Suite(.blocking) struct WatchProgramTests {
    let world: ShopWorld
    let folder: String

    init() throws {
        world = try ShopWorld(now: SystemClock.now)
        folder = try Files.makeTemporaryFolder()
        let address = SubscriptionWatchTests.address(.woocommerce)
        let yaml = try world.yaml().replacing(
            "paths: [/webhook/woocommerce]",
            with: """
                paths: [/webhook/woocommerce]
                    webhooks: { expect: [order.created, order.updated], address: "\(address)" }
                """)
        try Files.write(folder + "/hookledger.yaml", text: yaml + "\ndrift: { alarm: true }\n")
        try Files.write(folder + "/generation", text: "0")
        try world.shops.setSubscriptions([], of: .woocommerce)
    }

    private func command(_ program: String, _ arguments: String...) throws -> ChildCommand {
        var command = ChildCommand(
            [try Executable.folder() + "/" + program] + arguments + ["--config", folder + "/hookledger.yaml"],
            environment: world.environment)
        command.errors = .null
        return command
    }

    private func wait(until holds: () throws -> Bool) throws {
        #expect(try eventually(holds), "it did not come to pass")
    }

    private var sent: Int { get throws { try world.shops.subscriptions(of: .woocommerce).sent.count } }

    private func store(_ body: String, times: Int) throws {
        try world.superuser.execute(
            """
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body)
            select nextval('event_ids'), now(), 'woocommerce', 'woocommerce', 'order.updated', 'order.updated', 'stored',
                'signature', 's', 'r', '', 'POST', '/', '', '[]', convert_to('\(body)', 'UTF8')
            from generate_series(1, \(times))
            """)
    }

    @Test func theBatchProcessorWatchesAndLearns() throws {
        defer { try? Files.remove(folder) }
        let before = try ChildProcess.run(command("hookledger", "webhooks", "diff", "woocommerce"))
        #expect(before.status == .exited(1))
        #expect(before.text.contains("order.created") && before.text.contains("missing"))
        #expect(try sent == 0)
        try store(#"{"id":1}"#, times: 200)
        try store(#"{"id":1,"tax":2}"#, times: 1)
        let killed = try ChildProcess.spawn(command("hookledger-batch", "--for", "600s"))
        try wait { try sent == 2 }
        killed.terminate(with: .kill)
        _ = killed.wait(timeout: .seconds(patience))
        // Another one continues, and registers nothing twice.
        try world.superuser.execute("update webhook_looks set leased_until = null, due_at = now()")
        let process = try ChildProcess.spawn(command("hookledger-batch", "--for", "600s"))
        try wait {
            try world.value("select count(*) from webhook_watch where state = 'on'") == "2"
                && world.value("select count(*) from schema_changes") == "1"
        }
        process.terminate(with: .terminate)
        #expect(process.wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try sent == 2)
        #expect(
            try world.value("select change || ' ' || path || ' ' || after || ' ' || events from schema_changes")
                == "new_member tax number 1")
        #expect(try world.value("select alarm from shape_changes") == "true")
        // A process that is killed loses what it has counted.
        let counted = try world.value(
            "select coalesce(sum(value), 0) from metrics where name = 'hookledger_schema_changes_total'")
        #expect(["0", "1"].contains(counted))
        let after = try ChildProcess.run(command("hookledger", "webhooks", "diff"))
        #expect(after.status == .exited(0) && after.text == "Every expected webhook is on.")
        let doctor = try ChildProcess.run(command("hookledger", "doctor"))
        #expect(doctor.text.contains("webhooks of woocommerce: 2 topics on at the provider"))
    }

    /// Killed while the provider has the request that registers a webhook, or before it has acted: no webhook is registered
    /// twice, and the attempt counts.
    @Test(arguments: ["hold", "late"]) func aKilledRepairIsNotDoneTwice(fault: String) throws {
        defer { try? Files.remove(folder) }
        try world.shops.injectIntoChanges(fault, of: .woocommerce)
        let killed = try ChildProcess.spawn(command("hookledger-batch", "--for", "600s"))
        // The repair is announced before its request; late: the provider has acted, and does not answer.
        try wait {
            try fault == "late"
                ? sent == 1 : world.value("select count(*) from webhook_repairs where is_done is null") == "1"
        }
        killed.terminate(with: .kill)
        _ = killed.wait(timeout: .seconds(patience))
        #expect(try sent == (fault == "late" ? 1 : 0))
        try world.superuser.execute("update webhook_looks set leased_until = null, due_at = now()")
        let process = try ChildProcess.spawn(command("hookledger-batch", "--for", "600s"))
        try wait {
            // After a repair the next look is due within a minute.
            try world.superuser.execute("update webhook_looks set due_at = now() where leased_until is null")
            return try world.value("select count(*) from webhook_watch where state = 'on'") == "2"
        }
        process.terminate(with: .terminate)
        #expect(process.wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try world.shops.subscriptions(of: .woocommerce).list.count == 2)
        #expect(try sent == 2)
        #expect(
            try world.value("select sum(repairs_last_day) from webhook_watch") == (fault == "late" ? "2" : "3"))
    }

    @Test func aRefusedTokenAndNoConfigurationHaveTheirExitCodes() throws {
        defer { try? Files.remove(folder) }
        try world.shops.setToken("another", of: .woocommerce)
        #expect(try ChildProcess.run(command("hookledger", "webhooks", "diff")).status == .exited(70))
        #expect(try ChildProcess.run(command("hookledger", "webhooks", "diff", "shopify")).status == .exited(64))
    }
}
