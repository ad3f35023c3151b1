import Crypto
import JSON
import Jobs
import Outbound
import Rules
import StandIns
import Testing
import Transport
import Webhooks

@testable import Actions

@Suite struct EmailTests {
    private static let now = Timestamp(microseconds: 1_800_000_123_000_000)

    private func action(
        _ template: String = "order_confirmation", port: Int = 25, security: MailRequest.Security = .none,
        password: String? = nil, to: String? = nil, read: (String) -> String? = { _ in nil }
    ) throws -> Email {
        let server = MailServer(
            host: "127.0.0.1", port: port, security: security, user: password.map { _ in "shop" },
            password: password.map { SecretBytes(utf8: $0) }, timeout: .milliseconds(1500))
        let from = try #require(MailAddress("Müllers Shop <shop@example.com>"))
        let email = Email(name: "mail", server: server, from: from, to: to, template: template, read: read)
        return try #require(email)
    }

    private func subject(email: String = "jane@example.com", name: String = "Jané Søn") -> JobSubject {
        var fields = Subjects.fields
        fields["email"] = .string(email)
        fields["customer_name"] = .string(name)
        fields["items"] = [["product_name": "T-Shirt <b>", "quantity": 2, "unit_price": "24.99"]]
        return Subjects.subject(order: Subjects.order(fields))
    }

    /// Hands the mail over, as the run loop does.
    private func send(_ action: Email, _ subject: JobSubject, trusting file: String? = nil) throws -> Outcome {
        guard case .mail(let mail) = action.prepare(subject, now: Self.now) else {
            Issue.record("there must be a mail")
            return .bury("")
        }
        let client = try HTTPClient(.init(caFile: file, addressGuard: AddressGuard(allowing: ["127.0.0.1"])))
        let ticket = client.start(mail)
        for _ in 0..<2000 {
            if let end = client.poll(waiting: 20).first(where: { $0.ticket == ticket }) {
                return try #require(action.judge(end.result, of: subject))
            }
        }
        return .bury("no end")
    }

    @Test func arrivesWithUTF8NamesTextAndHTML() throws {
        let server = try MailServerProcess(tls: "none")
        let outcome = try send(action(port: server.port), subject())
        #expect(outcome == .done(answer: "250 2.0.0 queued as 1"))
        let mail = try #require(try server.mails().first)
        #expect(mail.from == "shop@example.com" && mail.to == ["jane@example.com"])
        #expect(mail.header("From") == "=?UTF-8?B?TcO8bGxlcnMgU2hvcA==?= <shop@example.com>")
        #expect(mail.header("To") == "=?UTF-8?B?SmFuw6kgU8O4bg==?= <jane@example.com>")
        #expect(mail.header("Subject") == "Your order 576486316948490001")
        #expect(mail.header("Date") == "Fri, 15 Jan 2027 08:02:03 +0000")
        #expect(mail.header("Message-ID")?.hasSuffix("@example.com>") == true)
        #expect(mail.data.contains("- 2 =C3=97 T-Shirt <b>, 24.99 each"))
        #expect(mail.data.contains("T-Shirt &lt;b&gt;, 24.99 each</li>"))
        #expect(mail.data.utf8.allSatisfy { $0 < 128 })
        #expect(mail.data.split { $0.isNewline }.allSatisfy { $0.utf8.count <= 78 || $0.hasPrefix("Content-Type") })
    }

    @Test(arguments: ["starttls", "implicit"]) func goesOverTLSWithALogin(tls: String) throws {
        let server = try MailServerProcess(tls: tls)
        let security = try #require(MailRequest.Security(rawValue: tls))
        let right = try action(port: server.port, security: security, password: "secret")
        let outcome = try send(right, subject(), trusting: server.certificate)
        #expect(outcome == .done(answer: "250 2.0.0 queued as 1"))
        #expect(try server.mails().map(\.isPrivate) == [true])
        // A wrong password keeps the mails; a certificate that nobody vouches for, too.
        let wrong = try action(port: server.port, security: security, password: "guess")
        guard case .retry(nil, false, let reason) = try send(wrong, subject(), trusting: server.certificate) else {
            Issue.record("a wrong password must not bury mails")
            return
        }
        #expect(reason.contains("login") && !reason.contains("guess"), "\(reason)")
        guard case .retry(nil, false, _) = try send(right, subject()) else {
            Issue.record("an unknown certificate must not be trusted")
            return
        }
        #expect(try server.mails().count == 1)
    }

