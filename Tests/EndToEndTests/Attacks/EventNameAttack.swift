import Crypto
import LocalStack
import Platform
import StackSuite
import Testing
import Webhooks

/// Part 2: what GitHub and Twitch say in headers that they do not sign.
extension Attacks {
    private static let star =
        #"{"action":"created","starred_at":"2026-01-01T00:00:00Z","repository":{"full_name":"a/attack-{name}"}}"#

    /// A captured body under another event's name runs no rule of that event, and takes nothing from the genuine one.
    @Test func anEventNameThatTheBodyDoesNotConfirmCountsNot() async throws {
        try await attack(2, "a captured body of GitHub under names of other events") { count in
            for event in ["push", "release", "deployment", "repository_dispatch", "nonsense", "star.deleted"] {
                let body = Self.star.replacing("{name}", with: event)
                #expect(try gitHub(event, "captured-\(event)", body).status == 200)
                #expect(try gitHub("star", "genuine-\(event)", body).status == 200)
                let types = try books.lines(
                    "select type from events where subject = 'repository:a/attack-\(event)' order by id")
                count.expect(types.last == "star.created", "after \(event) the genuine one is \(types)")
                count.expect(
                    !types.contains { $0 == event || $0.hasPrefix(event + ".") }, "a star counts as \(types)")
            }
        }
    }

    @Test func aRevocationIsOneUnderAnyMessageType() async throws {
        try await attack(2, "a signed revocation of Twitch under other message types") { count in
            let revoked = """
                {"subscription":{"id":"1","status":"authorization_revoked","type":"channel.follow",\
                "condition":{"broadcaster_user_id":"7"}}}
                """
            for (number, message) in ["notification", "revocation", "webhook_callback_verification", ""].enumerated() {
                let status = try twitch(message, "attack-\(number)", revoked)
                let types = try books.lines("select distinct type from events where source = 'twitch'")
                count.expect(
                    types == ["subscription.removed"], "a revocation as \(message) (\(status)) makes \(types)")
            }
        }
    }

    private func twitch(_ message: String, _ id: String, _ body: String) throws -> Int {
        let time = Timestamp(microseconds: SystemClock.wallMicroseconds()).rfc3339
        let code = HMAC.authenticationCode(
            .sha256, key: SecretBytes(utf8: "\(Self.word)-7"), Array((id + time + body).utf8))
        return try shop.post(
            body,
            [
                ("Twitch-Eventsub-Message-Id", id), ("Twitch-Eventsub-Message-Timestamp", time),
                ("Twitch-Eventsub-Message-Signature", "sha256=" + Hex.encode(code)),
                ("Twitch-Eventsub-Message-Type", message), ("Twitch-Eventsub-Subscription-Type", "channel.follow"),
            ], to: stack.state.url + "/webhook/twitch"
        ).status
    }
}
