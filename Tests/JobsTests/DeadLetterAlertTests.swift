import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

@testable import Jobs

@Suite(.blocking) struct DeadLetterAlertTests {
    let fixture: JobsFixture
    let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect()
    }

    private func bury(_ count: Int, _ name: String) throws {
        try fixture.enqueue(count, action: name)
        var action = TestAction.ending(.bury("answered 404"))
        action.name = name
        #expect(try fixture.run([action] + Self.others.filter { $0.name != name }).dead == count)
    }

    private static var others: [TestAction] {
        ["slack", "mail", "other"].map { name in
            var action = TestAction.ending(.retry(after: 60_000, counted: true, reason: "not now"))
            action.name = name
            return action
        }
    }

    private func raise(_ channels: [AlertChannel]) throws -> Int {
        try DeadLetterAlerts.raise(through: channels, on: connection).told
    }

    private static let slack = AlertChannel("slack", destination: "slack:443")
    private static let mail = AlertChannel("mail", destination: "mail:587")
    private static let other = AlertChannel("other", destination: "slack:443")

    private var alerts: String? {
        get throws {
            try fixture.value(
                "select string_agg(action || ' ' || note, ', ' order by action) from jobs where note is not null")
        }
    }

    private func wait() throws {
        try fixture.superuser.execute("update alerts set raised_at = now() - interval '6 minutes'")
    }

    @Test func severalMakeOneMessageAndNoneIsAlertedTwice() throws {
        try bury(3, "print")
        #expect(try raise([Self.slack, Self.mail]) == 3)
        let note = "3 jobs were given up (hookledger dead list). 3 of print: answered 404"
        #expect(try alerts == "mail \(note), slack \(note)")
        #expect(try fixture.count("jobs", "note is not null and priority < 0") == 2)
        try wait()
        #expect(try raise([Self.slack]) == 0)
    }

    @Test func theNextOnesWaitFiveMinutes() throws {
        try bury(1, "print")
        #expect(try raise([Self.slack]) == 1)
        try bury(2, "print")
        #expect(try raise([Self.slack]) == 0)
        try wait()
        #expect(try raise([Self.slack]) == 2)
    }

    /// Two webhooks at one host are two channels.
    @Test func whatFailedAtTheHostOfAChannelIsAlertedThroughIt() throws {
        try bury(1, "old")
        try bury(1, "print")
        try fixture.superuser.execute("update job_attempts set destination = 'slack:443' where outcome = 'dead'")
        #expect(try raise([Self.slack]) == 2)
        #expect(try alerts?.hasSuffix("1 of old: answered 404; 1 of print: answered 404") == true)
        #expect(try fixture.count("dead_letters", "alerted_at is null") == 0)
    }

    @Test func whatFailedAtTheChannelItselfStaysUntoldUntilThereIsAnother() throws {
        try bury(1, "old")
        try bury(2, "print")
        let same = AlertChannel("slack", destination: "slack:443", kin: ["old"])
        // The rest is alerted at once.
        let first = try DeadLetterAlerts.raise(through: [same], on: connection)
        #expect(first.told == 2 && first.untold == 1)
        #expect(try alerts?.hasSuffix("2 of print: answered 404") == true)
        #expect(try fixture.value("select string_agg(action, ' ') from dead_letters where alerted_at is null") == "old")
        try wait()
        let second = try DeadLetterAlerts.raise(through: [same], on: connection)
        #expect(second.told == 0 && second.untold == 1)
        // Said once in a while, and no reason to keep what comes next waiting.
        let third = try DeadLetterAlerts.raise(through: [same], on: connection)
        #expect(third.told == 0 && third.untold == 0)
        #expect(try raise([same, Self.mail]) == 1)
        #expect(try fixture.count("jobs", "action = 'mail' and note like '1 job was%1 of old: answered 404'") == 1)
        #expect(try fixture.count("dead_letters", "alerted_at is null") == 0)
    }

    @Test func aChannelThatIsAmongThemIsSparedWhereThereIsAnother() throws {
        try bury(1, "slack")
        try bury(1, "print")
        #expect(try raise([Self.slack, Self.other]) == 2)
        #expect(try fixture.value("select string_agg(action, ' ') from jobs where note is not null") == "other")
    }

    @Test func nothingIsMarkedThatNoAlertWasMadeFor() throws {
        try bury(1, "print")
        try fixture.superuser.execute(
            "insert into destinations (destination, open_until, reason) values ('slack:443', now(), 'refused')")
        #expect(try raise([Self.slack, Self.other]) == 0)
        // No action of the configuration.
        #expect(try raise([AlertChannel("gone")]) == 0)
        #expect(try alerts == nil)
        #expect(try fixture.count("dead_letters", "alerted_at is null") == 1)
        #expect(try raise([Self.slack, Self.mail]) == 1)
        #expect(try alerts?.hasPrefix("mail ") == true)
    }

    /// An alert that is a dead letter has told nobody.
    @Test func whatOnlyDeadAlertsReportedIsAlertedAgain() throws {
        try bury(1, "print")
        #expect(try raise([Self.slack, Self.mail]) == 1)
        try fixture.superuser.execute("update jobs set state = 2, last_error = 'no_service' where action = 'slack'")
        try wait()
        // The other may still tell it.
        #expect(try raise([Self.other]) == 1)
        #expect(
            try fixture.value("select note from jobs where action = 'other'")?.hasSuffix("1 of slack: no_service")
                == true)
        try fixture.superuser.execute(
            "delete from jobs where action = 'other'; update jobs set state = 2 where action = 'mail'")
        try wait()
        #expect(try raise([Self.slack, Self.mail]) == 0)
        #expect(try raise([Self.slack, Self.mail, Self.other]) == 2)
        #expect(
            try fixture.value("select note from jobs where action = 'other'")?.contains("1 of print: answered 404")
                == true)
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
        for _ in 0..<2 { #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0)) }
        let told = try standIns.effects("slack")
        #expect(told.count == 1 && told.values.first == 1)
        #expect(told.keys.first?.hasPrefix("2 jobs were given up") == true)
    }

    @Test func aRemovedWebhookHidesNoOtherDeadLetter() throws {
        let standIns = try StandIns()
        try fixture.enqueue(1, action: "erp")
        try fixture.enqueue(1, action: "old")
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/x",
            actions: [
                "erp: { kind: http, url: \"\(standIns.url)/nothing\" }",
                "old: { kind: slack, url: { file: old-url }, text: hi }",
                "ops: { kind: slack, url: { env: URL_1 }, alerts: true }",
            ])
        defer { program.remove() }
        try Files.write(program.folder + "/old-url", text: standIns.url + "/nothing", mode: 0o600)
        for _ in 0..<2 { #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0)) }
        let told = try #require(try standIns.effects("slack").keys.first)
        #expect(told.hasPrefix("2 jobs were given up") && told.contains("1 of erp: ") && told.contains("1 of old: "))
        #expect(try fixture.count("dead_letters", "alerted_at is null") == 0)
    }
}