    @Test func neverGoesInTheClearWhereTLSWasAskedFor() throws {
        let server = try MailServerProcess(tls: "none")
        guard case .retry(nil, false, _) = try send(action(port: server.port, security: .startTLS), subject()) else {
            Issue.record("without STARTTLS nothing may be sent")
            return
        }
        #expect(try server.mails().isEmpty)
    }

    @Test func tellsRefusalDelayAndDoubtApart() throws {
        let server = try MailServerProcess(tls: "none")
        func outcome(_ word: String) throws -> Outcome {
            try send(action(port: server.port), subject(email: "\(word)@example.com"))
        }
        let (refused, later) = (try outcome("refuse"), try outcome("later"))
        #expect(refused == .bury("the mail server refused it: 550 5.1.1 no such mailbox"))
        #expect(later == .retry(counted: false, reason: "deferred: 451 4.7.1 try again later"))
        for word in ["silent", "reset"] {
            guard case .unanswered = try outcome(word) else {
                Issue.record("\(word): the mail may have been taken")
                return
            }
        }
        #expect(try server.mails().count == 2)
        guard case .retry(nil, false, _) = try send(action(port: 1), subject()) else {
            Issue.record("no connection is an outage")
            return
        }
    }

    @Test func goesThroughTheMailSystemOfThisHost() throws {
        let server = try MailServerProcess(tls: "none")
        let sendmail = try server.sendmail()
        func outcome(_ address: String, host: String? = nil) throws -> Outcome {
            let local = MailServer(host: host ?? sendmail, port: 25, security: .startTLS, timeout: .seconds(3))
            let from = try #require(MailAddress("Shop <shop@example.com>"))
            let email = try #require(Email(name: "mail", server: local, from: from, template: "status_update"))
            return try send(email, subject(email: address))
        }
        #expect(try outcome("-oX/etc/passwd@example.com") == .done(answer: "250 taken by \(sendmail)"))
        let mail = try #require(try server.mails().first)
        #expect(mail.from == "shop@example.com" && mail.to == ["-oX/etc/passwd@example.com"])
        #expect(mail.header("Message-ID")?.hasSuffix("@example.com>") == true)
        guard case .bury(let reason) = try outcome("refuse@example.com") else {
            Issue.record("no such mailbox: no other try will find one")
            return
        }
        #expect(reason.contains("550 5.1.1 no such mailbox"))
        guard case .retry(nil, false, _) = try outcome("later@example.com") else {
            Issue.record("what was not taken is tried again")
            return
        }
        for word in ["silent", "reset"] {
            guard case .unanswered = try outcome("\(word)@example.com") else {
                Issue.record("\(word): the mail may have been taken")
                return
            }
        }
        #expect(try server.mails().count == 3)
        guard case .retry(nil, false, _) = try outcome("jane@example.com", host: "/nonexistent/sendmail") else {
            Issue.record("a program that is not there is an outage")
            return
        }
    }

    @Test(arguments: [
        "a@b.example\r\nBcc: all@example.com", "a@b.example, c@d.example", "a b@c.example", "a@b@c", "@b.example",
        "a@", "ä\u{200B}@example.com", "a\u{202E}b@example.com", "a\u{A0}b@example.com", "\"a b\"@c.example",
        "a@b.example\u{0}", "<a@b.example>, <c@d.example>", "a@.example",
    ])
    func anAddressThatCouldDoMoreIsBuried(address: String) throws {
        guard case .finished(.bury) = try action().prepare(subject(email: address), now: Self.now) else {
            Issue.record("\(address) must not be written to")
            return
        }
    }

    /// Addresses beyond ASCII go where the server takes them (RFC 6531), and elsewhere the reason says why not.
    @Test(arguments: ["jürgen@example.com", "用户@例え.example"]) func anAddressBeyondASCII(_ address: String) throws {
        let server = try MailServerProcess(tls: "none", offersUTF8: true)
        #expect(try send(action(port: server.port), subject(email: address)) == .done(answer: "250 2.0.0 queued as 1"))
        let mail = try #require(try server.mails().first)
        #expect(mail.to.count == 1 && mail.to[0].hasPrefix(address.prefix { $0 != "@" }))
        #expect(mail.options.contains("SMTPUTF8"))

        let old = try MailServerProcess(tls: "none")
        guard case .bury(let reason) = try send(action(port: old.port), subject(email: address)) else {
            Issue.record("it cannot be delivered")
            return
        }
        #expect(reason.contains("does not offer SMTPUTF8"))
        #expect(try old.mails().isEmpty)
        // Others still go there.
        #expect(try send(action(port: old.port), subject()) == .done(answer: "250 2.0.0 queued as 1"))
    }

