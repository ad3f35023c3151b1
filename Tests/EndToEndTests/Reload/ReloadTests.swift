import HTTPReceiver
import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// A changed configuration, while requests arrive: none is lost, and a wrong one changes nothing.
@Suite(.place) struct ReloadTests {
    /// A stack and its configuration.
    private struct Host: Sendable {
        let load: LoadStack
        let tool: StackTool
        private let original: String

        init(_ load: LoadStack) throws {
            self.load = load
            tool = StackTool(load.stack)
            original = try Files.readText(load.stack.folder.configuration)
        }

        /// Another file: the original, with a change.
        func configure(_ change: (String) -> String = { $0 }) throws {
            try Files.write(load.stack.folder.configuration, text: change(original))
        }

        static func withSource(_ text: String) -> String {
            text.replacing(
                "actions:\n",
                with: """
                      later: { providers: [tiktok_shop_guide], paths: [/webhook/later], secrets: [ { env: EVERSHOP_WEBHOOK_SECRET } ] }
                    actions:\n
                    """)
        }

        /// `hookledger reload`, and what each program answered.
        func reload() throws -> (ChildOutput, [JSONValue]) {
            let output = try tool.run(["reload", "--json"])
            return (output, try output.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) })
        }

        func sendLater(_ order: String) throws -> Int {
            let delivery = ShopDelivery.guide(order, "AWAITING_SHIPMENT", at: Shop.now, amount: "1.00")
            let secret = try #require(load.stack.secret("EVERSHOP_WEBHOOK_SECRET"))
            return try load.shop.post(
                delivery.body, delivery.headers(.init(key: "", secret: secret), signedAt: Shop.now),
                to: load.stack.state.url + "/webhook/later"
            ).status
        }

        func inUse(_ column: String) throws -> [String] {
            try load.books.lines(
                "select \(column) from configurations_in_use where program in ('ingest', 'api') order by program")
        }
    }

    @Test func noRequestIsLostUnderLoad() async throws {
        try await LoadStack.run(batchInterval: 2) { load in
            let host = try Host(load)
            let count = LoadStack.isFull ? 20_000 : 2_000
            let deliveries = (0..<count).map {
                ShopDelivery.guide("reload-\($0)", "AWAITING_SHIPMENT", at: Shop.now, amount: "\($0 % 90 + 1).50")
            }
            let client = load.client
            async let report = onThread { try client.send(deliveries) }
            let outcomes = try await onThread {
                try (0..<10).map { number in
                    try host.configure { number.isMultiple(of: 2) ? Host.withSource($0) : $0 }
                    let (output, answers) = try host.reload()
                    let programs = Set(answers.compactMap { $0["program"]?.string })
                    let isUsed =
                        output.succeeded && programs.isSuperset(of: ["ingest", "api"])
                        && answers.allSatisfy { ["used", "ended"].contains($0["outcome"]?.string) }
                    let status = try load.shop.curl.get(load.stack.state.url + "/api/v2/webhooks/test").status
                    return isUsed && status == 200 ? "used" : "\(status) \(output.text) \(output.errorText)"
                }
            }
            #expect(outcomes == Array(repeating: "used", count: 10))
            let statuses = try await report.statuses
            #expect(statuses == [200: count])
            #expect(try load.books.count("select count(*) from receipts") == count)
            #expect(try load.books.count("select count(*) from configurations") == 11)
            #expect(try load.books.count("select count(*) from events where revision is null") == 0)
            #expect(try load.books.count("select count(distinct revision) from events") > 1)
            #expect(try load.eventsWithoutTheirJob(rule: "every-event") == [])
            try #require(try await load.waitForJobs())
            #expect(try load.jobsNotDoneOnce(rule: "every-event") == [])
            #expect(Set(load.receiver.taken).count == count)
            let errors = try load.books.errorLines()
            #expect(errors == [])
        }
    }

    @Test func aNewSourceIsThereAndAWrongConfigurationChangesNothing() async throws {
        try await LoadStack.run { load in
            let host = try Host(load)
            #expect(try host.sendLater("a") == 404)
            try host.configure(Host.withSource)
            #expect(try host.reload().0.succeeded)
            #expect(try host.sendLater("b") == 200)
            let before = try host.inUse("revision")
            #expect(before == ["2", "2"])

            // Every error is named, and nothing is signalled.
            try host.configure { Host.withSource($0) + "\nunknown: 1\nlog: { level: loud }\n" }
            let (refused, _) = try host.reload()
            #expect(refused.status == .exited(1))
            #expect(refused.errorText.contains("unknown") && refused.errorText.contains("log.level"))
            // Nor does a program take it that is signalled in another way.
            let pids = try TestStack.processes(load.stack.folder)
            for name in ["ingest", "api"] { #expect(ChildProcess.Signal.hangUp.send(to: try #require(pids[name]))) }
            let errors =
                "select count(*) from configurations_in_use where refusal like '%unknown%' and refusal like '%log.level%'"
            #expect(try await load.books.eventually(errors, are: ["2"]))
            #expect(try host.inUse("revision") == before)
            #expect(try host.sendLater("c") == 200)
            let metrics = try load.shop.curl.get(load.stack.state.url + "/metrics")
            #expect(metrics.status != 200 || metrics.body.contains("hookledger_configuration_revision"))

            // What was decided at the start is named.
            try host.configure { Host.withSource($0).replacing("committers: 1", with: "committers: 2") }
            let (restart, answers) = try host.reload()
            #expect(restart.status == .exited(1))
            let ingest = answers.first { $0["program"]?.string == "ingest" }
            #expect(ingest?["outcome"]?.string == "refused")
            #expect(restart.errorText.contains("responder.committers") && restart.errorText.contains("restart"))
            #expect(try host.sendLater("d") == 200)

            // So is a fault with which a program would start: what works must not stop working.
            try host.configure { Host.withSource($0).replacing("EVERSHOP_WEBHOOK_SECRET", with: "NO_SUCH") }
            let (faulty, _) = try host.reload()
            #expect(faulty.status == .exited(1) && faulty.errorText.contains("sources.later"))
            #expect(try host.sendLater("d2") == 200)

            // A path that nginx does not pass on is named.
            try host.configure {
                Host.withSource($0).replacing("[/webhook/later]", with: "[/webhook/later, /shop/hook]")
            }
            let (added, _) = try host.reload()
            #expect(added.succeeded && added.errorText.contains("/shop/hook"))
            #expect(added.errorText.contains("hookledger nginx"))

            try host.configure()
            #expect(try host.reload().0.succeeded)
            #expect(try host.sendLater("e") == 404)

            // A secret that was rotated.
            let variables = try Files.readText(load.stack.folder.secrets)
            try Files.write(
                load.stack.folder.secrets,
                text: variables.replacing(load.shop.secret, with: "rotated-secret-of-the-app"),
                mode: 0o600)
            let order = ShopDelivery.guide("f", "AWAITING_SHIPMENT", at: Shop.now, amount: "1.00")
            let rotated = ShopDelivery.Credentials(key: load.shop.key, secret: "rotated-secret-of-the-app")
            func post() throws -> Int {
                try load.shop.post(order.body, order.headers(rotated, signedAt: Shop.now)).status
            }
            #expect(try post() == 401)
            let revision = try host.inUse("revision")
            #expect(try host.reload().0.succeeded)
            #expect(try post() == 200)
            // Its value is no part of the configuration's text.
            #expect(try host.inUse("revision") == revision)
        }
    }

    /// A rule that is gone: its jobs that wait are skipped, with that reason, by a run that has read so.
    @Test func jobsOfARuleThatIsGoneAreSkipped() async throws {
        try await LoadStack.run(rules: "  - { name: second, do: [erp] }\n") { load in
            let host = try Host(load)
            // cron's first run is over soon, and no other one begins within the minute.
            #expect(try load.shop.send(.guide("g", "AWAITING_SHIPMENT", at: Shop.now, amount: "1.00")).status == 200)
            try #require(try await load.waitForJobs())
            try host.configure { $0.replacing("  - { name: second, do: [erp] }\n", with: "") }
            let batch = try #require(try TestStack.processes(load.stack.folder).first { $0.key.hasPrefix("batch") })
                .value
            let (output, answers) = try host.reload()
            #expect(output.succeeded)
            #expect(answers.contains { $0["pid"] == .number(JSONNumber(Int64(batch))) && $0["revision"] != nil })
            // The same run continues with it.
            _ = try load.books.lines(
                """
                insert into jobs (action, kind, rule, event_id, event_received_at, revision)
                select 'erp', 'http', 'second', id, received_at, revision from events limit 1;
                insert into jobs (action, kind, rule, event_id, event_received_at, revision)
                select 'old', 'http', 'every-event', id, received_at, revision from events limit 1
                """)
            try #require(try await load.waitForJobs())
            let reasons = try load.books.lines(
                "select reason from job_attempts where outcome = 'skipped' order by job_id")
            #expect(reasons.count == 2 && reasons[0].contains("rule second") && reasons[1].contains("no action old"))
        }
    }
}
