import JSON
import Ledger
import LedgerSupport
import Providers
import TestThreads
import Testing
import Verification
import Webhooks

/// Providers that tell neither id nor time: the last arrival wins. An equal body is a repetition within the source's window,
/// and only while the sender has said nothing else about the same record.
@Suite(.blocking) struct WithoutClockTests {
    /// Two bodies of one sender about the same thing, and where the ledger keeps the word that differs.
    struct Pair: Sendable, CustomTestStringConvertible {
        let provider: String
        var headers: [(name: String, value: String)] = []
        let bodies: [JSONValue]
        /// The table and its words for the two bodies; nil for a sender of which no record is kept.
        var kept: (table: String, words: [String])?

        var testDescription: String { "\(provider) \(kept?.table ?? "events")" }
    }

    private static let pairs = [
        Pair(
            provider: "roms",
            bodies: [["order_number": "1", "status": "A"], ["order_number": "1", "status": "B"]],
            kept: ("orders", ["A", "B"])),
        Pair(
            provider: "evershop",
            bodies: ["A", "B"].map {
                ["event": "order.updated", "data": ["id": "1", "status": .string($0)]]
            }, kept: ("orders", ["A", "B"])),
        Pair(
            provider: "evershop",
            bodies: ["A", "B"].map {
                ["event": "product.updated", "data": ["id": "1", "status": .string($0)]]
            }, kept: ("products", ["A", "B"])),
        Pair(
            provider: "woocommerce", headers: [("x-wc-webhook-topic", "order.updated")],
            bodies: [["id": 1, "total": "1", "status": "A"], ["id": 1, "total": "1", "status": "B"]],
            kept: ("orders", ["A", "B"])),
        Pair(
            provider: "tiktok_shop",
            bodies: ["A", "B"].map {
                ["type": 1, "data": ["order_id": "1", "order_status": .string($0)]]
            }, kept: ("orders", ["A", "B"])),
        Pair(
            provider: "tiktok_shop_guide",
            bodies: ["A", "B"].map {
                ["type": "order_status_change", "data": ["order_id": "1", "order_status": .string($0)]]
            }, kept: ("orders", ["A", "B"])),
        Pair(
            provider: "tiktok_business", headers: [("webhook-schema-version", "1")],
            bodies: ["A", "B"].map {
                [
                    "event": "comment.update",
                    "content": .string("{\"comment_id\":1,\"comment_action\":\"\($0)\"}"),
                ]
            }, kept: ("comments", ["A", "B"])),
        Pair(provider: "generic_hmac_sha256_hex", bodies: [["n": 1], ["n": 2]]),
        Pair(provider: "api_key", bodies: [["n": 1], ["n": 2]]),
    ]

    /// A, B, A: three events about a record, and the last one counts. What is about nothing has only the window.
    @Test(arguments: pairs, [Int64(700), Int64(20)])
    func theSameBodyAgain(_ pair: Pair, after: Int64) throws {
        let ledger = try LedgerFixture()
        let provider = try #require(ProviderRegistry.named(pair.provider))
        for (body, at) in [(0, 0), (1, 10), (0, after)] {
            let received = Guide.now.advanced(bySeconds: Int64(at))
            let verified = try Guide.verified(pair.bodies[body], headers: pair.headers, by: provider, at: received)
            _ = try ledger.record(
                Recordable(source: "shop", normalized: normalize(verified, by: provider, window: 600), jobs: []))
        }
        let events = after > 600 || pair.kept != nil ? 3 : 2
        #expect(try ledger.value("select count(*) from events") == "\(events)")
        guard let kept = pair.kept else { return }
        #expect(try ledger.value("select status from \(kept.table)") == kept.words[0])
    }
}
