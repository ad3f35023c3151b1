import Crypto
import JSON
import Ledger
import LedgerSupport
import Providers
import TestThreads
import Testing
import Verification
import Webhooks

/// A credential in a body is not stored; the hash of the body as received is.
@Suite(.blocking) struct BodyCredentialTests {
    private static let body: JSONValue = [
        "id": "d1", "event_id": "e1", "topic": "customer_updated", "created_at": "2026-11-14T22:13:20.000Z",
        "data": ["customer_id": 7, "email": "jo@example.com", "password": "$2b$10$abcdefghijklmnopqrstuv"],
    ]

    @Test func theStoredBodyHasNoPasswordAndTheHashOfTheOriginal() throws {
        let ledger = try LedgerFixture()
        let provider = EverShopWebhooksProvider()
        let verified = try Guide.verified(Self.body, by: provider, at: Guide.now)
        let receipt = try ledger.record(
            Recordable(source: "evershop", normalized: try normalize(verified, by: provider), jobs: []))
        #expect(try ledger.value("select position('$2b$'::bytea in body) from events") == "0")
        #expect(
            try ledger.value("select convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'password' from events")
                == "[removed]")
        #expect(
            try ledger.value("select encode(body_hash, 'hex') from events")
                == Hex.encode(Digest.sha256.hash(parts: [Self.body.serialized()])))
        #expect(try ledger.value("select verification from events") == "signature")
        #expect(try ledger.value("select position('$2b$' in customer_data::text || extra::text) from customers") == "0")
        let operator_ = try ledger.connect(as: "hookledger_operator")
        #expect(try StoredEvent.isReduced(receipt.eventID, on: operator_))
        // A body without one stays byte for byte, and has no hash.
        var plain = try #require(Self.body.object)
        plain["event_id"] = "e2"
        plain["data"] = ["customer_id": 8]
        let other = try ledger.record(
            Recordable(
                source: "evershop",
                normalized: try normalize(
                    Guide.verified(.object(plain), by: provider, at: Guide.now), by: provider), jobs: []))
        #expect(try !StoredEvent.isReduced(other.eventID, on: operator_))
        #expect(
            try ledger.value("select encode(body, 'hex') from events where id = \(other.eventID)")
                == Hex.encode(JSONValue.object(plain).serialized()))
    }

    /// Also where the delivery was refused, as all are while the configuration has the wrong secret.
    @Test func aRefusedBodyEndsBeforeThePassword() throws {
        let ledger = try LedgerFixture()
        let provider = EverShopWebhooksProvider()
        let delivery = try Guide.verified(Self.body, by: provider, at: Guide.now).delivery
        let refused = RefusedDelivery(
            delivery, source: "evershop", refusal: Refusal(.noSecretMatched, "no"), status: 401,
            without: provider.credentialMembers)
        try RefusedDelivery.write([refused], over: ledger.connect(as: "hookledger_ingest"))
        let kept = try #require(try ledger.value("select convert_from(body, 'UTF8') from refusals"))
        #expect(kept.hasSuffix(#""email":"jo@example.com","#) && kept.hasPrefix(#"{"id":"d1","#))
        #expect(try ledger.value("select body_length from refusals") == "\(delivery.body.count)")
    }

    @Test func theSpoolKeepsTheOriginalSoThatItVerifiesAgain() throws {
        let provider = EverShopWebhooksProvider()
        let verified = try Guide.verified(Self.body, by: provider, at: Guide.now)
        let recordable = Recordable(
            source: "evershop", normalized: try normalize(verified, by: provider), jobs: [])
        let key = CredentialKey(id: "key", key: SecretBytes([UInt8](repeating: 7, count: 32)))
        let spooled = SpooledDelivery(recordable, key: key)
        #expect(spooled.delivery.body == Self.body.serialized())
        let again = try provider.scheme.verify(
            spooled.delivery, keyring: Keyring(secrets: [Guide.secret]), now: Guide.now)
        #expect(again.verdict == verified.verdict)
    }
}
