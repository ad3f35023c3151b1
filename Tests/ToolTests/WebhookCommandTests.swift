import JSON
import JobsSupport
import LocalStack
import Platform
import StandIns
import TestThreads
import Testing

/// `hookledger webhooks` against stand-ins that keep the providers' contracts.
@Suite(.blocking) struct WebhookCommandTests {
    private let standIns: StandIns

    init() throws { standIns = try StandIns() }

    private static let right = [
        "TIKTOK_APP_KEY": "29a39d", "TIKTOK_APP_SECRET": "e59af819cc", "TIKTOK_ACCESS_TOKEN": "test-token",
        "TIKTOK_SHOP_CIPHER": "cipher-1", "TIKTOK_BUSINESS_APP_ID": "app-1", "TIKTOK_BUSINESS_SECRET": "signing-secret",
        "SHOPIFY_ACCESS_TOKEN": "test-token", "WOOCOMMERCE_CONSUMER_KEY": "ck_1",
        "WOOCOMMERCE_CONSUMER_SECRET": "test-token", "WOOCOMMERCE_WEBHOOK_SECRET": "signing-secret",
        "WEBHOOK_SECRET": "signing-secret",
    ]

    struct Provider: Sendable, CustomTestStringConvertible {
        let name: String
        /// Where the stand-in is.
        let place: String
        let event: String
        /// The event as the API calls it.
        let listed: String
        let deletesByEvent: Bool
        var testDescription: String { name }
    }

    static let providers = [
        Provider(
            name: "tiktok_shop", place: "/tiktok", event: "PACKAGE_UPDATE", listed: "PACKAGE_UPDATE",
            deletesByEvent: true),
        Provider(
            name: "tiktok_business", place: "/business", event: "COMMENT", listed: "COMMENT", deletesByEvent: true),
        Provider(
            name: "shopify", place: "/shopify", event: "orders/create", listed: "ORDERS_CREATE", deletesByEvent: false),
        Provider(
            name: "woocommerce", place: "/woo", event: "order.created", listed: "order.created", deletesByEvent: false),
        Provider(
            name: "guide", place: "/guide", event: "video_comment_created", listed: "video_comment_created",
            deletesByEvent: false),
    ]

    private static let hook = "https://shop.example/webhook"

    private func run(
        _ command: String, _ provider: Provider, _ more: String..., environment: [String: String] = right
    ) throws -> (status: Platform.ExitStatus, text: String, errors: String) {
        let tool = try Executable.folder() + "/hookledger"
        let output = try ChildProcess.run(
            ChildCommand(
                [tool, "webhooks", command, "--provider", provider.name, "--base-url", standIns.url + provider.place]
                    + more, environment: environment))
        for (name, secret) in Self.right where !name.hasSuffix("KEY") && !name.hasSuffix("ID") {
            #expect(!(output.text + output.errorText).contains(secret), "\(name) was printed")
        }
        return (output.status, output.text, output.errorText)
    }

