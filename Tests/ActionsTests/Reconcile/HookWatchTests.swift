import JSON
import Ledger
import Platform
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// GitHub's webhooks have several events each, and only a person switches one off.
@Suite(.blocking) struct HookWatchTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    private static let address: JSONValue = "https://hooks.example.com/webhook/github"

    private func look(_ topics: String = "issues, push", owner: String = "repository: acme/shop") throws -> [String] {
        let path = "paths: [/webhook/github]"
        let yaml = try world.yaml().replacing(
            path,
            with: "\(path)\n    webhooks: { expect: [\(topics)], address: \(Self.address.text) }"
        ).replacing("repository: acme/shop", with: owner)
        let task = try #require(SubscriptionWatch.Task.all(world.settings(of: yaml), of: "github").first)
        let watch = SubscriptionWatch(
            task, world: Reconciler.World(now: { world.now }, send: { world.send($0) }))
        return switch try watch.run(on: world.batch) {
        case .notTaken: ["not taken"]
        case .failed(let state, let reason): ["failed \(state): \(reason)"]
        case .done(let findings, let repaired):
            findings.map { "\($0.topic) \($0.state.rawValue)" }
                + repaired.map { "\($0.repair.rawValue) \($0.topic)" + ($0.trouble.map { ": \($0)" } ?? "") }
        }
    }

    private func pass(minutes: Int64) { world.now = world.now.advanced(bySeconds: minutes * 60) }

    private var sent: [JSONValue] { get throws { try world.shops.hooks().sent } }

    @Test(arguments: ["repository: acme/shop", "organization: acme"])
    func aWebhookWithItsEvents(owner: String) throws {
        #expect(try look(owner: owner) == ["issues on", "push on"])
        pass(minutes: 11)
        try world.shops.setHooks([["id": "7", "topic": "*", "address": Self.address]])
        #expect(try look("issues, push, release", owner: owner) == ["issues on", "push on", "release on"])
        #expect(try sent.isEmpty)
    }

    /// All events in one request, with the secret of the source.
    @Test func aMissingWebhookIsRegisteredOnce() throws {
        try world.shops.setHooks([["id": "9", "topic": "issues", "address": "https://elsewhere.example/"]])
        #expect(try look() == ["issues missing", "push missing", "register issues", "register push"])
        #expect(
            try sent == [
                [
                    "name": "web", "active": true, "events": ["issues", "push"],
                    "config": [
                        "url": Self.address, "content_type": "json", "insecure_ssl": "0",
                        "secret": .string(try #require(world.environment["SECRET"])),
                    ],
                ]
            ])
        pass(minutes: 1)
        #expect(try look() == ["issues on", "push on"])
        #expect(try world.value("select count(*) from webhook_repairs where is_done") == "2")
    }

    @Test func missingEventsAreAdded() throws {
        try world.shops.setHooks([["id": "7", "topic": "issues", "address": Self.address]])
        #expect(
            try look("issues, push, release")
                == ["issues on", "push missing", "release missing", "register push", "register release"])
        #expect(try sent == [["events": ["issues", "push", "release"]]])
        pass(minutes: 1)
        #expect(try look("issues, push, release") == ["issues on", "push on", "release on"])
    }

    /// An event that a person takes out again and again is added twice a day, and not with others either.
    @Test func atMostTwiceADay() throws {
        for round in 0..<4 {
            try world.shops.setHooks([["id": "7", "topic": "issues", "address": Self.address]])
            #expect(try look().contains("register push") == (round < 2))
            pass(minutes: 11)
        }
        #expect(try look("issues, push, release").filter { $0.hasPrefix("register") } == ["register release"])
        #expect(try sent.last == ["events": ["issues", "release"]])
        #expect(try world.value("select topic from webhook_watch where alarm") == "push")
    }

    @Test func anInactiveWebhookIsAPersonsDecision() throws {
        try world.shops.setHooks([["id": "7", "topic": "issues", "address": Self.address, "status": "off"]])
        #expect(try look() == ["issues paused", "push missing"])
        #expect(try sent.isEmpty)
        #expect(try world.value("select count(*) from webhook_watch where alarm") == "2")
    }

    @Test(
        arguments: [
            (
                ["code": 502, "status": "misconfigured", "message": "Invalid HTTP Response: 502"],
                "its last delivery was answered 502: Invalid HTTP Response: 502"
            ),
            (["code": 0, "status": "timeout", "message": .null], "its last delivery failed: timeout"),
            (["code": 202, "status": "active", "message": "OK"], nil),
            (["code": .null, "status": "unused", "message": .null], nil),
        ] as [(JSONValue, String?)])
    func theLastAnswerIsShown(last: JSONValue, detail: String?) throws {
        try world.shops.setHooks([["id": "7", "topic": "issues", "address": Self.address, "last": last]])
        #expect(try look("issues") == ["issues on"])
        #expect(try world.value("select detail from webhook_watch") == detail)
        #expect(try world.value("select alarm from webhook_watch") == "false")
    }

    @Test func aRightThatIsAbsent() throws {
        try world.shops.setToken("another", of: .github)
        #expect(try look() == ["failed unauthorized: answered 401: Bad credentials"])
    }

    @Test func aFailedRequestIsSaidOfEachEvent() throws {
        try world.shops.setHooks([])
        try world.shops.inject("error", of: .github, isChange: true)
        #expect(
            try look().suffix(2) == [
                "register issues: answered 500: Internal error", "register push: answered 500: Internal error",
            ])
    }
}
