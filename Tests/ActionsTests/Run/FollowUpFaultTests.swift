import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// Every fault of a destination for the follow-ups: the delivery of a message, the deletion of a comment. What goes
/// before them stands whatever happens.
@Suite(.blocking) struct FollowUpFaultTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    /// Which destination of the stand-ins.
    enum Way: String { case inbox = "/receiver/", slack = "/slack/", business = "/business/", guide = "/guide/" }

    struct Case: CustomTestStringConvertible {
        let way: Way
        let fault: String
        let end: FaultMatrixTests.End
        let effects: Int
        var testDescription: String { "\(way), \(fault): \(end.rawValue)" }

        init(_ way: Way, _ fault: String, _ end: FaultMatrixTests.End, _ effects: Int) {
            (self.way, self.fault, self.end, self.effects) = (way, fault, end, effects)
        }
    }

    static let cases: [Case] = [
        Case(.inbox, "timeout", .done, 1), Case(.inbox, "reset", .done, 1), Case(.inbox, "busy", .done, 1),
        Case(.inbox, "error", .done, 1), Case(.inbox, "garbage", .done, 1), Case(.inbox, "huge", .done, 1),
        Case(.inbox, "redirect", .dead, 0),
        Case(.slack, "timeout", .uncertain, 1), Case(.slack, "reset", .uncertain, 1), Case(.slack, "busy", .done, 1),
        Case(.slack, "error", .done, 1), Case(.slack, "garbage", .uncertain, 1), Case(.slack, "huge", .uncertain, 1),
        Case(.slack, "redirect", .dead, 0),
        // The API for Business is asked whether the comment is still there; a second call would be refused.
        Case(.business, "timeout", .done, 1), Case(.business, "reset", .done, 1), Case(.business, "busy", .done, 1),
        Case(.business, "error", .done, 1), Case(.business, "garbage", .done, 1), Case(.business, "huge", .done, 1),
        Case(.business, "redirect", .dead, 0),
        // At the guide's URL deleting what is gone changes nothing.
        Case(.guide, "timeout", .done, 1), Case(.guide, "reset", .done, 1), Case(.guide, "busy", .done, 1),
        Case(.guide, "error", .done, 1), Case(.guide, "garbage", .done, 1), Case(.guide, "huge", .done, 1),
        Case(.guide, "redirect", .dead, 0),
    ]

    private func actions(_ way: Way) -> [String] {
        let common = "timeout: 1s, backoff: 10ms"
        let tell = "tell: { kind: message_customer, through: carrier, \(common) }"
        return switch way {
        case .inbox:
            [
                tell,
                "carrier: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET }, "
                    + "\(common) }",
            ]
        case .slack: [tell, "carrier: { kind: slack, url: { env: URL_1 }, \(common) }"]
        case .business: [Moderation.business(standIns)]
        case .guide: [Moderation.guide(standIns)]
        }
    }

    private func effects(_ way: Way) throws -> Int {
        let kind = [Way.inbox: "receiver", .slack: "slack"][way] ?? "deleted"
        return try standIns.effects(kind).values.reduce(0, +)
    }

    @Test(arguments: cases) func endsAsTheTableSays(one: Case) throws {
        let isMessage = one.way == .inbox || one.way == .slack
        if isMessage {
            try fixture.enqueue(1, orders: 1, action: "tell")
            try fixture.superuser.execute("update orders set extra = '{\"customerId\": \"789\"}'")
        } else {
            try fixture.comment("c1", "free money")
        }
        try standIns.inject(one.fault, at: one.way.rawValue)
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/x", actions: actions(one.way), condition: "{ source: shop }")
        defer { program.remove() }
        for _ in 0..<60 where try fixture.count("jobs", "state <> 2") > 0 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            SystemClock.sleep(milliseconds: 50)
        }
        #expect(try effects(one.way) == one.effects)
        #expect(try fixture.count("messages") == (isMessage ? 1 : 0))
        #expect(try fixture.count("messages", "delivered_at is not null") == (isMessage && one.end == .done ? 1 : 0))
        #expect(try fixture.count("comments", "moderation = 'delete'") == (isMessage ? 0 : 1))
        // What goes before, and the follow-up.
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == (one.end == .done ? 2 : 1))
        #expect(try fixture.count("dead_letters") == (one.end == .done ? 0 : 1))
        #expect(try fixture.count("effects", "state = 'uncertain'") == (one.end == .uncertain ? 1 : 0))
        #expect(try fixture.count("effects", "state = 'done'") == (one.end == .done ? 1 : 0))
        #expect(try fixture.count("effects", "state = 'started'") == 0)
        if one.way == .business { #expect(try standIns.effects("delete_calls").values.allSatisfy { $0 == 1 }) }
    }

    @Test(arguments: ["silent", "reset", "busy", "refuse"]) func aMailIsSentOnceOrReported(word: String) throws {
        let server = try MailServerProcess(tls: "none")
        try fixture.enqueue(1, orders: 1, action: "tell")
        _ = try fixture.superuser.query(
            "update orders set order_data = jsonb_build_object('status', 'shipped', 'email', $1::text)",
            [.text("\(word)@example.com")])
        let program = try BatchProgram(
            fixture, url: "",
            actions: [
                "tell: { kind: message_customer, through: mail, backoff: 10ms }",
                "mail: { kind: email, host: 127.0.0.1, port: \(server.port), tls: none, from: s@example.com, timeout: 2s }",
            ])
        defer { program.remove() }
        for _ in 0..<60 where try fixture.count("jobs", "state <> 2") > 0 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            SystemClock.sleep(milliseconds: 50)
        }
        let isUncertain = ["silent", "reset"].contains(word)
        #expect(try server.mails().count == (word == "refuse" ? 0 : 1))
        #expect(try fixture.count("messages", "delivered_at is not null") == (word == "busy" ? 1 : 0))
        #expect(try fixture.count("uncertain_effects", "state = 'uncertain'") == (isUncertain ? 1 : 0))
        #expect(try fixture.count("dead_letters") == (word == "busy" ? 0 : 1))
    }
}