    @Test func aNameOrFieldCanAddNoHeader() throws {
        let evil = subject(name: "Eve\r\nBcc: all@example.com\r\n\r\nHello")
        let mail = try action(read: { $0 == "order_confirmation.txt" ? "Hi {order.customer_name}\n\nText\n" : nil })
        guard case .mail(let request) = mail.prepare(evil, now: Self.now) else {
            Issue.record("the mail is harmless")
            return
        }
        let lines = String(decoding: request.message, as: UTF8.self).split(omittingEmptySubsequences: false) {
            $0 == "\r\n" || $0 == "\n" || $0 == "\r"
        }
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
        #expect(lines.contains("Subject: Hi Eve Bcc: all@example.com Hello"))
        #expect(MailAddress(address: "a@b.c", name: "x\ny") == nil)
        #expect(MailAddress(address: "a@b.c", name: "O\"Brien, \\")?.header == #""O\"Brien, \\" <a@b.c>"#)
    }

    @Test func oneMailForOrderTemplateAndStatus() throws {
        let confirmation = try action()
        let first = confirmation.effectKey(for: subject())
        #expect(first == "email:mail:order_confirmation:tiktok-shop:576486316948490001")
        #expect(confirmation.effectKey(for: Subjects.subject(rule: "other")) == first)
        #expect(try action("status_update").effectKey(for: subject())?.hasSuffix(":PAID") == true)
        // A shop's own template, too: what it says may differ with the status.
        let own = try action("shipping", read: { $0 == "shipping.txt" ? "Hi\n\nText\n" : nil })
        #expect(own.effectKey(for: subject()) == "email:mail:shipping:tiktok-shop:576486316948490001:PAID")
        var shipped = subject()
        shipped.order?.fields["status"] = "SHIPPED"
        #expect(own.effectKey(for: shipped)?.hasSuffix(":SHIPPED") == true)
        #expect(confirmation.effectKey(for: shipped) == first)
        var alert = subject()
        alert.job.purpose = .alert("low")
        #expect(confirmation.effectKey(for: alert) != first)
    }

    @Test(arguments: ["CANCELLED", "canceled", "CANCEL"]) func aCancelledOrderIsNotConfirmed(status: String) throws {
        var subject = subject()
        subject.order?.fields["status"] = .string(status)
        guard case .finished(.skipped("the order is cancelled")) = try action().prepare(subject, now: Self.now) else {
            Issue.record("a late \"created\" confirms nothing")
            return
        }
        guard case .mail = try action("status_update").prepare(subject, now: Self.now) else {
            Issue.record("a mail says that it is cancelled")
            return
        }
        subject.job.purpose = .alert("low")
        guard case .mail = try action(to: "a@b.example").prepare(subject, now: Self.now) else {
            Issue.record("a mail alerts about it")
            return
        }
    }

    @Test func everyAttemptHasTheSameMessageID() throws {
        func id(_ seconds: Int64) throws -> Substring? {
            guard case .mail(let mail) = try action().prepare(subject(), now: Self.now.advanced(bySeconds: seconds))
            else {
                return nil
            }
            return String(decoding: mail.message, as: UTF8.self).split(separator: "\r\n")
                .first { $0.hasPrefix("Message-ID: ") }
        }
        #expect(try id(0) == id(3600) && id(0) != nil)
    }

    @Test func noAddressIsNoFailure() throws {
        guard case .finished(.skipped) = try action().prepare(subject(email: ""), now: Self.now) else {
            Issue.record("an order without an address gets no mail")
            return
        }
        #expect(
            Email(
                name: "m", server: MailServer(host: "h", port: 1, security: .none),
                from: try #require(MailAddress("a@b.c")), template: "nothing") == nil)
    }

    @Test func quotedPrintableKeepsEveryByteAndNoLineIsTooLong() {
        let text = "a=b \té\n\nlong " + String(repeating: "ö", count: 60) + "\r\nend "
        let encoded = QuotedPrintable.encode(text)
        #expect(encoded.hasPrefix("a=3Db \t=C3=A9\r\n\r\nlong ") && encoded.hasSuffix("\r\nend=20"))
        #expect(encoded.split { $0 == "\r\n" }.allSatisfy { $0.utf8.count <= 76 })
        let words = HeaderText.unstructured("Überweisung 🎉 " + String(repeating: "ß", count: 80))
        #expect(words.split { $0 == "\r\n" }.allSatisfy { $0.utf8.count <= 76 })
    }
}
