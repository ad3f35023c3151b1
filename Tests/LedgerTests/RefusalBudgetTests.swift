import Ledger
import LedgerSupport
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

/// However many refusals responders send, a source's share of a day is bounded.
@Suite(.blocking) struct RefusalBudgetTests {
    private let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func refused(_ source: String?, _ kind: Refusal.Kind = .noSecretMatched, body: Int = 4096)
        -> RefusedDelivery
    {
        let delivery = Delivery(
            requestID: "r", receivedAt: Guide.now, path: "/hook", headers: HeaderFields(),
            body: [UInt8](repeating: 0x61, count: body), remoteAddress: "192.0.2.1")
        return RefusedDelivery(delivery, source: source, refusal: Refusal(kind, "no"), status: 401)
    }

    private func refuse(_ rows: [RefusedDelivery]) throws {
        try RefusedDelivery.write(rows, over: ledger.connect(as: "hookledger_ingest"))
    }

    private func spend(_ bytes: Int) throws {
        try ledger.superuser.execute("update refusal_budget set bytes = \(bytes) where source = 'shop'")
    }

    @Test func bodiesEndBeforeRowsDoAndCountsContinue() throws {
        try refuse([refused("shop"), refused("shop").withoutBody()])
        #expect(try ledger.value("select string_agg(length(body)::text, ' ' order by id) from refusals") == "4096 0")
        #expect(try ledger.value("select bytes between 4096 + 400 and 4096 + 600 from refusal_budget") == "true")
        try spend(4 << 20)
        try refuse([refused("shop"), refused("other"), refused(nil)])
        #expect(
            try ledger.value("select string_agg(length(body)::text, ' ' order by id) from refusals where id > 2")
                == "0 4096 4096")
        try spend(16 << 20)
        let before = try ledger.value("select count(*) from refusals")
        try refuse((0..<5).map { _ in refused("shop") })
        #expect(try ledger.value("select count(*) from refusals") == before)
        #expect(try ledger.value("select sum(1 + unrecorded) from refusals where source = 'shop'") == "8")
        // A kind that has no row yet gets one: the reason is worth more than its bytes.
        try refuse((0..<5).map { _ in refused("shop", .missingSignature) })
        #expect(
            try ledger.value(
                "select count(*) || ' ' || sum(1 + unrecorded) from refusals where kind = 'missing_signature'")
                == "1 5")
    }

    @Test func anotherDayHasItsOwnShare() throws {
        try refuse([refused("shop")])
        try ledger.superuser.execute(
            "update refusal_budget set bytes = 99999999, day = day - 1 where source = 'shop'")
        try refuse([refused("shop")])
        #expect(try ledger.value("select count(*) from refusals where length(body) = 4096") == "2")
        try ledger.superuser.execute("update refusal_budget set day = day - 30 where bytes > 99999")
        try refuse([refused("shop")])
        #expect(try ledger.value("select count(*) from refusal_budget") == "1")
    }
}
