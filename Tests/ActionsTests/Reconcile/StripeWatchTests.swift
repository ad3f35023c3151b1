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

/// Stripe's endpoints have several types each and a secret of their own, and the status of one that is off does not say who has
/// switched it off.
@Suite(.blocking) struct StripeWatchTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    private static let address: JSONValue = "https://hooks.example.com/webhook/stripe"

    private func watch(_ keys: String = "") throws -> SubscriptionWatch {
        let path = "paths: [/webhook/stripe]"
        let yaml = try world.yaml().replacing(
            path,
            with: """
                \(path)
                    webhooks: { expect: [invoice.paid, charge.refunded], address: \(Self.address.text)\(keys) }
                """)
        let task = try #require(SubscriptionWatch.Task.all(world.settings(of: yaml), of: "stripe").first)
        return SubscriptionWatch(task, world: Reconciler.World(now: { world.now }, send: { world.send($0) }))
    }

    private func said(_ result: SubscriptionWatch.Result) -> [String] {
        switch result {
        case .notTaken: ["not taken"]
        case .failed(let state, let reason): ["failed \(state): \(reason)"]
        case .done(let findings, let repaired):
            findings.map { "\($0.topic) \($0.state.rawValue)" }
                + repaired.map { "\($0.repair.rawValue) \($0.topic)" + ($0.trouble.map { ": \($0)" } ?? "") }
        }
    }

    /// Each look is due.
    private func look(_ keys: String = "") throws -> [String] {
        world.now = world.now.advanced(bySeconds: 660)
        return said(try watch(keys).run(on: world.batch))
    }

    private func set(_ topics: String = "invoice.paid charge.refunded", status: String = "on") throws {
        try world.shops.setHooks(
            [
                ["id": "we_1", "topic": "*", "address": "https://other.example/hook"],
                ["id": "we_2", "topic": "payout.paid", "address": "https://other.example/hook"],
                [
                    "id": "we_3", "topic": .string(topics), "address": Self.address, "status": .string(status),
                    "version": "2025-01-27.acacia",
                ],
            ], of: .stripe)
    }

    private var sent: [String] { get throws { try world.shops.hooks(of: .stripe).sent.map(\.text) } }

    private func pass(days: Int64) { world.now = world.now.advanced(bySeconds: days * 86_400) }

    private func event(_ id: String) -> HookEvent {
        .invoice(id: id, createdAt: Timestamp(seconds: world.now.seconds - 300) ?? world.now)
    }

    /// An event that Stripe could not deliver, and that the comparison has found.
    private func lose(_ id: String) throws {
        try world.shops.put(event(id).body, in: .stripe)
        #expect(try world.reconciler(world.task(of: "stripe")).run(.scheduled).counts.absent == 1)
    }

    private static let on = ["invoice.paid on", "charge.refunded on"]
    private static let disabled = ["invoice.paid disabled", "charge.refunded disabled"]
    private static let paused = ["invoice.paid paused", "charge.refunded paused"]
    private static let enabled = disabled + ["enable invoice.paid", "enable charge.refunded"]

    @Test func missingTypesAreAddedAndNoEndpointIsMade() throws {
        try set("invoice.paid")
        #expect(try look() == ["invoice.paid on", "charge.refunded missing", "register charge.refunded"])
        #expect(try sent == [#"[["enabled_events[]","invoice.paid"],["enabled_events[]","charge.refunded"]]"#])
        #expect(try look() == Self.on)
        #expect(
            try look(", api_version: 2024-06-20") == ["invoice.paid other_version", "charge.refunded other_version"])
        try world.shops.setHooks([["id": "we_1", "topic": "*", "address": "https://other.example/hook"]], of: .stripe)
        #expect(try look() == ["invoice.paid missing", "charge.refunded missing"])
        #expect(try sent.count == 1)
        #expect(try world.value("select count(*) from webhook_watch where alarm") == "2")
    }

    /// The host is down, Stripe's deliveries fail, and after some days it gives up.
    @Test func whatStripeHasDisabledIsEnabledTwiceADay() throws {
        try set()
        #expect(try look() == Self.on)
        try lose("evt_1")
        pass(days: 3)
        try set(status: "off")
        #expect(said(try watch().preview(on: world.superuser)) == Self.disabled)
        #expect(said(try watch().preview()) == Self.paused)
        #expect(try look() == Self.enabled)
        #expect(try sent == [#"[["disabled","false"]]"#], "one request for both types")
        try set(status: "off")
        #expect(try look() == Self.enabled)
        try set(status: "off")
        #expect(try look() == Self.disabled)
        #expect(try world.value("select count(*) from webhook_watch where alarm") == "2")
        pass(days: 1)
        #expect(try look() == Self.enabled)
        #expect(try look() == Self.on)
        // From now on a person's decision is one again.
        #expect(try world.deliver(event("evt_2").webhook(secret: ShopWorld.secret, now: world.now)) == .stored)
        #expect(try look() == Self.on)
        try set(status: "off")
        #expect(try look() == Self.paused)
        #expect(try sent.count == 3)
    }

    /// The comparison comes after the look: what it finds decides later.
    @Test func anOutageIsUnderstoodOnceItsEventsAreFound() throws {
        try set()
        #expect(try look() == Self.on)
        let (lost, since) = (event("evt_1"), world.now.advanced(bySeconds: -3600))
        pass(days: 3)
        try set(status: "off")
        #expect(try look() == Self.paused)
        try world.shops.put(lost.body, in: .stripe)
        _ = try world.reconciler(world.task(of: "stripe")).run(.manual, since: since)
        #expect(try look() == Self.enabled)
    }

    /// In each case nothing shows that Stripe's deliveries had failed for two days.
    @Test(arguments: ["silence", "a delivery since", "a repetition since", "a lost event of yesterday", "never on"])
    func whatAPersonHasSwitchedOffStaysOff(what: String) throws {
        try set(status: what == "never on" ? "off" : "on")
        #expect(try look() == (what == "never on" ? Self.paused : Self.on))
        if what == "a repetition since" {
            #expect(try world.deliver(event("evt_1").webhook(secret: ShopWorld.secret, now: world.now)) == .stored)
        }
        if what != "silence", what != "a lost event of yesterday" { try lose("evt_0") }
        pass(days: 2)
        switch what {
        case "a delivery since":
            #expect(try world.deliver(event("evt_2").webhook(secret: ShopWorld.secret, now: world.now)) == .stored)
        case "a repetition since":
            let again = HookEvent.invoice(
                id: "evt_1", createdAt: Timestamp(seconds: world.now.seconds - 300 - 2 * 86_400) ?? world.now)
            #expect(try world.deliver(again.webhook(secret: ShopWorld.secret, now: world.now)) == .duplicate)
        case "a lost event of yesterday": try lose("evt_3")
        default: break
        }
        pass(days: 1)
        try set(status: "off")
        for _ in 0..<2 { #expect(try look() == Self.paused) }
        #expect(try sent.isEmpty)
        #expect(try world.value("select count(*) from webhook_watch where alarm and state = 'paused'") == "2")
    }

    @Test func aRefusedTokenIsSaidAtOnce() throws {
        try set()
        try world.shops.setToken("another", of: .stripe)
        #expect(try look() == ["failed unauthorized: answered 401: Invalid API Key provided"])
        #expect(try world.value("select unauthorized from webhook_looks") == "true")
    }
}
