import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import TestThreads
import Testing
import Verification
import Webhooks

/// `orders accept` folds every kind of record again, by what its events say.
@Suite(.blocking) struct AcceptanceTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private struct Sent: Sendable {
        let provider: String
        let headers: [(name: String, value: String)]
        let body: @Sendable (_ word: String, _ second: Int) -> JSONValue
        let table: String
        let word: String
    }

    private static func shopify(
        _ field: String, _ more: JSONObject
    ) -> @Sendable (_ word: String, _ second: Int) -> JSONValue {
        { word, second in
            var body = more
            body["id"] = 7
            body[field] = .string(word)
            body["updated_at"] = .string("2025-10-28T12:00:0\(second)Z")
            return .object(body)
        }
    }

    private static let kinds = [
        Sent(
            provider: "shopify", headers: [("x-shopify-topic", "products/update")],
            body: shopify("title", JSONObject(["variants": [["id": 1, "price": "5.00"]], "vendor": "v"])),
            table: "products", word: "name"),
        Sent(
            provider: "shopify", headers: [("x-shopify-topic", "customers/update")],
            body: shopify("email", JSONObject(["first_name": "Ann"])), table: "customers", word: "email"),
        Sent(
            provider: "shopify", headers: [("x-shopify-topic", "orders/updated")],
            body: shopify("email", JSONObject(["financial_status": "paid", "total_price": "5.00", "line_items": []])),
            table: "orders", word: "email"),
    ]

    @Test(arguments: 0..<3) func theNewestOfWhatIsAcceptedCounts(_ place: Int) throws {
        let sent = Self.kinds[place]
        let provider = try #require(ProviderRegistry.named(sent.provider))
        for (second, isSigned) in [(1, false), (2, true), (3, false)] {
            let moment = Guide.now.advanced(bySeconds: Int64(second))
            let word = "\(second)@mail.example"
            let delivery = try Guide.delivery(sent.body(word, second), headers: sent.headers, by: provider, at: moment)
            let verified =
                isSigned
                ? try Guide.verified(sent.body(word, second), headers: sent.headers, by: provider, at: moment)
                : try provider.scheme.verify(
                    delivery, keyring: Keyring(secrets: []), policy: VerificationPolicy.none, now: moment)
            _ = try ledger.record(Recordable(source: "s", normalized: normalize(verified, by: provider), jobs: []))
        }
        let word = "select \(sent.word) from \(sent.table)"
        #expect(try ledger.value(word) == "2@mail.example")
        let report = try Acceptance.accept(
            source: "s", before: Guide.now.advanced(bySeconds: 60), by: "cli:root", because: "it was us",
            on: ledger.connect(as: "hookledger_operator"))
        #expect(report.folded == 1)
        #expect(try ledger.value(word) == "3@mail.example")
        #expect(try ledger.value("select count(*) from \(sent.table) where clocks @? '$.*[0] ? (@ == 0)'") == "0")
        // Again: nothing changes.
        let clocks = "select clocks::text from \(sent.table)"
        let before = try ledger.value(clocks)
        _ = try Acceptance.accept(
            source: "s", before: Guide.now.advanced(bySeconds: 60), by: "cli:root", because: nil,
            on: ledger.connect(as: "hookledger_operator"))
        #expect(try ledger.value(clocks) == before)
        if sent.table == "orders" {
            let check = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false).run()
            #expect(check.different == 0)
        }
    }

    /// Only what came before the moment: a later one stays unverified.
    @Test func whatComesLaterStaysUnverified() throws {
        let sent = Self.kinds[1]
        let provider = try #require(ProviderRegistry.named(sent.provider))
        for (second, received) in [(1, Int64(1)), (2, 100)] {
            let moment = Guide.now.advanced(bySeconds: received)
            let body = sent.body("\(second)@mail.example", second)
            let delivery = try Guide.delivery(body, headers: sent.headers, by: provider, at: moment)
            let verified = try provider.scheme.verify(
                delivery, keyring: Keyring(secrets: []), policy: VerificationPolicy.none, now: moment)
            _ = try ledger.record(Recordable(source: "s", normalized: normalize(verified, by: provider), jobs: []))
        }
        #expect(try ledger.value("select email from customers") == "2@mail.example")
        _ = try Acceptance.accept(
            source: "s", before: Guide.now.advanced(bySeconds: 60), by: "cli:root", because: nil,
            on: ledger.connect(as: "hookledger_operator"))
        #expect(try ledger.value("select email from customers") == "1@mail.example")
        #expect(try ledger.value("select clocks @? '$.*[0] ? (@ == 0)' from customers") == "false")
    }
}
