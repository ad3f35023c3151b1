import JSON
import Ledger
import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// GitHub's deliveries that the ledger lacks are asked for again, once, and come in by the door.
@Suite(.blocking) struct DeliveryListTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    private func time(minutesAgo: Int64) -> Timestamp {
        Timestamp(seconds: world.now.seconds - minutesAgo * 60) ?? world.now
    }

    private func issue(_ number: Int64, minutesAgo: Int64 = 5) -> HookEvent {
        .issue(number: number, guid: "guid-\(number)", changedAt: time(minutesAgo: minutesAgo))
    }

    /// A failed attempt.
    @discardableResult
    private func fail(_ number: Int64, minutesAgo: Int64 = 5, status: Int64 = 502, hook: String = "7") throws
        -> HookEvent
    {
        let issue = issue(number, minutesAgo: minutesAgo)
        var attempt = try #require(
            issue.attempt(number, at: time(minutesAgo: minutesAgo), status: status).object)
        attempt["hook"] = .string(hook)
        try world.shops.put(.object(attempt), in: .github)
        return issue
    }

    @discardableResult
    private func run(
        _ kind: ReconcileBooks.Kind = .scheduled, since: Timestamp? = nil, shouldStop: @escaping () -> Bool = { false }
    ) throws -> Reconciler.Report {
        try world.reconciler(world.task(of: "github"), shouldStop: shouldStop).run(kind, since: since)
    }

    private func deliver(_ issue: HookEvent) throws -> ShopWorld.Arrival {
        try world.deliver(issue.webhook(secret: "a secret of the webhooks", now: world.now))
    }

    private func pass(minutes: Int64) { world.now = world.now.advanced(bySeconds: minutes * 60) }

    @Test func aFailedDeliveryIsAskedForOnceAndComes() throws {
        let issue = try fail(1)
        let report = try run()
        #expect(report.end == .done)
        #expect(report.counts == .init(pages: 2, compared: 1, absent: 1))
        #expect(try world.shops.askedAgain() == ["guid-1"])
        #expect(try world.value("select count(*) from events") == "0")
        #expect(
            try world.value(
                "select concat_ws(' ', kind, finding, reason, order_id, type, detail, asked_at is not null, arrived_at) "
                    + "from missing_orders") == "delivery absent not_received guid-1 issues answered 502 t")
        pass(minutes: 1)
        #expect(try deliver(issue) == .stored)
        try world.runJobs()
        #expect(world.effects == (1, 1))
        #expect(try world.value("select arrived_at is not null from missing_orders") == "true")
        try world.shops.put(issue.attempt(2, at: world.now, status: 200, isRedelivery: true), in: .github)
        pass(minutes: 6)
        #expect(try run().counts == .init(pages: 2, compared: 2))
        #expect(try world.shops.askedAgain() == ["guid-1"])
        #expect(try world.value("select count(*) from events") == "1")
    }

    /// Also a delivery whose answer got lost: GitHub says 504, and the ledger has it.
    @Test func whatTheLedgerHasIsNotAskedFor() throws {
        #expect(try deliver(try fail(1, status: 504)) == .stored)
        // The same body by another webhook is a duplicate, with an id of its own.
        try fail(2, status: 200)
        let same = HookEvent.issue(number: 1, guid: "guid-2", changedAt: time(minutesAgo: 5))
        #expect(try deliver(same) == .duplicate)
        #expect(try run().counts == .init(pages: 2, compared: 2))
        #expect(try world.shops.askedAgain().isEmpty)
    }

    /// Asked for once, whatever becomes of it.
    @Test func aRedeliveryThatFailsIsNotAskedForAgain() throws {
        let issue = try fail(1)
        try run()
        try world.shops.put(issue.attempt(2, at: world.now, status: 503, isRedelivery: true), in: .github)
        pass(minutes: 6)
        #expect(try run().counts == .init(pages: 2, compared: 2))
        #expect(try world.shops.askedAgain() == ["guid-1"])
        #expect(try world.value("select arrived_at is null from missing_orders") == "true")
    }

    /// What this host refused would be refused again; what is older than `max_age` would make jobs; a ping is no event.
    @Test func whatIsNotAskedFor() throws {
        try fail(1, status: 401)
        try fail(2, minutesAgo: 60 * 30)
        var ping = try #require(issue(3).attempt(3, at: time(minutesAgo: 4), status: 500).object)
        ping["event"] = "ping"
        try world.shops.put(.object(ping), in: .github)
        try fail(4, status: 429)
        let start = world.now
        let report = try run(.manual, since: start.advanced(bySeconds: -86_400 * 5))
        #expect(report.counts == .init(pages: 2, compared: 3, absent: 3))
        #expect(report.unlistedBefore == start.advanced(bySeconds: -86_400 * 3))
        #expect(try world.shops.askedAgain() == ["guid-4"])
        #expect(
            try world.value(
                "select string_agg(order_id || ' ' || reason || ': ' || detail, ', ' order by order_id) "
                    + "from missing_orders")
                == "guid-1 refused: answered 401, guid-2 not_received: answered 502; older than max_age, so it was not asked "
                + "for again, guid-4 not_received: answered 429")
    }

    @Test func pagesAreWalkedAndAnInterruptedRunContinues() throws {
        for number in 0..<250 { try fail(1000 + Int64(number), minutesAgo: 3 + Int64((250 - number) / 25)) }
        // What is younger is left to the next run, what is older was compared before.
        try fail(5000, minutesAgo: 0)
        try fail(1, minutesAgo: 60)
        var pages = 0
        let first = try run {
            pages += 1
            return pages > 50
        }
        #expect(first.end == .stopped && first.counts.absent == 99)
        let asked = try world.shops.askedAgain().count
        #expect(asked < 99)
        let second = try run()
        #expect(second.end == .done && second.counts.absent == 250)
        let all = try world.shops.askedAgain()
        #expect(all.count == 250 && Set(all).count == 250)
        #expect(try world.value("select count(*) from reconciliations") == "1")
    }

    /// Two webhooks with the source's address, and one that leads elsewhere.
    @Test func eachWebhookOfTheAddress() throws {
        let own: JSONValue = "https://hooks.example.com/webhook/github"
        try world.shops.setHooks([
            ["id": "7", "topic": "issues", "address": own], ["id": "8", "topic": "push", "address": own],
            ["id": "9", "topic": "*", "address": "https://elsewhere.example/"],
        ])
        for number in 0..<130 { try fail(100 + Int64(number), hook: "7") }
        try fail(1, hook: "8")
        try fail(2, hook: "9")
        #expect(try run().counts == .init(pages: 4, compared: 131, absent: 131))
        #expect(try world.value("select count(*) from reconcile_findings where redelivery like '8/%'") == "1")
        #expect(try world.value("select count(*) from reconcile_findings where order_id = 'guid-2'") == "0")
    }

    @Test func withoutAWebhookTheRunFails() throws {
        try world.shops.setHooks([])
        #expect(
            try run().end
                == .failed(
                    state: "bad_answer", reason: "no webhook leads to https://hooks.example.com/webhook/github"))
    }

    @Test(arguments: ["garbage", "error", "no_id", "backwards", "repeat"])
    func afterABadAnswerTheWatermarkStaysAndThePageIsKept(fault: String) throws {
        for number in 0..<250 { try fail(1000 + Int64(number), minutesAgo: 3 + Int64((250 - number) / 25)) }
        try world.shops.inject(fault, of: .github, skip: 1)
        let state = fault == "error" ? "unavailable" : "bad_answer"
        guard case .failed(state, _) = try run().end else {
            Issue.record("no failure")
            return
        }
        #expect(try world.value("select pages || ' ' || (cursor is not null) from reconciliations") == "2 true")
        pass(minutes: 6)
        #expect(try run().end == .done)
        #expect(Set(try world.shops.askedAgain()).count == 250)
        #expect(try world.value("select count(*) from reconcile_findings") == "250")
    }

    /// Retry-After, or GitHub's own fields; a right that is absent is no limit.
    @Test(arguments: [("busy", false), ("exhausted", false), ("busy", true), ("exhausted", true)])
    func aLimitIsWaitedFor(fault: String, isChange: Bool) throws {
        try fail(1)
        try world.shops.inject(fault, of: .github, times: 1, isChange: isChange)
        let before = world.now
        #expect(try run().end == .done)
        #expect(world.now > before)
        #expect(try world.shops.askedAgain() == ["guid-1"])
    }

    @Test func aMissingRightOrTokenEndsTheRun() throws {
        try fail(1)
        try world.shops.inject("forbidden", of: .github, isChange: true)
        #expect(
            try run().end
                == .failed(
                    state: "unauthorized", reason: "answered 403: Resource not accessible by personal access token"))
        #expect(try world.value("select asked_at is null from missing_orders") == "true")
        try world.shops.setToken("the next token", of: .github)
        pass(minutes: 11)
        #expect(try run().end == .failed(state: "unauthorized", reason: "answered 401: Bad credentials"))
        world.environment["GITHUB_TOKEN"] = "the next token"
        try world.reload()
        pass(minutes: 11)
        #expect(try run().end == .done)
        #expect(try world.shops.askedAgain() == ["guid-1"])
    }

    /// GitHub no longer has the attempt.
    @Test func whatGitHubDoesNotRepeatIsSaid() throws {
        try fail(1)
        try run { true }
        try world.superuser.execute(
            """
            insert into reconcile_findings (run_id, source, api, kind, order_id, finding, changed_at, found_at, reason, redelivery)
            values (1, 'github', 'list-github', 'delivery', 'guid-0', 'absent', now(), now(), 'not_received', '7/deliveries/999')
            """)
        #expect(try run().end == .done)
        #expect(
            try world.value(
                "select detail || ' ' || (asked_at is not null) from missing_orders where order_id = 'guid-0'")
                == "not delivered again: answered 404 true")
        #expect(try world.shops.askedAgain() == ["guid-1"])
    }

    @Test func aDryRunAsksForNothing() throws {
        try fail(1)
        var said: [String] = []
        let report = try world.reconciler(world.task(of: "github"))
            .preview(.manual, since: world.now.advanced(bySeconds: -3600)) {
                said.append("\($0.orderID) \($0.isAskedAgain) \($0.jobs)")
            }
        #expect(said == ["guid-1 true 0"] && report.counts.absent == 1)
        #expect(try world.shops.askedAgain().isEmpty)
        for table in ["events", "reconcile_marks", "reconciliations", "reconcile_findings"] {
            #expect(try world.value("select count(*) from \(table)") == "0")
        }
    }

    @Test func anOrganizationsWebhook() throws {
        try fail(1)
        let yaml = try world.yaml().replacing("repository: acme/shop", with: "organization: acme")
        let task = try #require(Reconciler.Task.all(try world.settings(of: yaml), of: "github").first)
        #expect(try world.reconciler(task).run(.scheduled).counts.absent == 1)
        #expect(try world.shops.askedAgain() == ["guid-1"])
    }

    @Test(
        arguments: [
            (nil, nil), ("", nil), ("<https://a.example/x?page=2>; rel=\"last\"", nil),
            ("<https://a.example/x?per_page=100&cursor=v1_7%3D>; rel=\"next\"", "v1_7%3D"),
            (
                "<https://a.example/x>; rel=\"first\", <https://a.example/x?cursor=v1_8&per_page=1>; rel=\"next\"",
                "v1_8"
            ),
        ] as [(String?, String?)])
    func theCursorOfTheNextPage(link: String?, cursor: String?) throws {
        #expect(try GitHubAPI.nextCursor(link) == cursor)
    }

    @Test(arguments: [
        "<https://a.example/x>; rel=\"next\"", "rel=\"next\"", "<https://a.example/x?cursor=>; rel=\"next\"",
    ])
    func aLinkWithoutACursor(link: String) {
        #expect(throws: ListingFault.self) { try GitHubAPI.nextCursor(link) }
    }
}
