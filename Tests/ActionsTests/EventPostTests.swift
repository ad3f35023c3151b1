import Crypto
import JSON
import Jobs
import Outbound
import Settings
import Testing
import Verification
import Webhooks

@testable import Actions

@Suite struct EventPostTests {
    static let secret = SecretBytes(utf8: "whsec_" + Base64.encode(Array(repeating: 7, count: 32)))
    static let now = Timestamp(microseconds: 1_800_000_123_000_000)

    private func action(
        secret: SecretBytes? = secret, headers: [(name: String, value: SecretBytes)] = []
    ) -> EventPost {
        EventPost(name: "forward", url: SecretBytes(utf8: "https://shop.example/in"), secret: secret, headers: headers)
    }

    private func request(
        _ action: EventPost, _ subject: JobSubject = Subjects.subject(), now: Timestamp = now
    ) throws -> HTTPRequest {
        guard case .request(let request) = action.prepare(subject, now: now) else { throw Missing() }
        return request
    }

    struct Missing: Error {}

    @Test func aReceiverOfStandardWebhooksVerifiesIt() throws {
        let request = try request(action())
        let delivery = Delivery(
            requestID: "r", receivedAt: Self.now, path: "/in",
            headers: HeaderFields(request.headers.map { ($0.name, $0.value) }), body: request.body ?? [])
        let keyring = Keyring(secrets: [SigningSecret(keyID: "k", secret: Self.secret)])
        let verified = try Scheme.standardWebhooks.verify(delivery, keyring: keyring, now: Self.now)
        #expect(verified.verdict.strength == .signature)
        var forged = delivery
        forged.body[0] ^= 1
        #expect(throws: Refusal.self) {
            _ = try Scheme.standardWebhooks.verify(forged, keyring: keyring, now: Self.now)
        }
    }

    @Test func everyAttemptHasTheSameIDAndBodyAndItsOwnTime() throws {
        let first = try request(action())
        let later = try request(action(), now: Self.now.advanced(bySeconds: 60))
        func header(_ name: String, _ request: HTTPRequest) -> String? {
            request.headers.first { $0.name.lowercased() == name }?.value
        }
        #expect(header("webhook-id", first) == header("webhook-id", later))
        #expect(first.body == later.body)
        #expect(header("webhook-timestamp", first) != header("webhook-timestamp", later))
        #expect(header("webhook-signature", first) != header("webhook-signature", later))
        let other = try request(action(), Subjects.subject(rule: "other"))
        #expect(header("webhook-id", first) != header("webhook-id", other))
        #expect(header("webhook-id", first)?.contains(".") == false)
        #expect(first.repeatable && action().kind.doubt == .settled)
    }

    @Test func theBodyHasTypeTimestampAndTheEventWithoutLosingADigit() throws {
        let body = try JSONValue(parsing: request(action()).body ?? [])
        #expect(body["type"] == "order.created")
        #expect(body["timestamp"] == "2027-01-15T08:00:00.000Z")
        #expect(body["data"]?["event_id"] == "42")
        #expect(body["data"]?["order_id"] == "576486316948490001")
        #expect(body["data"]?["payload"]?["data"]?["order_id"]?.identifier == "576486316948490001")
        let raw = try JSONValue(parsing: request(action(), Subjects.subject(body: "not json")).body ?? [])
        #expect(raw["data"]?["payload"] == nil)
        #expect(raw["data"]?["payload_base64"] == "bm90IGpzb24=")
    }

    @Test func ownHeadersDoNotReplaceTheSignature() throws {
        let request = try request(
            action(headers: [
                ("Webhook-Id", SecretBytes(utf8: "forged")), ("Content-Type", SecretBytes(utf8: "application/x")),
                ("Authorization", SecretBytes(utf8: "Bearer t")),
            ]))
        #expect(request.headers.filter { $0.name.lowercased() == "webhook-id" }.count == 1)
        #expect(request.headers.filter { $0.name.lowercased() == "content-type" }.map(\.value) == ["application/x"])
        #expect(request.headers.contains(.init("Authorization", "Bearer t")))
    }

    @Test func anUnusableSecretSendsNothingUnsigned() {
        guard
            case .finished(.retry(nil, false, _)) = action(secret: SecretBytes(utf8: "whsec_")).prepare(
                Subjects.subject(), now: Self.now)
        else {
            Issue.record("without a usable secret nothing may be sent")
            return
        }
    }

    private func configured(_ keys: String) throws -> (action: any Action, problems: [SettingsProblem]) {
        let settings = try Configured.settings(
            "actions: { erp: { kind: http, url: \"https://shop.example/in?a=1\", \(keys) } }",
            ["NEW": "the new secret", "OLD": "the old secret"])
        let action = ActionTable.action(try #require(settings.action(named: "erp")), in: settings)
        return (action, settings.problems.filter { !$0.message.contains("no source") })
    }

    /// What a consumer gets of an action with these keys.
    private func received(_ keys: String, query: String = "a=1") throws -> Delivery {
        guard case .request(let request) = try configured(keys).action.prepare(Subjects.subject(), now: Self.now) else {
            throw Missing()
        }
        return Delivery(
            requestID: "r", receivedAt: Self.now, host: "shop.example", path: "/in", query: query,
            headers: HeaderFields(request.headers.map { ($0.name, $0.value) }), body: request.body ?? [])
    }

    private func verify(_ delivery: Delivery, _ secret: String, keyID: String) throws -> String? {
        var scheme = try #require(Scheme.named("rfc9421_hmac_sha256"))
        scheme.rule?.components += ["@query", "webhook-id", "webhook-timestamp", "content-type"]
        let keyring = Keyring(secrets: [SigningSecret(keyID: keyID, secret: SecretBytes(utf8: secret))])
        return try scheme.verify(delivery, keyring: keyring, now: Self.now).verdict.keyID
    }

    @Test func aReceiverOfMessageSignaturesVerifiesItWithEitherSecretOfARotation() throws {
        let keys = "scheme: rfc9421_hmac_sha256, key_id: shop-2026, secret: { env: NEW }"
        #expect(try configured(keys).problems == [])
        let delivery = try received(keys)
        #expect(try verify(delivery, "the new secret", keyID: "shop-2026") == "shop-2026")
        #expect(throws: Refusal.self) { _ = try verify(delivery, "the old secret", keyID: "shop-2026") }
        #expect(throws: Refusal.self) {
            _ = try verify(try received(keys, query: "a=2"), "the new secret", keyID: "shop-2026")
        }
        let rotating = try received(keys + ", previous_secret: { env: OLD }")
        for secret in ["the new secret", "the old secret"] {
            #expect(try verify(rotating, secret, keyID: "shop-2026") == "shop-2026")
        }
        #expect(!rotating.headers.isRepeated("content-digest") && !rotating.headers.isRepeated("signature"))
        // Without a name of its own, the key has the action's.
        let named = try received("scheme: rfc9421_hmac_sha256, secret: { env: NEW }")
        #expect(named.headers["signature-input"]?.contains(#";keyid="erp""#) == true)
    }

    @Test func ownHeadersDoNotReplaceAMessageSignature() throws {
        let delivery = try received(
            "scheme: rfc9421_hmac_sha256, secret: { env: NEW }, "
                + "headers: { Signature: x, Content-Digest: y, Webhook-Timestamp: '1', Content-Type: application/x }")
        for name in ["signature", "content-digest", "webhook-timestamp", "content-type"] {
            #expect(!delivery.headers.isRepeated(name), "\(name)")
        }
        #expect(delivery.headers["content-type"] == "application/x")
        #expect(try verify(delivery, "the new secret", keyID: "erp") == "erp")
    }

    @Test(arguments: [
        ("scheme: rfc9421_ed25519", "needs secret"), ("scheme: rfc9421, secret: { env: NEW }", "must be one of"),
        ("key_id: k, secret: { env: NEW }", "is for the schemes of RFC 9421"),
        ("scheme: rfc9421_hmac_sha256, key_id: 'ü', secret: { env: NEW }", "must be ASCII"),
    ])
    func wrongKeysOfASignatureAreReported(keys: String, message: String) throws {
        #expect(try configured(keys).problems.contains { $0.message.contains(message) })
    }

    @Test func aKeyThatIsNoPrivateKeySendsNothing() throws {
        let action = try configured("scheme: rfc9421_ed25519, secret: { env: NEW }").action
        guard case .finished(.retry(nil, false, _)) = action.prepare(Subjects.subject(), now: Self.now) else {
            Issue.record("without a usable key nothing may be sent")
            return
        }
    }

    @Test(arguments: [
        (200, "done"), (204, "done"), (301, "bury"), (307, "bury"), (400, "bury"), (404, "bury"), (410, "bury"),
        (408, "counted"), (425, "counted"), (429, "uncounted"), (500, "counted"), (502, "uncounted"),
        (503, "uncounted"), (504, "uncounted"), (599, "counted"),
    ])
    func judgesByStatus(status: Int, expected: String) {
        func word(_ outcome: Outcome?) -> String {
            switch outcome {
            case .done: "done"
            case .skipped: "skipped"
            case .bury: "bury"
            case .retry(_, let counted, _): counted ? "counted" : "uncounted"
            case .notYet, .hold: "uncounted"
            case .unanswered: "unanswered"
            case nil: "more"
            }
        }
        let subject = Subjects.subject()
        #expect(word(action().judge(.success(HTTPResponse(status: status)), of: subject)) == expected)
        // The same when the body was too large: the status alone says it.
        let cut = OutboundFailure(.tooLarge, .mayHaveBeenSent, "too large", status: status)
        #expect(word(action().judge(.failure(cut), of: subject)) == expected)
    }
}
