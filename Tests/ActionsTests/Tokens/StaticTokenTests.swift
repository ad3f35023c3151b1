import JSON
import JobsSupport
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
@testable import Jobs

/// Tokens that a person has, that nothing refreshes, and that `hookledger credentials store` keeps. Real programs before
/// stand-ins of the providers' APIs.
@Suite(.blocking) struct StaticTokenTests {
    let world: ShopWorld
    let folder: String

    /// The actions that name no secret, by source, and what the stand-ins take.
    private static let actions = [
        "github": "list-github", "stripe": "list-stripe", "bigcommerce": "fetch-bigcommerce", "square": "fetch-square",
        "etsy": "fetch-etsy", "woocommerce": "fetch-woo", "evershop": "list-evershop",
    ]

    init() throws {
        world = try ShopWorld(now: SystemClock.now) { yaml, _ in
            let secrets = [
                "access_token: { env: GITHUB_TOKEN }", "access_token: { env: STRIPE_TOKEN }",
                "access_token: { env: BIGCOMMERCE_TOKEN }", "access_token: { env: SQUARE_TOKEN }",
                "access_token: { env: ETSY_TOKEN }, ", "password: { env: EVERSHOP_PASSWORD }",
                "consumer_key: { env: WOO_KEY }, consumer_secret: { env: WOO_TOKEN }",
            ]
            return secrets.reduce(yaml) { $0.replacing($1, with: "") }
                .replacing(
                    "paths: [/webhook/github]",
                    with: """
                        paths: [/webhook/github]
                            webhooks: { expect: [issues, push], address: "https://hooks.example.com/webhook/github" }
                        """)
        }
        folder = try Files.makeTemporaryFolder()
        try Files.write(folder + "/hookledger.yaml", text: world.yaml())
        try Files.write(folder + "/generation", text: "0")
        _ = try KeyFile.create(folder + "/keys/tokens.key")
    }

    private func command(_ program: String, _ arguments: [String]) throws -> ChildCommand {
        ChildCommand(
            [try Executable.folder() + "/" + program] + arguments + ["--config", folder + "/hookledger.yaml"],
            environment: world.environment)
    }

    @discardableResult
    private func tool(_ arguments: String...) throws -> (status: Platform.ExitStatus, text: String, errors: String) {
        let output = try ChildProcess.run(command("hookledger", arguments))
        return (output.status, output.text, output.errorText)
    }

    /// `hookledger credentials store` with a line on standard input.
    @discardableResult
    private func store(
        _ source: String, _ token: String, _ more: String...
    ) throws -> (status: Platform.ExitStatus, text: String, errors: String) {
        let action = try #require(Self.actions[source])
        try Files.write(folder + "/line", text: token + "\n")
        var command = try command("hookledger", ["credentials", "store", source, action] + more)
        command.input = .file(folder + "/line")
        let output = try ChildProcess.run(command)
        try Files.remove(folder + "/line")
        #expect(token.isEmpty || !(output.text + output.errorText).contains(token))
        return (output.status, output.text, output.errorText)
    }

    private func token(of source: String) -> String { source == "woocommerce" ? "ck:test-token" : "test-token" }

    private func wait(_ sql: String, for wanted: String, _ place: SourceLocation = #_sourceLocation) throws {
        var last: String?
        let isSo = try eventually {
            last = try world.value(sql)
            return last == wanted
        }
        #expect(isSo, "\(last ?? "null") instead of \(wanted): \(sql)", sourceLocation: place)
    }

    private func batch() throws -> ChildProcess {
        var command = try command("hookledger-batch", ["--for", "600s"])
        command.errors = .file(folder + "/batch.log")
        return try ChildProcess.spawn(command)
    }

