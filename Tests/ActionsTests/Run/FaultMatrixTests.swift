import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// Every fault of a destination, for every action over HTTP: how the job ends, and how often the effect has happened.
/// (Printify: OrderActionsTests; mail: MailTests.)
@Suite(.blocking) struct FaultMatrixTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    /// How a job ends.
    enum End: String { case done, dead, uncertain }

    struct Case: CustomTestStringConvertible {
        let action: String
        let fault: String
        let end: End
        /// How often the destination acted.
        let effects: Int
        var testDescription: String { "\(action), \(fault): \(end.rawValue)" }

        init(_ action: String, _ fault: String, _ end: End, _ effects: Int) {
            (self.action, self.fault, self.end, self.effects) = (action, fault, end, effects)
        }
    }

    static let cases: [Case] = [
        // A receiver of Standard Webhooks takes an id once, so repeating is safe.
        Case("receiver", "timeout", .done, 1), Case("receiver", "reset", .done, 1), Case("receiver", "busy", .done, 1),
        Case("receiver", "error", .done, 1), Case("receiver", "garbage", .done, 1), Case("receiver", "huge", .done, 1),
        Case("receiver", "redirect", .dead, 0),
        // Slack takes a message twice as two: where no answer came, nothing is repeated.
        Case("slack", "timeout", .uncertain, 1), Case("slack", "reset", .uncertain, 1), Case("slack", "busy", .done, 1),
        Case("slack", "error", .done, 1), Case("slack", "garbage", .uncertain, 1), Case("slack", "huge", .uncertain, 1),
        Case("slack", "redirect", .dead, 0),
    ]

    private func settings(_ action: String) -> String {
        let common = "timeout: 1s, backoff: 10ms"
        return switch action {
        case "receiver":
            "receiver: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET }, \(common) }"
        case "slack": "slack: { kind: slack, url: { env: URL_1 }, text: \"event {event.id}\", \(common) }"
        default:
            "fetch: { kind: fetch_order, provider: tiktok_shop, base_url: \"\(standIns.url)/tiktok\", \(common), "
                + "app_key: { env: APP_KEY }, app_secret: { env: APP_SECRET }, access_token: { env: TOKEN } }"
        }
    }

    private func run(_ action: String, _ fault: String) throws {
        try standIns.inject(fault, at: action == "fetch" ? "/tiktok/" : "/\(action)/")
        try fixture.enqueue(1, orders: 1, action: action)
        let program = try BatchProgram(fixture, url: standIns.url + "/slack/x", actions: [settings(action)])
        defer { program.remove() }
        for _ in 0..<40 where try fixture.count("jobs", "state <> 2") > 0 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            SystemClock.sleep(milliseconds: 50)
        }
    }

    @Test(arguments: cases) func endsAsTheTableSays(one: Case) throws {
        try run(one.action, one.fault)
        #expect(try standIns.effects(one.action).values.reduce(0, +) == one.effects)
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == (one.end == .done ? 1 : 0))
        #expect(try fixture.count("dead_letters") == (one.end == .done ? 0 : 1))
        #expect(try fixture.count("effects", "state = 'uncertain'") == (one.end == .uncertain ? 1 : 0))
        #expect(try fixture.count("effects", "state = 'done'") == (one.end == .done ? 1 : 0))
        #expect(try fixture.count("effects", "state = 'started'") == 0)
    }

    @Test(arguments: ["timeout", "reset", "busy", "error", "garbage", "huge"])
    func anOrderIsFetchedOnceInSpiteOf(fault: String) throws {
        try run("fetch", fault)
        #expect(try fixture.count("events", "type = 'order.fetched'") == 1)
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == 1)
    }

    @Test func noRedirectLeadsToAPrivateAddress() throws {
        try run("fetch", "redirect")
        #expect(try fixture.count("dead_letters", "last_error like '%redirects are not followed%'") == 1)
        #expect(try fixture.count("events", "type = 'order.fetched'") == 0)
    }
}
