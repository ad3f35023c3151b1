import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// `hookledger send` against the stack that `hookledger up` gives a developer.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct SendTests: StackUser {
    let stack: LocalStack
    private let samples: String

    init() throws {
        stack = try TestStack.ofSuite()
        samples = try Executable.share(of: Executable.folder()) + "/samples"
    }

    /// The sources that several providers share; every other provider has one of its own.
    static let sources = [
        "tiktok_shop": "tiktok-shop", "tiktok_shop_guide": "tiktok-shop", "tiktok_developers": "tiktok",
        "tiktok_business": "tiktok", "tiktok_comments_guide": "tiktok", "evershop_webhooks": "evershop",
    ]

    /// What is answered and not stored.
    private static let handshakes: Set = [
        "slack url_verification", "discord ping", "twitch webhook_callback_verification", "github ping",
        "evershop_webhooks webhook_ping",
    ]

    private func hookledger(_ arguments: [String]) throws -> ChildOutput {
        try StackTool(stack).run(arguments)
    }

    /// What went wrong, by the logs.
    private func errors() -> String {
        let lines = (try? books.logs().flatMap { $0.text.split(separator: "\n") }) ?? []
        return lines.filter { $0.contains("\"level\":\"error\"") }.suffix(5).joined(separator: "\n")
    }

    private func types(of provider: String) throws -> [String] {
        try Files.list("\(samples)/\(provider)").flatMap { name -> [String] in
            if name.hasSuffix(".json") { return [String(name.dropLast(5))] }
            return try Files.list("\(samples)/\(provider)/\(name)").map { "\(name)/\($0.dropLast(5))" }
        }
    }

    @Test func everySampleOfEveryProviderIsTakenAndStored() async throws {
        var providers = try Files.list(samples)
            .filter { !$0.hasSuffix(".md") && $0 != "custom" && $0 != "expected" }.map { ($0, $0) }
        providers += [("standard_webhooks_v1a", "standard_webhooks"), ("basic_auth", "custom"), ("api_key", "custom")]
        providers += ["hmac_sha256", "ed25519", "ecdsa_p256_sha256", "rsa_pss_sha512", "rsa_v1_5_sha256"]
            .map { ("rfc9421_\($0)", "custom") }
        #expect(providers.count >= 31)
        for (provider, folder) in providers {
            let source = Self.sources[provider] ?? provider
            for type in try types(of: folder) {
                let before = try books.count("select count(*) from events")
                let sent = try hookledger(["send", source, "--provider", provider, "--type", type])
                #expect(sent.succeeded, "\(provider) \(type): \(sent.text) \(sent.errorText) \(errors())")
                let stored = try books.count("select count(*) from events") - before
                #expect(stored == (Self.handshakes.contains("\(provider) \(type)") ? 0 : 1), "\(provider) \(type)")
            }
        }
        #expect(try books.count("select count(*) from refusals") == 0)
        // What is answered and no event leaves a row, and a line in the log.
        let shaken = [
            "discord|signature", "evershop_webhooks|signature", "github|signature", "slack|signature",
            "twitch|signature",
        ]
        let rows = """
            select distinct provider, case when is_signed then 'signature' else 'unverified' end from handshake_list order by 1
            """
        #expect(try await books.eventually(rows, are: shaken))
        let lines = try books.logs().flatMap { $0.text.split(separator: "\n") }
        #expect(lines.contains { $0.contains("Handshake answered") && $0.contains("evershop_webhooks") })
    }

    /// No rule of anybody's: the batch processor visits the URL, here that of the stand-in.
    @Test func aSubscriptionIsConfirmed() async throws {
        let sent = try hookledger(["send", "aws_sns", "--type", "SubscriptionConfirmation"])
        #expect(sent.succeeded, "\(sent.errorText)")
        let log = """
            select action, outcome, status from job_log
            where event_id = (select max(id) from events where type = 'subscription.confirmation')
            """
        #expect(try await books.eventually(log, are: ["confirm_subscription|done|200"]))
    }

    @Test func fieldsCanBeSet() throws {
        let sent = try hookledger([
            "send", "tiktok-shop", "--type", "order_created", "--set", "data.order_id=set-1", "--set",
            "data.total_amount=12.50",
        ])
        #expect(sent.succeeded, "\(sent.errorText)")
        #expect(try books.lines("select total_amount from orders where order_id = 'set-1'") == ["12.50"])
    }

    @Test func theEventAndItsPageAreNamed() throws {
        let order = ["--type", "order_created", "--set", "data.order_id=linked-1"]
        let sent = try hookledger(["trigger", "tiktok-shop"] + order)
        let id = try #require(try books.lines("select max(id) from events").first)
        #expect(sent.text.contains("event \(id)  \(stack.state.url)/inspect/#/deliveries/event/\(id)"), "\(sent.text)")
        let json = try JSONValue(parsing: Array(hookledger(["send", "github", "--type", "ping", "--json"]).text.utf8))
        #expect(json["event_id"] == .null && json["request_id"]?.string?.utf8.count == 32)
        #expect(try hookledger(["send", "github", "--type", "ping"]).text.contains("no new event"))
        #expect(try hookledger(["trigger", "nosuch", "--type", "x"]).status == .exited(2))
    }

    @Test func wrongUseSaysWhatThereIs() throws {
        for (arguments, words) in [
            (["nosuch", "--type", "x"], "the sources are tiktok-shop"),
            (["tiktok-shop", "--type", "nosuch"], "order_created"),
            (["tiktok-shop"], "tiktok_shop_guide: order_"),
            (["github"], "--type:\n  github: issue_comment, issues, ping"),
            (["github", "--type", "../github/issues"], "github: issue_comment, issues, ping"),
            (["github", "--type", "issues", "--provider", "stripe"], "it has github"),
            (["github", "--type", "issues", "--set", "a"], "PATH=VALUE"),
        ] {
            let sent = try hookledger(["send"] + arguments)
            #expect(sent.status == .exited(2), "\(arguments)")
            #expect(sent.errorText.contains(words), "\(sent.errorText)")
        }
    }

    @Test func withoutThePrivateKeyItSaysSo() throws {
        let output = try StackTool(stack).run(
            ["send", "wise", "--type", "transfers.state-change"], with: "WISE_PRIVATE_KEY=")
        #expect(output.status == .exited(2))
        #expect(output.errorText.contains("private key, which a receiver does not have"))
    }
}
