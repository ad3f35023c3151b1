import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// The action `email` in the real `hookledger-batch`, with a real SMTP server.
@Suite(.blocking) struct MailTests {
    let fixture: JobsFixture
    let server: MailServerProcess

    init() throws {
        fixture = try JobsFixture()
        server = try MailServerProcess(tls: "none")
    }

    private var mail: String {
        "mail: { kind: email, host: 127.0.0.1, port: \(server.port), tls: none, from: shop@example.com, "
            + "template: status_update, timeout: 3s, backoff: 10ms }"
    }

    private func enqueue(_ address: String) throws {
        try fixture.enqueue(1, orders: 1, action: "mail")
        _ = try fixture.superuser.query(
            "update orders set order_data = jsonb_build_object('email', $1::text, 'status', 'shipped')",
            [.text(address)])
    }

    @Test func oneMailForAStatusHoweverOftenItsEventComes() throws {
        for _ in 0..<3 { try enqueue("jane@example.com") }
        let program = try BatchProgram(fixture, url: "", actions: [mail])
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        let sent = try server.mails()
        #expect(sent.count == 1 && sent.first?.to == ["jane@example.com"])
        #expect(sent.first?.data.contains("Your order is on the way!") == true)
        #expect(try fixture.count("effects", "state = 'done' and answer = '250 2.0.0 queued as 1'") == 1)
        #expect(try fixture.count("job_attempts", "destination = '127.0.0.1:\(server.port)' and status = 250") == 1)
    }

    @Test func wordsOfTheShopComeFromItsFolder() throws {
        try enqueue("jane@example.com")
        let program = try BatchProgram(fixture, url: "", actions: [mail])
        defer { program.remove() }
        try Files.makeFolder(program.folder + "/templates")
        try Files.write(
            program.folder + "/templates/status_update.txt", text: "Moin {order.id}\n\nJetzt: {order.status}\n")
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        let sent = try #require(try server.mails().first)
        #expect(sent.header("Subject") == "Moin 1" && sent.data.contains("Jetzt: shipped"))
        #expect(!sent.data.contains("text/html"))
    }

    @Test(arguments: ["silent", "reset"]) func aMailWithoutAnswerIsReportedAndNotRepeated(word: String) throws {
        try enqueue("\(word)@example.com")
        let program = try BatchProgram(fixture, url: "", actions: [mail])
        defer { program.remove() }
        for _ in 0..<2 { #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0)) }
        #expect(try server.mails().count == 1)
        #expect(try fixture.count("uncertain_effects", "state = 'uncertain'") == 1)
        #expect(try fixture.count("dead_letters", "last_error like '%may have arrived%'") == 1)
    }

    @Test func aServerThatSaysNothingHoldsUpNoOtherAction() throws {
        let standIns = try StandIns()
        try enqueue("silent@example.com")
        try fixture.enqueue(100, action: "ops")
        let program = try BatchProgram(
            fixture, url: "",
            actions: [mail, "ops: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET } }"])
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try standIns.effects("receiver").count == 100)
        // All posts were done before the mail's time was over.
        #expect(
            try fixture.count(
                "job_attempts",
                "action = 'ops' and finished_at > (select finished_at from job_attempts where action = 'mail')"
            ) == 0)
    }
}
