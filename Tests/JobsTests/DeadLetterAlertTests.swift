import Platform
import Postgres
import StandIns
import Testing

@testable import Jobs

@Suite struct DeadLetterAlertTests {
    let fixture: JobsFixture
    let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect()
    }

    private func bury(_ count: Int, _ name: String) throws {
        try fixture.enqueue(count, action: name)
        var actions = [TestAction.ending(.bury("answered 404")), .ending(.done()), .ending(.done())]
        for (index, other) in [name, "slack", "mail"].enumerated() { actions[index].name = other }
        #expect(try fixture.run(actions).dead == count)
    }

    private func raise(_ channels: [(action: String, destination: String?)]) throws -> Int {
        try DeadLetterAlerts.raise(through: channels, on: connection).told
    }

    private var alerts: String? {
        get throws {
            try fixture.value(
                "select string_agg(action || ' ' || note, ', ' order by action) from jobs where note is not null")
        }
    }

    @Test func severalMakeOneMessageAndNoneIsToldTwice() throws {
        try bury(3, "print")
        #expect(try raise([("slack", "slack:443"), ("mail", "mail:587")]) == 3)
        let note = "3 jobs were given up (hookledger dead list). 3 of print: answered 404"
        #expect(try alerts == "mail \(note), slack \(note)")
        #expect(try fixture.count("jobs", "note is not null and priority < 0") == 2)
        #expect(try raise([("slack", nil)]) == 0)
    }

    @Test func theNextOnesWaitFiveMinutes() throws {
        try bury(1, "print")
        #expect(try raise([("slack", nil)]) == 1)
        try bury(2, "print")
        #expect(try raise([("slack", nil)]) == 0)
        try fixture.superuser.execute("update alerts set raised_at = now() - interval '6 minutes'")
        #expect(try raise([("slack", nil)]) == 2)
    }

    @Test func notThroughWhatIsBroken() throws {
        try bury(1, "slack")
        try fixture.superuser.execute("update job_attempts set destination = 'slack:443' where outcome = 'dead'")
        #expect(try raise([("slack", "slack:443"), ("other", "slack:443")]) == 0)
        #expect(try alerts == nil)
        try bury(1, "print")
        try fixture.superuser.execute(
            """
            update alerts set raised_at = now() - interval '6 minutes';
            insert into destinations (destination, open_until, reason) values ('mail:587', now(), 'refused')
            """)
        #expect(try raise([("mail", "mail:587"), ("slack", "slack:443")]) == 1)
        #expect(try alerts?.hasPrefix("slack ") == true)
    }

    @Test func aRealRunTellsThem() throws {
        let standIns = try StandIns()
        try fixture.enqueue(2, action: "out")
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/x",
            actions: [
                "out: { kind: http, url: \"http://localhost:\(standIns.url.split(separator: ":").last ?? "")/nothing\" }",
                "ops: { kind: slack, url: { env: URL_1 }, alerts: true }",
            ])
        defer { program.remove() }
        for _ in 0..<2 { #expect(try program.start("--once").wait(timeout: .seconds(60)) == .exited(0)) }
        let told = try standIns.effects("slack")
        #expect(told.count == 1 && told.values.first == 1)
        #expect(told.keys.first?.hasPrefix("2 jobs were given up") == true)
    }
}
