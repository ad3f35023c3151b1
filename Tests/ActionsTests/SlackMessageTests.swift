import Crypto
import JSON
import Jobs
import Outbound
import Settings
import Testing
import Webhooks

@testable import Actions

@Suite struct SlackMessageTests {
    static let url = "https://hooks.slack.example/services/T/B/secret"

    private func action(_ text: String = SlackMessage.defaultText) -> SlackMessage {
        SlackMessage(name: "ops", url: SecretBytes(utf8: Self.url + "\n"), text: text)
    }

    private func request(_ action: SlackMessage) throws -> HTTPRequest {
        guard case .request(let request) = action.prepare(Subjects.subject(), now: Timestamp(microseconds: 0)) else {
            throw Missing()
        }
        return request
    }

    struct Missing: Error {}

    @Test func postsTheTextAsJSON() throws {
        let request = try request(action())
        #expect(request.url == Self.url && request.method == "POST")
        #expect(String(decoding: request.body ?? [], as: UTF8.self) == #"{"text":"New order: 576486316948490001"}"#)
        // A kept connection could make libcurl send it twice.
        #expect(!request.repeatable)
    }

    @Test func aBuyersNameCallsNobody() throws {
        let body = try JSONValue(parsing: request(action("<!here> {order.customer_name}")).body ?? [])
        #expect(body["text"]?.string == "<!here> &lt;!channel&gt; &amp; Söhne")
    }

    @Test(arguments: ["\u{200D}", "\u{301}", "\u{FE0F}", "\u{1F3FD}", "\u{E0020}"])
    func signsAreEscapedWhateverFollowsThem(joiner: String) {
        #expect(
            SlackMessage.escape("<\(joiner)!channel>\(joiner)&\(joiner)")
                == "&lt;\(joiner)!channel&gt;\(joiner)&amp;\(joiner)")
        let html = MailTemplate.escape("<\(joiner)b>\(joiner)&\(joiner)\"\(joiner)'\(joiner)")
        #expect(!html.unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) })
        #expect(html.unicodeScalars.count { $0 == "&" } == 5)
    }

    /// A character may be as long as somebody likes.
    @Test func aTextIsCutByScalars() throws {
        var subject = Subjects.subject()
        subject.job.purpose = .alert("a" + String(repeating: "\u{301}", count: 50_000))
        guard case .request(let request) = action().prepare(subject, now: Timestamp(microseconds: 0)) else {
            throw Missing()
        }
        let text = try #require(try JSONValue(parsing: request.body ?? [])["text"]?.string)
        #expect(text.unicodeScalars.count == 4000)
    }

    /// Slack would show the half of an escape as it stands.
    @Test(arguments: 0...5) func aLongTextIsCutBetweenEscapes(offset: Int) throws {
        for character in ["&", "<", ">"] {
            let whole = SlackMessage.escape(character)
            var subject = Subjects.subject()
            subject.job.purpose = .alert(
                String(repeating: "x", count: offset) + String(repeating: character, count: 4000))
            guard case .request(let request) = action().prepare(subject, now: Timestamp(microseconds: 0)) else {
                throw Missing()
            }
            let text = try #require(try JSONValue(parsing: request.body ?? [])["text"]?.string)
            #expect(text.hasSuffix(whole) && text.count <= 4000 && text.count > 4000 - whole.count)
        }
    }

    private func judge(_ status: Int, _ body: String, retryAfter: String? = nil) -> Outcome? {
        let headers = retryAfter.map { [HTTPRequest.Header("Retry-After", $0)] } ?? []
        return action().judge(
            .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8))), of: Subjects.subject())
    }

    @Test(arguments: [
        (400, "invalid_payload"), (403, "action_prohibited"), (404, "channel_not_found"), (410, "channel_is_archived"),
        (404, "no_service"), (500, "no_active_hooks"), (200, "<html>login</html>"), (302, ""), (401, "what"),
    ])
    func buriesWhatNoRetryCorrects(status: Int, body: String) {
        guard case .bury(let reason) = judge(status, body) else {
            Issue.record("\(status) \(body) must bury")
            return
        }
        #expect(reason.contains("\(status)"))
    }

    @Test func tellsOutagesFromFailures() {
        #expect(judge(200, "ok") == .done(answer: "ok"))
        #expect(judge(500, "rollup_error") == .retry(counted: true, reason: "answered 500: rollup_error"))
        #expect(
            judge(429, "rate_limited", retryAfter: "30")
                == .retry(after: 30_000, counted: false, reason: "answered 429: rate_limited"))
        #expect(judge(503, "") == .retry(counted: false, reason: "answered 503"))
    }

    @Test func aLostAnswerIsDoubtAndALostConnectionIsNot() {
        func judge(_ failure: OutboundFailure) -> Outcome? { action().judge(.failure(failure), of: Subjects.subject()) }
        guard case .unanswered = judge(OutboundFailure(.timeout, .mayHaveBeenSent, "late")) else {
            Issue.record("a lost answer must not be repeated blindly")
            return
        }
        guard case .retry(nil, false, _) = judge(OutboundFailure(.unreachable, .notSent, "refused")) else {
            Issue.record("no connection is an outage")
            return
        }
        guard case .bury = judge(OutboundFailure(.guarded, .notSent, "private")) else {
            Issue.record("a guarded address is a mistake in the configuration")
            return
        }
        // The server said that it did nothing; only its long explanation was cut off.
        guard case .retry(nil, true, _) = judge(OutboundFailure(.tooLarge, .mayHaveBeenSent, "big", status: 500)) else {
            Issue.record("the status alone says it")
            return
        }
        #expect(action().kind.doubt == .reported)
    }

    @Test func keysAndPaceHoldNoSecret() throws {
        let key = try #require(action().effectKey(for: Subjects.subject()))
        #expect(key == "slack:ops:42@1800000000000000:rule-1")
        #expect(action().effectKey(for: Subjects.subject(rule: "other")) != key)
        #expect(action().pace?.interval == 1000)
        #expect(action().pace?.key.contains("secret") == false)
        #expect(!String(reflecting: action()).contains("secret/") && !"\(action())".contains("services"))
    }

    @Test func retryAfterIsReadInSecondsAndAsADateOfTheAnswersOwnClock() {
        func wait(_ value: String?, date: String? = "Wed, 21 Oct 2015 07:27:00 GMT") -> Int64? {
            RetryAfter.milliseconds { $0 == "date" ? date : value }
        }
        #expect(wait("120") == 120_000)
        #expect(wait(" 0 ") == 0)
        #expect(wait("Wed, 21 Oct 2015 07:28:00 GMT") == 60_000)
        #expect(wait("Wed, 21 Oct 2015 07:26:00 GMT") == 0)
        #expect(wait("Wednesday, 21-Oct-15 07:28:00 GMT") == 60_000)
        #expect(wait("Wed Oct 21 07:28:00 2015") == 60_000)
        #expect(wait("Wed, 21 Oct 2015 07:28:00 GMT", date: "Wed Oct 21 07:27:30 2015") == 30_000)
        #expect(wait("Wed, 21 Oct 2015 07:28:00 GMT", date: nil) == nil)
        for value in [
            "Wed, 41 Oct 2015 07:28:00 GMT", "21 Oct 2015 07:28:00 GMT", "-1", "1.5", "", "1e9", nil,
            "Wednesday, 21-Oct-2015 07:28:00 GMT", "Wed Oct 21 2015 07:28:00",
        ] {
            #expect(wait(value) == nil)
        }
        #expect(wait("99999999999999999999999") == 31_536_000_000)
    }
}