    @Test func everyProviderIsAskedWithItsStoredToken() throws {
        defer { try? Files.remove(folder) }
        let before = try tool("reconcile", "github", "--since", "1h")
        #expect(before.status == .exited(70))
        #expect(
            before.errors.contains(
                "github, action list-github: no token is stored (hookledger credentials store github list-github)"))
        #expect(try tool("webhooks", "diff", "github").status == .exited(70))
        // What is expected is said before any batch processor has run.
        let expected = try tool("credentials", "list", "--json")
        #expect(expected.status == .exited(1))
        let rows = try expected.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(Set(rows.compactMap { $0["account"]?.string }) == Set(Self.actions.values))
        #expect(rows.allSatisfy { $0["state"] == "missing" && $0["source"]?.string?.isEmpty == false })
        let one = try tool("credentials", "list", "github")
        #expect(one.status == .exited(1) && one.text.contains("list-github") && !one.text.contains("list-stripe"))
        #expect(try tool("doctor", "--json").text.contains("hookledger credentials store github list-github"))
        #expect(try tool("status").text.contains("github: missing"))
        #expect(try world.value("select count(*) from credentials") == "0")
        // A token that the provider refuses, none, one without its parts: nothing is stored.
        for source in Self.actions.keys.sorted() {
            let refused = try store(source, source == "woocommerce" ? "ck:another-one" : "another-one")
            #expect(refused.status == .exited(70), "\(source): \(refused.errors)")
            #expect(refused.errors.contains("refuses the token") && refused.errors.contains("Nothing was stored"))
        }
        // A repository that the token may not see.
        let yaml = try world.yaml()
        try Files.write(
            folder + "/hookledger.yaml", text: yaml.replacing("repository: acme/shop", with: "repository: acme/other"))
        let unseen = try store("github", "test-token")
        #expect(unseen.status == .exited(70) && unseen.errors.contains("answered 404"), "\(unseen.errors)")
        try Files.write(folder + "/hookledger.yaml", text: yaml)
        // A page for people, and another address, say nothing about the token.
        for (fault, words) in [("garbage", "no JSON"), ("moved", "leads to https://www.shop.example/orders:")] {
            try world.shops.inject(fault, of: .woocommerce)
            let unclear = try store("woocommerce", "ck:test-token")
            #expect(unclear.status == .exited(69) && unclear.errors.contains(words), "\(unclear.errors)")
        }
        #expect(try store("github", "").status == .exited(64))
        #expect(try store("woocommerce", "ck_without_a_secret").status == .exited(64))
        #expect(try tool("credentials", "store", "github", "list-stripe").status == .exited(64))
        #expect(try tool("credentials", "store", "github", "ship").status == .exited(64))
        #expect(try tool("credentials", "store", "shopify", "fetch-shopify").status == .exited(64))
        #expect(try world.value("select count(*) from credentials") == "0")
        for source in Self.actions.keys.sorted() {
            let stored = try store(source, token(of: source))
            #expect(stored.status == .exited(0), "\(source): \(stored.errors)")
            #expect(stored.text.contains("valid"))
        }
        #expect(
            try world.value(
                "select count(*) || ' ' || bool_and(expires_at is null and refresh_due_at is null) from credentials "
                    + "where state = 'valid' and obtained_by = 'stored'") == "7 true")
        #expect(
            try world.value("select count(distinct subject) from operator_log where action = 'credential.store'") == "7"
        )
        let time = Timestamp(seconds: world.now.seconds - 600) ?? world.now
        for shop in [ShopStandIns.Shop.woocommerce, .bigcommerce, .square, .etsy, .evershop] {
            try world.shops.put(ShopOrder(shop, "1001", placedAt: time, state: .paid).body, in: shop)
        }
        try world.shops.put(HookEvent.invoice(id: "evt_1", createdAt: time).body, in: .stripe)
        let issue = HookEvent.issue(number: 1, guid: "guid-1", changedAt: time)
        try world.shops.put(issue.attempt(1, at: time, status: 502), in: .github)
        for source in Self.actions.keys.sorted() {
            let run = try tool("reconcile", source, "--since", "1h")
            #expect(run.status == .exited(0) && run.text.contains("1 absent"), "\(run.text)\(run.errors)")
        }
        #expect(
            try world.value("select string_agg(distinct api, ' ' order by api) from missing_orders")
                == Self.actions.values.sorted().joined(separator: " "))
        #expect(try tool("credentials", "list").status == .exited(0))
        #expect(try world.shops.askedAgain() == ["guid-1"])
        #expect(try tool("webhooks", "diff", "github").status == .exited(0))
        // Nothing of it is readable.
        let dump = try ChildProcess.run(
            ChildCommand(
                ["pg_dump", "--dbname", try SharedCluster.get().conninfo(database: world.database)],
                environment: world.environment.merging(["PATH": Environment.value(of: "PATH") ?? "/usr/bin:/bin"]) {
                    $1
                }), limit: 64 << 20)
        #expect(dump.succeeded && dump.text.contains("list-github") && !dump.text.contains("test-token"))
    }

    @Test func jobsWaitForATokenAndARefusedOneNeedsAPerson() throws {
        defer { try? Files.remove(folder) }
        try world.shops.put(
            ShopOrder(.square, "1001", placedAt: world.now, state: .paid).body, in: .square)
        let order = ShopOrder(
            .square, "1001", placedAt: Timestamp(seconds: world.now.seconds) ?? world.now, state: .paid)
        #expect(try world.deliver(order.webhook(serial: 1, secret: ShopWorld.secret, now: world.now)) == .stored)
        let held = "select count(*) from jobs where state = 3 and hold_reason = 'token'"
        let process = try batch()
        try wait(held, for: "1")
        try wait("select count(*) from credentials where state = 'missing' and obtained_by = 'stored'", for: "7")
        #expect(
            try world.value(
                "select string_agg(account || ' ' || state || ' ' || held_jobs, ', ') from credential_status where source = 'square'"
            )
                == "fetch-square missing 1")
        let told = try causes("square")
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("Token missing: square, action fetch-square cannot ask its API since ") == true)
        #expect(
            told.first?.hasSuffix(
                ": none is stored. 1 job is held. Run hookledger credentials store square fetch-square.") == true,
            "\(told)")
        let doctor = try tool("doctor", "--json")
        #expect(doctor.text.contains("hookledger credentials store square fetch-square"))
        // Another action's token does not help.
        #expect(try store("stripe", "test-token").status == .exited(0))
        SystemClock.sleep(milliseconds: 1500)
        #expect(try world.value(held) == "1")
        #expect(try world.value("select sum(held_jobs) from credential_status") == "1")
        #expect(try store("square", "test-token").status == .exited(0))
        let fetched = "select count(*) from orders where not (order_data ->> 'needs_detail')::boolean"
        try wait(fetched, for: "1")
        // The provider takes another one from now on.
        try world.shops.setToken("the next token", of: .square)
        let second = ShopOrder(
            .square, "1002", placedAt: Timestamp(seconds: world.now.seconds) ?? world.now, state: .paid)
        try world.shops.put(second.body, in: .square)
        #expect(try world.deliver(second.webhook(serial: 2, secret: ShopWorld.secret, now: world.now)) == .stored)
        try wait("select state from credential_status where account = 'fetch-square'", for: "revoked")
        try wait(held, for: "1")
        #expect(try causes("square").first?.hasPrefix("Token revoked: square, action fetch-square") == true)
        #expect(try tool("credentials", "list", "square").status == .exited(1))
        #expect(try store("square", "the next token").status == .exited(0))
        try wait(fetched, for: "2")
        #expect(try world.value("select count(*) from jobs where state in (2, 3)") == "0")
        process.terminate(with: .terminate, grace: .seconds(30))
        #expect(try !Files.readText(folder + "/batch.log").contains("test-token"))
        #expect(try tool("credentials", "remove", "square").status == .exited(0))
        #expect(try world.value("select count(*) from credentials where source = 'square'") == "0")
    }

    /// A terminal does not show what is typed, and shows it again after Ctrl-C.
    @Test func aTypedTokenIsNotShown() throws {
        defer { try? Files.remove(folder) }
        let store = try command("hookledger", ["credentials", "store", "github", "list-github"])
        let typed = try ChildProcess.run(
            TestTerminal.around(store, columns: 200, steps: [("it is not shown:", "test-token\n")]))
        #expect(typed.status == .exited(0), "\(typed.text)")
        #expect(typed.text.contains("valid") && !typed.text.contains("test-token"))
        var left = store
        left.arguments = ["sh", "-c", "trap : INT; \(store.arguments.joined(separator: " ")); echo $?; stty -a"]
        let shown = try ChildProcess.run(
            TestTerminal.around(left, columns: 200, steps: [("it is not shown:", "test-tok\u{3}")]))
        #expect(shown.text.contains("130") && shown.text.contains(" echo ") && !shown.text.contains("test-tok"))
        #expect(try world.value("select version from credentials") == "1")
    }

    private func causes(_ source: String) throws -> [String] {
        let connection = try world.connect()
        return try Causes(settings: .none, holds: .standard, connection: connection).tokenCauses().map(\.text)
            .filter { $0.contains(" \(source),") }
    }

    /// A token opens for its own source and action only, and with its key. GitHub says when its token ends.
    @Test func aMovedTokenDoesNotOpenAndAnEndIsSeen() throws {
        defer { try? Files.remove(folder) }
        try world.shops.setTokenEnd("2027-03-01 08:30:00 -0800")
        #expect(try store("github", "test-token").status == .exited(0))
        #expect(try world.value("select expires_at at time zone 'UTC' from credentials") == "2027-03-01 16:30:00")
        try world.shops.setTokenEnd("2026-12-03 08:30:00 UTC")
        #expect(try store("github", "test-token").status == .exited(0))
        #expect(
            try world.value("select version || ' ' || (expires_at at time zone 'UTC') from credentials")
                == "2 2026-12-03 08:30:00")
        try world.superuser.execute("update credentials set refresh_expires_at = now() + interval '3 days'")
        let connection = try world.connect()
        #expect(
            try Causes(settings: .none, holds: .standard, connection: connection).tokenCauses().map(\.text).contains {
                $0.hasPrefix("Authorization ends: that of github (list-github) ends at ")
                    && $0.hasSuffix("Run hookledger credentials store github list-github before.")
            })
        try world.superuser.execute("update credentials set expires_at = now() - interval '1 second'")
        #expect(try tool("reconcile", "github", "--since", "1h").errors.contains("the token of github is expired"))
        #expect(try store("stripe", "test-token", "--unchecked").status == .exited(0))
        #expect(try store("stripe", "test-token").status == .exited(0))
        try world.superuser.execute(
            """
            update credentials as c set access_token = o.access_token, expires_at = null from credentials as o
            where c.source = 'github' and o.source = 'stripe'
            """)
        let moved = try tool("reconcile", "github", "--since", "1h")
        #expect(moved.status == .exited(70) && moved.errors.contains("the row was moved or changed"))
        // Another key.
        try Files.rename(folder + "/keys/tokens.key", to: folder + "/keys/old.key")
        _ = try KeyFile.create(folder + "/keys/tokens.key")
        #expect(try tool("reconcile", "stripe", "--since", "1h").errors.contains("it was encrypted with key"))
        let rekey = try tool("credentials", "rekey", "--from", folder + "/keys/old.key", "--json")
        #expect(rekey.text.contains(#""changed":1"#) && rekey.text.contains("github/list-github"), "\(rekey.text)")
        #expect(try tool("reconcile", "stripe", "--since", "1h").status == .exited(0))
    }
}
