import Ledger
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// Shops that are refused, and what two hosts make of one id at once.
@Suite(.blocking) struct ShopRaceTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    /// A delivery that names its shop and one that names none, of one id at the same moment, are about one row.
    @Test(arguments: ["order", "product", "customer", "comment"])
    func withAndWithoutAShopAtOnceIsOneRow(_ kind: String) async throws {
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        try await withThrowingTaskGroup { group in
            for worker in 0..<4 {
                group.addTask {
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
                    for id in 0..<40 {
                        let saying = Saying(
                            kind: kind, id: "\(id)", status: "s\(worker)", at: Int64(worker),
                            shop: worker.isMultiple(of: 2) ? "" : "a.example", note: "\(worker)")
                        let delivery = try saying.recordable(action: kind == "order" ? "ops" : nil)
                        _ = try #require(writer.record([delivery]).first).get()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.value("select count(*) || ' ' || count(distinct shop_key) from \(kind)s") == "40 1")
        #expect(try ledger.value("select min(status) || max(status) from \(kind)s") == "s3s3")
        #expect(try ledger.value("select count(*) from events") == "160")
        if kind == "order" {
            #expect(try ledger.value("select count(*) || ' ' || count(distinct order_row) from jobs") == "160 40")
            #expect(try ledger.differences() == "0")
        }
    }

    /// Two shops that have the same ids adopt no row of each other.
    @Test func oneRowIsAdoptedByOneShopOnly() async throws {
        let ids = 0..<30
        try ledger.tell(ids.map { Saying(id: "\($0)", status: "old", at: -100) })
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        try await withThrowingTaskGroup { group in
            for shop in ["a.example", "b.example"] {
                group.addTask {
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
                    for id in ids {
                        let delivery = try Saying(id: "\(id)", status: shop, at: 0, shop: shop).recordable()
                        _ = try #require(writer.record([delivery]).first).get()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(
            try ledger.value("select count(*) || ' ' || count(*) filter (where status = shop_key) from orders")
                == "60 60")
    }

    private func said(_ status: String, shop: String, at second: Int64) throws {
        var terms = Recordable.Terms()
        terms.shopKey = shop
        terms.shopRule = .one
        _ = try ledger.record(
            Saying(id: "7", status: status, at: second, shop: shop).recordable(
                received: second, terms: terms, action: "ops"))
    }

    private func decide(_ state: String) throws -> String? {
        try ledger.connect(as: "hookledger_operator").query(
            "select concat_ws(' ', before, jobs) from decide_shop('shop', 'b.example', $1::text, 'cli:root', 'not ours')",
            [.text(state)]
        ).only().optionalText(0)
    }

    /// Refused: what is held ends, and the jobs of later events end at once and are not held until somebody looks.
    @Test func jobsOfARefusedShopEnd() throws {
        try said("new", shop: "a.example", at: 0)
        try said("new", shop: "b.example", at: 1)
        #expect(try ledger.value("select count(*) from jobs where state = 3") == "1")
        #expect(try decide("refused") == "unlisted 1")
        try said("paid", shop: "b.example", at: 2)
        #expect(try ledger.value("select string_agg(state::text, '') from jobs") == "0")
        #expect(
            try ledger.value(
                "select string_agg(outcome || ' ' || reason || ' ' || action, ', ') from job_attempts")
                == "discarded its shop was refused ops, discarded its shop was refused ops")
        // Its events are kept, and its order is up to date when somebody thinks better of it.
        #expect(try ledger.value("select status from orders where shop_key = 'b.example'") == "paid")
        #expect(try ledger.value("select count(distinct job_id) from job_attempts") == "2")
        #expect(try decide("listed") == "refused 0")
        try said("sent", shop: "b.example", at: 3)
        #expect(try ledger.value("select count(*) from jobs where state = 0") == "2")
    }

    /// Jobs that stand for many events, alike.
    @Test func sharedJobsOfARefusedShopEnd() throws {
        try ledger.superuser.execute(
            "insert into source_shops (source, shop_key, state, changed_by) values ('shop', 'b.example', 'refused', 'x')"
        )
        #expect(
            try ledger.value(
                """
                select make_jobs(array[1, 1], array[now(), now()], array[null, null]::bigint[], array['refused', null],
                    array['kb', 'kb'], array['k', 'k'], array['r', 'r'], array[0, 0], array[3, 3], array['u', 'u'],
                    array[0, 0], array[false, false])::text
                """) == "")
        #expect(try ledger.value("select count(*) || ' ' || (select count(*) from job_attempts) from jobs") == "1 1")
    }
}
