import Crypto
import JSON
import Ledger
import Platform
import Providers
import Settings
import Verification
import Webhooks

@testable import LedgerSimulation
@testable import Rules

/// Simulated deliveries as signed webhooks, verified and normalized as the responder does.
struct RealDeliveries {
    static let statuses = ["UNPAID", "AWAITING_SHIPMENT", "IN_TRANSIT", "DELIVERED"]
    private static let provider: any Provider = TikTokShopGuideProvider()
    private static let secret = SigningSecret(
        keyID: "TIKTOK_APP_SECRET", secret: SecretBytes(utf8: "whsec_dGVzdC1zZWNyZXQ="))
    private static let credentials = ["app_key": SecretBytes(utf8: "test-key")]

    /// A moment for which there are partitions, in whole seconds.
    let now = Timestamp(microseconds: SystemClock.wallMicroseconds() / 1_000_000 * 1_000_000)

    func recordable(_ simulated: SimDelivery, maxAttempts: Int) throws -> Recordable {
        let seconds = now.microseconds / 1_000_000 - 100_000 + simulated.occurredAt
        let body: JSONValue = [
            "timestamp": .number(JSONNumber(seconds)), "type": "order_status_change", "shop_id": "shop_1",
            "data": [
                "order_id": .string("\(simulated.order)"),
                "order_status": .string(Self.statuses[Int(simulated.status)]),
                "update_time": .number(JSONNumber(seconds)),
            ],
        ]
        let bytes = body.serialized()
        let signature = try Self.provider.scheme.sign(
            Draft(url: "https://localhost/webhook/tiktok", headers: HeaderFields([]), body: bytes), secret: Self.secret,
            credentials: Self.credentials, now: now)
        let delivery = Delivery(
            requestID: "event-\(simulated.event)", receivedAt: now, path: "/webhook/tiktok",
            headers: HeaderFields(signature.map { ($0.name, $0.value) }), body: bytes, remoteAddress: "127.0.0.1")
        let verified = try Self.provider.scheme.verify(
            delivery, keyring: Keyring(secrets: [Self.secret], credentials: Self.credentials), now: now)
        let jobs = simulated.actions.map { action in
            var job = PlannedJob(rule: "1", ruleIndex: 0, action: action, kind: ActionKind("slack", []))
            job.maxAttempts = maxAttempts
            return job
        }
        return Recordable(
            source: "tiktok-shop", normalized: try normalize(verified, by: Self.provider), jobs: jobs)
    }
}