    private func rows(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    @Test(arguments: providers) func registersListsAndDeletes(provider: Provider) throws {
        #expect(try run("list", provider).text == "No webhooks are registered.")
        let made = try run("register", provider, "--url", Self.hook, "--event", provider.event, "--json")
        #expect(made.status == .exited(0), "\(made.errors)")
        #expect(try rows(made.text).first?["url"]?.string == Self.hook)
        let listed = try rows(run("list", provider, "--json").text)
        #expect(listed.count == 1 && listed.first?["url"]?.string == Self.hook)
        #expect(listed.first?["events"]?.array == [.string(provider.listed)])
        #expect(try run("list", provider).text.split(separator: "\n").count == 2)
        #expect(try rows(run("list", provider, "--event", provider.event, "--json").text).count == 1)
        #expect(try standIns.effects("registered").count == 1)

        let name = try provider.deletesByEvent ? provider.event : #require(listed.first?["id"]?.string)
        let gone = try run("delete", provider, provider.deletesByEvent ? "--event" : "--id", name)
        #expect(gone.status == .exited(0) && gone.text.contains("deleted"), "\(gone.errors)")
        #expect(try run("list", provider).text == "No webhooks are registered.")
        #expect(try standIns.effects("removed").count == 1)
        let wrong = try run("delete", provider, provider.deletesByEvent ? "--id" : "--event", name)
        #expect(wrong.status == .exited(64))
    }

    @Test(arguments: providers) func theStandardEventsAreRegisteredWithoutBeingNamed(provider: Provider) throws {
        #expect(try run("register", provider, "--url", Self.hook).status == .exited(0))
        let events = try rows(run("list", provider, "--json").text).flatMap { $0["events"]?.array ?? [] }
        let expected: [String: [JSONValue]] = [
            "tiktok_shop": [
                "ORDER_STATUS_CHANGE", "RECIPIENT_ADDRESS_UPDATE", "PACKAGE_UPDATE", "CANCELLATION_STATUS_CHANGE",
                "RETURN_STATUS_CHANGE", "SELLER_DEAUTHORIZATION", "UPCOMING_AUTHORIZATION_EXPIRATION",
            ], "tiktok_business": ["COMMENT"],
            "shopify": ["ORDERS_CREATE", "ORDERS_UPDATED", "ORDERS_CANCELLED"],
            "woocommerce": ["order.created", "order.updated", "order.deleted"],
            "guide": ["video_comment_created", "video_comment_deleted"],
        ]
        #expect(events == expected[provider.name])
    }

    /// Each stand-in repeats in its refusal what it was sent; nothing of it may be seen.
    @Test(arguments: providers) func aRefusalIsReportedWithoutTheSecret(provider: Provider) throws {
        var environment = Self.right
        for (name, value) in environment where name.hasSuffix("TOKEN") || name.hasSuffix("SECRET") {
            environment[name] = value + "-wrong-one"
        }
        let refused = try run("list", provider, environment: environment)
        #expect(refused.status == .exited(70) && refused.errors.contains(provider.name))
        #expect(!refused.errors.contains("wrong-one"))
    }

    @Test(arguments: providers) func whatIsMissingIsNamed(provider: Provider) throws {
        let missing = try run("list", provider, environment: ["HOME": "/"])
        #expect(missing.status == .exited(78))
        let names = [
            "tiktok_shop": "TIKTOK_APP_KEY, TIKTOK_APP_SECRET, TIKTOK_ACCESS_TOKEN",
            "tiktok_business": "TIKTOK_BUSINESS_APP_ID, TIKTOK_BUSINESS_SECRET", "shopify": "SHOPIFY_ACCESS_TOKEN",
            "woocommerce": "WOOCOMMERCE_CONSUMER_KEY, WOOCOMMERCE_CONSUMER_SECRET, WOOCOMMERCE_WEBHOOK_SECRET",
            "guide": "TIKTOK_ACCESS_TOKEN, WEBHOOK_SECRET",
        ]
        #expect(missing.errors.contains("set \(names[provider.name] ?? "?") in the environment"))
    }

    @Test func aSecondWebhookOfTheSameIsLeftOut() throws {
        let (shopify, woo) = (Self.providers[2], Self.providers[3])
        for provider in [shopify, woo] {
            #expect(try run("register", provider, "--url", Self.hook, "--event", provider.event).status == .exited(0))
        }
        for provider in [shopify, woo] {
            let again = try run(
                "register", provider, "--url", Self.hook, "--event", provider.event, "--event", provider.event)
            #expect(again.status == .exited(0) && again.text.contains("registered before"), "\(again.errors)")
        }
        #expect(try standIns.effects("registered") == ["shopify ORDERS_CREATE": 1, "woo order.created": 1])
        let unknown = try run("register", shopify, "--url", Self.hook, "--event", "no/such/topic")
        #expect(unknown.status == .exited(70) && unknown.errors.contains("WebhookSubscriptionTopic"))
    }

    /// An answer of status 2xx that describes no webhook, or another one.
    @Test func anAnswerAboutSomethingElseIsAFailure() throws {
        for (provider, event) in [(Self.providers[2], "no/answer"), (Self.providers[3], "no.answer")] {
            let made = try run("register", provider, "--url", Self.hook, "--event", event)
            #expect(made.status == .exited(70) && made.errors.contains("does not describe the new webhook"))
            #expect(!made.text.contains("registered"))
        }
    }

    /// One that fails in the middle hinders none of the others, and what was done is shown.
    @Test func whatFailsForOneEventHindersNoOther() throws {
        let shopify = Self.providers[2]
        #expect(try run("register", shopify, "--url", Self.hook, "--event", "orders/updated").status == .exited(0))
        let all = ["orders/create", "orders/updated", "no/such/topic", "orders/cancelled"].flatMap { ["--event", $0] }
        func register() throws -> ChildOutput {
            let tool = try Executable.folder() + "/hookledger"
            return try ChildProcess.run(
                ChildCommand(
                    [
                        tool, "webhooks", "register", "--provider", "shopify", "--base-url", standIns.url + "/shopify",
                        "--url", Self.hook, "--json",
                    ] + all, environment: Self.right))
        }
        for state in ["registered", "registered before"] {
            let made = try register()
            #expect(made.status == .exited(70))
            #expect(made.errorText.split(separator: "\n").count == 1, "\(made.errorText)")
            #expect(made.errorText.contains("NO_SUCH_TOPIC: refused"), "\(made.errorText)")
            let shown = try rows(made.text)
            #expect(shown.compactMap { $0["status"]?.string } == [state, "registered before", state])
            #expect(shown.allSatisfy { $0["id"]?.string?.hasPrefix("gid://") == true })
        }
        let expected = ["shopify ORDERS_CREATE": 1, "shopify ORDERS_UPDATED": 1, "shopify ORDERS_CANCELLED": 1]
        #expect(try standIns.effects("registered") == expected)
        #expect(try run("register", shopify, "--url", Self.hook + "/2", "--event", "orders/paid").status == .exited(0))
    }

    @Test func aMissingIDHindersNoOther() throws {
        for (provider, ids) in [(Self.providers[2], ["99", "1"]), (Self.providers[3], ["99", "1"])] {
            #expect(try run("register", provider, "--url", Self.hook, "--event", provider.event).status == .exited(0))
            let gone = try run("delete", provider, "--id", ids[0], "--id", ids[1])
            #expect(gone.status == .exited(70) && gone.errors.contains("99: "), "\(gone.errors)")
            #expect(gone.text.contains("deleted") && !gone.text.contains("99"), "\(gone.text)")
            #expect(try run("list", provider).text == "No webhooks are registered.")
        }
        let wrong = try run("delete", Self.providers[3], "--id", "1", "--id", "x")
        #expect(wrong.status == .exited(64) && wrong.errors.contains("\"x\""))
    }

    @Test func longListsComeInPages() throws {
        let (shopify, woo) = (Self.providers[2], Self.providers[3])
        for n in 1...5 {
            #expect(
                try run("register", shopify, "--url", Self.hook + "\(n)", "--event", "orders/paid").status == .exited(0)
            )
        }
        #expect(try rows(run("list", shopify, "--json").text).count == 5)
        let events = (1...120).flatMap { ["--event", "action.hook_\($0)"] }
        let tool = try Executable.folder() + "/hookledger"
        let output = try ChildProcess.run(
            ChildCommand(
                [
                    tool, "webhooks", "register", "--provider", "woocommerce", "--base-url", standIns.url + "/woo",
                    "--url",
                    Self.hook,
                ] + events, environment: Self.right))
        #expect(output.succeeded)
        #expect(try rows(run("list", woo, "--json").text).count == 120)
    }

