import Crypto
package import JSON
package import Ledger
import Platform
package import Providers
package import Rules
import Settings
package import Verification
package import Webhooks

/// Signed deliveries of the guide's contract, taken through verification and normalization as the responder does.
package enum Guide {
    /// A text that every scheme takes as a secret.
    package static let secretText = "whsec_dGVzdC1zZWNyZXQ="
    package static let secret = SigningSecret(keyID: "TIKTOK_APP_SECRET", secret: SecretBytes(utf8: secretText))
    package static let provider: any Provider = TikTokShopGuideProvider()
    /// The present, in whole seconds: there are partitions for it.
    package static let now = Timestamp(microseconds: SystemClock.wallMicroseconds() / 1_000_000 * 1_000_000)

    /// A delivery of that body, verified, normalized, with a job when `action` is given.
    package static func recordable(
        _ body: JSONValue, at received: Timestamp = now, action: String? = "ops", source: String = "tiktok-shop"
    ) throws -> Recordable {
        let verified = try verified(body, by: provider, at: received)
        let jobs = action.map { [job($0)] } ?? []
        return Recordable(source: source, normalized: try normalize(verified, by: provider), jobs: jobs)
    }

    /// A job that a rule would make.
    package static func job(_ action: String, record: Int = 0) -> PlannedJob {
        var job = PlannedJob(rule: "1", ruleIndex: 0, action: action, kind: ActionKind("slack", []))
        job.record = record
        return job
    }

    /// A delivery of that body, signed and verified at that moment.
    package static func verified(
        _ body: JSONValue, headers: [(name: String, value: String)] = [], by provider: any Provider,
        at received: Timestamp
    ) throws -> VerifiedDelivery {
        try provider.scheme.verify(
            delivery(body, headers: headers, by: provider, at: received),
            keyring: Keyring(secrets: [secret], credentials: credentials), now: received)
    }

    /// A delivery of that body, signed at that moment.
    package static func delivery(
        _ body: JSONValue, headers: [(name: String, value: String)] = [], by provider: any Provider = provider,
        at received: Timestamp
    ) throws -> Delivery {
        let bytes = body.serialized()
        let signature = try provider.scheme.sign(
            Draft(url: "https://localhost/webhook/tiktok", headers: HeaderFields(headers), body: bytes), secret: secret,
            credentials: credentials, now: received)
        let basic = signature.contains { $0.name == "authorization" } ? [] : [("authorization", "Basic c2VjcmV0")]
        return Delivery(
            requestID: "0123456789abcdef", receivedAt: received, path: "/webhook/tiktok",
            headers: HeaderFields(headers + signature.map { ($0.name, $0.value) } + basic), body: bytes,
            remoteAddress: "127.0.0.1")
    }

    private static let credentials = ["app_key": SecretBytes(utf8: "test-key")]

    /// The body of an event about one order.
    package static func body(
        _ type: String, order: String, status: String?, at seconds: Int64, total: String? = nil,
        more: JSONObject = .init()
    ) -> JSONValue {
        var data = more
        data["order_id"] = .string(order)
        if let status { data["order_status"] = .string(status) }
        data["update_time"] = .number(JSONNumber(seconds))
        if let total { data["total_amount"] = JSONNumber(literal: total).map(JSONValue.number) }
        return [
            "timestamp": .number(JSONNumber(seconds)), "type": .string(type), "shop_id": "shop_1",
            "data": .object(data),
        ]
    }
}
