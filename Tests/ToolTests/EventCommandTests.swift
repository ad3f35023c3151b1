import JSON
import LocalStack
import Platform
import Postgres
import StackSuite
import Testing

/// `hookledger events` and `hookledger replay` against the stack that a developer gets.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct EventCommandTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    /// Sends a signed order and gives the id of its event.
    private func send(_ order: String, _ status: String = "AWAITING_SHIPMENT") throws -> String {
        let sent = try tool.run([
            "send", "tiktok-shop", "--type", "order_created", "--set", "data.order_id=\(order)", "--set",
            "data.order_status=\(status)",
        ])
        try #require(sent.succeeded, "\(sent.errorText)")
        return try #require(books.lines("select id from events where subject = 'order:\(order)'").first)
    }

    @Test func listsAndShows() throws {
        let id = try send("list-1")
        let listed = try tool.objects(["events", "list", "--order", "list-1", "--json"])
        #expect(listed.count == 1 && listed[0]["type"] == "order.created")
        #expect(listed[0]["id"]?.identifier == id)
        let table = try tool.run(["events", "list", "--order", "list-1"])
        #expect(table.text.hasPrefix("event  received") && !table.text.contains("\u{1B}"))
        #expect(try tool.run(["events", "list", "--source", "none"]).text == "No matching events.")
        #expect(try tool.objects(["events", "list", "--until", "1h", "--order", "list-1", "--json"]).isEmpty)
        #expect(try tool.objects(["events", "list", "--since", "1h", "--order", "list-1", "--json"]).count == 1)

        let shown = try #require(tool.objects(["events", "show", id, "--json"]).first)
        let body = try #require(shown["body"]?.string)
        #expect(try JSONValue(parsing: Array(body.utf8))["data"]?["order_id"] == "list-1")
        #expect(shown["event"]?["verdict"] == "signature")
        #expect(shown["headers"]?.array?.contains { $0.array?.first == "x-tiktok-shop-signature" } == true)
        #expect(try tool.run(["events", "show", id, "--body"]).text == body)
        #expect(try tool.run(["events", "show", id]).text.contains("state: "))
        #expect(try tool.run(["events", "show", "999999"]).status == .exited(1))
    }

    /// What a stranger sent moves no cursor, sets no title and turns no text round.
    @Test func whatATerminalWouldObeyIsShown() throws {
        let name = "Ann\u{1B}]0;owned\u{07}\u{9B}2J\u{202E}moc.live\u{1B}[31m"
        let sent = try tool.run([
            "send", "tiktok-shop", "--type", "order_created", "--set", "data.order_id=terminal-1", "--set",
            "data.recipient_address.name=\(name)",
        ])
        try #require(sent.succeeded, "\(sent.errorText)")
        let id = try #require(books.lines("select id from events where subject = 'order:terminal-1'").first)
        for command in [["orders", "show", "terminal-1"], ["events", "show", id]] {
            for more in [[], ["--json"]] {
                let text = try tool.run(command + more).text
                #expect(!text.unicodeScalars.contains { [0x07, 0x9B, 0x202E].contains($0.value) }, "\(text)")
                #expect(!text.contains("\u{1B}]") && text.contains(#"\u202e"#), "\(text)")
            }
        }
        let body = try tool.run(["events", "show", id, "--body"]).text
        #expect(body.contains("\u{202E}"), "bytes stay bytes")
    }

    @Test func verifiesAgainWithTheSecretsOfNow() throws {
        let id = try send("verify-1")
        let right = try tool.run(["events", "verify", id])
        #expect(right.status == .exited(0) && right.text.hasPrefix("accepted: the signature is right"))
        let wrong = try tool.run(["events", "verify", id, "--json"], with: "TIKTOK_APP_SECRET=another")
        #expect(wrong.status == .exited(1))
        #expect(try JSONValue(parsing: Array(wrong.text.utf8))["kind"] == "no_secret_matched")
        #expect(try tool.run(["events", "verify", "999999"]).status == .exited(1))
        try #require(tool.run(["events", "replay", id, "--set", "data.note=x"]).succeeded)
        let replayed = try #require(
            books.lines("select id from events where origin = 'replay' and subject = 'order:verify-1'").first)
        let unsigned = try tool.run(["events", "verify", replayed])
        #expect(unsigned.status == .exited(1) && unsigned.text.contains("its origin is replay"))
    }

    @Test func exportsAndImports() throws {
        _ = try send("transfer-1")
        let folder = try Files.makeTemporaryFolder("transfer")
        defer { try? Files.remove(folder) }
        let out = folder + "/out"
        let exported = try tool.run(["events", "export", "--since", "1h", "--out", out, "--json"])
        try #require(exported.succeeded, "\(exported.errorText)")
        let count = try #require(JSONValue(parsing: Array(exported.text.utf8))["events"]?.integer)
        #expect(try books.lines("select count(*) from events") == ["\(count)"] && count > 0)
        let sums = try ChildProcess.run(
            ChildCommand(["sha256sum", "--check", "--quiet", "SHA256SUMS"], folder: out), timeout: .seconds(30))
        #expect(sums.succeeded, "\(sums.errorText)")
        #expect(try tool.run(["events", "export", "--since", "1h", "--out", out]).status == .exited(70))
        #expect(try tool.run(["events", "export", "--out", out]).status == .exited(64))
        let imported = try tool.run(["events", "import", out])
        let said = "0 of \(count) imported, \(count) duplicate\(count == 1 ? "" : "s")."
        #expect(imported.text == said, "\(imported.errorText)")
        let log = "select string_agg(action, ' ' order by id) from operator_log where action like 'events.%'"
        #expect(try books.lines(log) == ["events.export events.import"])
        #expect(try tool.run(["events", "import", out, "--from", "svix"]).status == .exited(64))
        try Files.write(out + "/manifest.json", text: "{}")
        let damaged = try tool.run(["events", "import", out])
        #expect(damaged.status == .exited(70) && damaged.errorText.contains("is damaged"))
    }

    @Test func replaysOneEventWithoutRepeatingItsEffect() async throws {
        let id = try send("replay-1")
        let done = "select count(*) from job_attempts where event_id = \(id) and outcome = 'done'"
        try #require(try await books.eventually(done, are: ["1"]))
        let dry = try tool.run(["events", "replay", id, "--dry-run"])
        #expect(
            dry.succeeded && dry.text.contains("would be replayed") && dry.text.contains("without repeating an effect"))
        #expect(try books.count("select count(*) from replays where event_id = \(id)") == 0)
        let wet = try tool.run(["events", "replay", id, "--reason", "a test"])
        #expect(wet.succeeded && wet.text.contains("1 of 1 events replayed"))
        try #require(try await books.eventually(done, are: ["2"]))
        let reasons = "select reason from job_attempts where event_id = \(id) order by finished_at desc limit 1"
        #expect(try books.lines(reasons) == ["the effect had happened before"])
        #expect(
            try books.lines("select reason, actor like 'cli:%' from operator_log where subject = 'event:\(id)'")
                == ["a test|t"])
    }

    @Test func continuesWithTheSameRequestOnly() throws {
        let id = try send("replay-3")
        let new = ["replay", "--order", "replay-3", "--since", "2h", "--set", "data.note=x"]
        let begun = try tool.run(new)
        #expect(begun.text.hasPrefix("1 of 1 events replayed"))
        let run = try #require(begun.errorText.split(separator: " ").last.map(String.init))
        let first = ["replay", "--order", "replay-3", "--since", "2h", "--run", run]
        for arguments in [first, ["events", "replay", id, "--run", run, "--set", "data.note=x"]] {
            let other = try tool.run(arguments)
            #expect(other.status == .exited(64) && other.errorText.contains("started with another request"))
        }
        // Two hours ago is still what it was, and the event that the replay made is not replayed.
        #expect(
            try tool.run(first + ["--set", "data.note=x"]).text.hasPrefix(
                "0 of 1 events replayed, 1 already replayed by this run"))
    }

    @Test func continuesNoReplayThatNeverBegan() throws {
        let id = try send("replay-6")
        let before = try books.count("select count(*) from replays")
        for arguments in [["replay", "--all"], ["replay", "--all", "--dry-run"], ["events", "replay", id]] {
            let refused = try tool.run(arguments + ["--run", "mistyped"])
            #expect(refused.status == .exited(64) && refused.errorText.contains("there is no replay named mistyped"))
        }
        #expect(try books.count("select count(*) from replays") == before)
    }

    @Test func asksBeforeManyJobs() throws {
        let id = try send("replay-7")
        let owner = try Connection(conninfo: stack.state.database, applicationName: "test")
        try owner.execute(
            """
            insert into hookledger.events overriding system value
            select (jsonb_populate_record(e, jsonb_build_object('id', e.id + 1000000 + n))).*
            from hookledger.events e, generate_series(1, 1001) n where e.id = \(id)
            """)
        defer { try? owner.execute("delete from hookledger.jobs where event_id >= 1000000") }
        // Spread over a week, so that this suite's own jobs do not wait for them.
        let many = ["replay", "--order", "replay-7", "--over", "604800"]
        let refused = try tool.run(many)
        #expect(refused.status == .exited(64))
        #expect(refused.errorText.contains("creates more than 1000 jobs") && refused.errorText.contains("--yes"))
        #expect(try books.count("select count(*) from replays where event_id >= 1000000") == 0)
        #expect(try tool.run(many + ["--dry-run"]).text.hasPrefix("1002 of 1002 events would be replayed"))
        #expect(try tool.run(many + ["--yes"]).text.hasPrefix("1002 of 1002 events replayed"))
    }

    @Test func saysWhichEventsAreNotThere() throws {
        let id = try send("replay-4")
        let some = try tool.run(["events", "replay", id, "999999", "--dry-run"])
        #expect(some.status == .exited(1) && some.text.contains("event 999999 does not exist"))
        #expect(some.text.contains("1 of 1 events would be replayed"))
        let json = try tool.run(["events", "replay", id, "999999", "--dry-run", "--json"])
        #expect(json.text.contains(#"{"event_id":999999,"error":"no such event"}"#))
    }

    /// Whoever types is whom the kernel knows, not whom the environment names.
    @Test func theActorIsTheAccount() throws {
        let id = try send("replay-5")
        try #require(tool.run(["events", "replay", id], with: "USER=bob LOGNAME=bob").succeeded)
        #expect(
            try books.lines("select actor from operator_log where subject = 'event:\(id)'") == ["cli:\(Account.name)"])
    }

    @Test func replaysWithChangesAsANewEvent() throws {
        let id = try send("replay-2")
        let output = try tool.objects(["events", "replay", id, "--set", "data.order_status=CANCEL", "--json"])
        let new = try #require(output.first?["new_event_id"]?.integer)
        #expect(output.last?["replayed"]?.integer == 1)
        #expect(try books.lines("select status from orders where order_id = 'replay-2'") == ["CANCELLED"])
        #expect(try books.lines("select origin, scheme from events where id = \(new)") == ["replay|replay"])
        let shown = try #require(tool.objects(["events", "show", id, "--json"]).first)
        #expect(shown["replays"]?.array?.first?["new_event_id"]?.integer == new)
    }

    @Test func whatOtherCommandsSayIsJSONToo() throws {
        _ = try send("json-1")
        let order = try #require(tool.objects(["orders", "show", "json-1", "--json"]).first)
        #expect(order["order"]?["status"] == "AWAITING_SHIPMENT" && order["history"]?.array?.isEmpty == false)
        #expect(order["timeline"]?.array?.first?["what"] == "event")
        let check = try tool.objects(["orders", "rebuild", "--check", "--json"])
        #expect(check.count == 1 && check[0]["different"]?.integer == 0)
        let sent = try tool.objects(["send", "tiktok-shop", "--type", "order_created", "--json"])
        #expect(sent.count == 1 && sent[0]["status"]?.integer == 200)
        let migrated = try tool.run(["migrate", "--json"], with: "NO_COLOR=1")
        #expect(migrated.text.contains(#""applied":[],"version":"#), "\(migrated.errorText)")
        #expect(try tool.objects(["dead", "discard", "--action", "none", "--json"]).first?["moved"] == [])
    }

    @Test func wrongUseIsSaid() throws {
        for (arguments, status, words) in [
            (["replay"], 64, "--all"), (["replay", "--source", "none"], 1, "No matching events"),
            (["events", "replay", "1", "--set", "x"], 64, "PATH=VALUE"),
            (["replay", "--state", "lost", "--dry-run"], 64, "state"),
            (["events", "replay", "999999", "--dry-run"], 1, "No matching events"),
        ] as [([String], Int32, String)] {
            let output = try tool.run(arguments)
            #expect(output.status == .exited(status), "\(arguments)")
            #expect((output.text + output.errorText).contains(words), "\(arguments): \(output.text)\(output.errorText)")
        }
    }
}