    @Test func aTypeThatTheAppMayNotHaveDoesNotHideTheOthers() throws {
        let business = Self.providers[1]
        #expect(try run("register", business, "--url", Self.hook, "--event", "VIDEO").status == .exited(0))
        let listed = try run("list", business, "--json")
        #expect(try listed.status == .exited(0) && rows(listed.text).count == 1)
        #expect(listed.errors == "BRAND_MENTION: refused the request (code 40001): No permission for BRAND_MENTION")
        #expect(try run("list", business, "--event", "BRAND_MENTION").status == .exited(70))
    }

    @Test func variablesMayBeNextToTheConfiguration() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try Files.write(
            folder + "/hookledger.env", text: "TIKTOK_ACCESS_TOKEN=test-token\nWEBHOOK_SECRET=signing-secret\n",
            mode: 0o640)
        let guide = Self.providers[4]
        let found = try run("list", guide, "--config", folder + "/hookledger.yaml", environment: ["HOME": "/"])
        #expect(found.status == .exited(0), "\(found.errors)")
        try Files.setMode(folder + "/hookledger.env", 0o644)
        let open = try run("list", guide, "--config", folder + "/hookledger.yaml", environment: ["HOME": "/"])
        #expect(open.status == .exited(78) && open.errors.contains("hookledger.env"))
    }

    @Test func whatIsRegisteredIsKeptWhereThereIsALedger() throws {
        let fixture = try JobsFixture()
        let program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1", actions: [Moderation.guide(standIns)],
            condition: "{ type: comment.created }")
        defer { program.remove() }
        func run(_ arguments: String...) throws -> String {
            let common = ["--provider", "guide", "--base-url", standIns.url + "/guide"]
            var command = program.tool(["webhooks"] + arguments + common)
            command.environment = Self.right.merging(["SECRET": "s", "TOKEN": "t", "USER": "anna"]) { $1 }
            let output = try ChildProcess.run(command)
            #expect(output.succeeded && output.errorText.isEmpty, "\(output.errorText)")
            return output.text
        }
        _ = try run("register", "--url", "https://anna:word@shop.example/webhook?token=hidden", "--event", "a")
        let kept = "select string_agg(concat_ws(' ', provider, url, events), ',') from webhook_registrations"
        #expect(try fixture.value(kept) == #"guide https://shop.example/webhook ["a"]"#)
        let id = try #require(try rows(run("list", "--json")).first?["id"]?.string)
        _ = try run("delete", "--id", id)
        #expect(try fixture.value(kept) == nil)
        #expect(
            try fixture.value(
                "select string_agg(concat_ws(' ', action, subject), ',' order by id) from operator_log")
                == "webhook.register webhooks:guide,webhook.delete webhooks:guide")
        // The account of the process; what the environment says counts for nothing.
        #expect(
            try fixture.value("select count(*) from operator_log where actor like 'cli:_%' and actor <> 'cli:anna'")
                == "2")
        #expect(try fixture.value("select count(*) from operator_log where details::text ~ 'word|hidden'") == "0")
    }

    @Test func whatWasDoneBeforeAFailureIsKeptToo() throws {
        let fixture = try JobsFixture()
        let program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1", actions: [Moderation.guide(standIns)],
            condition: "{ type: comment.created }")
        defer { program.remove() }
        func run(_ arguments: String...) throws -> ChildOutput {
            let common = ["--provider", "shopify", "--base-url", standIns.url + "/shopify"]
            var command = program.tool(["webhooks"] + arguments + common)
            command.environment = Self.right.merging(["SECRET": "s", "TOKEN": "t"]) { $1 }
            return try ChildProcess.run(command)
        }
        let log = """
            select action || ' ' || (details -> 'failed')::text || ' ' || (details #>> '{webhooks,0,status}')
            from operator_log order by id desc limit 1
            """
        let made = try run(
            "register", "--url", Self.hook, "--event", "no/such/topic", "--event", "orders/create")
        #expect(made.status == .exited(70) && made.text.contains("ORDERS_CREATE"), "\(made.errorText)")
        #expect(try fixture.value(log) == #"webhook.register ["NO_SUCH_TOPIC"] registered"#)
        let kept = "select string_agg(events::text, ',') from webhook_registrations"
        #expect(try fixture.value(kept) == #"["ORDERS_CREATE"]"#)
        let gone = try run("delete", "--id", "99", "--id", "1")
        #expect(gone.status == .exited(70) && gone.text.contains("deleted"), "\(gone.errorText)")
        #expect(
            try fixture.value(log)
                == #"webhook.delete ["gid://shopify/WebhookSubscription/99"] deleted"#)
        #expect(try fixture.value(kept) == nil)
        // Nothing was done, so nothing is written down.
        #expect(try run("delete", "--id", "99").status == .exited(70))
        #expect(try fixture.count("operator_log") == 2)

        // After the first, nobody answers, not for the list either; still, the second was accepted.
        try standIns.inject("reset", at: "/shopify", times: 2, skip: 2)
        let broken = try run("register", "--url", Self.hook)
        #expect(broken.status == .exited(69) && broken.text.contains("ORDERS_CREATE"), "\(broken.errorText)")
        #expect(broken.errorText.contains("ORDERS_CANCELLED: not tried"), "\(broken.errorText)")
        #expect(
            try fixture.value(log) == #"webhook.register ["ORDERS_UPDATED", "ORDERS_CANCELLED"] registered"#)
        let again = try run("register", "--url", Self.hook, "--json")
        #expect(again.status == .exited(0), "\(again.errorText)")
        #expect(
            try rows(again.text).compactMap { $0["status"]?.string }
                == ["registered before", "registered before", "registered"])
    }

    @Test func nobodyThereIsRecognized() throws {
        let tool = try Executable.folder() + "/hookledger"
        func list(_ base: String) throws -> ChildOutput {
            try ChildProcess.run(
                ChildCommand(
                    [tool, "webhooks", "list", "--provider", "guide", "--base-url", base], environment: Self.right))
        }
        let away = try list("http://127.0.0.1:1")
        #expect(away.status == .exited(69) && away.errorText.contains("127.0.0.1:1 did not answer"))
        // The token does not go out in the clear.
        for base in ["http://shop.example", "http://localhost.example", "ftp://127.0.0.1", "https://u:p@shop.example"] {
            let refused = try list(base)
            #expect(refused.status == .exited(64) && refused.errorText.contains("https"), "\(base)")
        }
    }

    @Test func tikTokShopTakesHTTPSOnly() throws {
        let refused = try run("register", Self.providers[0], "--url", "http://shop.example/webhook/tiktok")
        #expect(refused.status == .exited(64) && refused.errors.contains("https URLs"))
        #expect(try run("register", Self.providers[0], "--url", "shop.example").status == .exited(64))
    }
}
