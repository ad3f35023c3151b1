import JSON
import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// An hour with the wrong secret: what came meanwhile is released once it is corrected, all of it and once.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct QuarantineStackTests: StackUser {
    let stack: LocalStack
    private let shop: Shop
    private let rotated: ShopDelivery.Credentials
    private static let secret = "the-next-secret-of-the-shop"

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
        rotated = ShopDelivery.Credentials(key: shop.key, secret: Self.secret)
    }

    private func delivery(_ number: Int, _ status: String = "AWAITING_SHIPMENT") -> ShopDelivery {
        .guide("kept-\(number)", status, at: Shop.now - 600 + Int64(number), amount: "7.77")
    }

    /// `hookledger refusals release` with the corrected secret.
    private func release(_ arguments: String...) throws -> JSONValue {
        let output = try tool.run(
            ["refusals", "release", "tiktok-shop", "--json"] + arguments,
            with: "TIKTOK_APP_SECRET=\(Self.secret)")
        #expect(output.status == .exited(0) || output.status == .exited(1), "\(output.errorText)")
        return try JSONValue(parsing: Array(output.text.utf8))
    }

    @Test func allOfItIsReleasedOnce() throws {
        #expect(try shop.send(.guide("before", "AWAITING_SHIPMENT", at: Shop.now, amount: "1.00")).status == 200)
        let deliveries = (0..<30).map { delivery($0) }
        for one in deliveries {
            let headers = one.headers(rotated, signedAt: Shop.now)
            let answer = try shop.post(one.body, headers)
            // Nothing tells the sender that it was kept.
            #expect(answer.status == 401 && !answer.body.contains("kept"))
        }
        // A retry, a forgery without any form, and a body that cannot be read.
        let retried = deliveries[3].headers(rotated, signedAt: Shop.now)
        #expect(try shop.post(deliveries[3].body, retried).status == 401)
        #expect(try shop.post("{}", []).status == 401)
        let torn = ShopDelivery(.guide, body: "{\"a\":")
        #expect(try shop.post(torn.body, torn.headers(rotated, signedAt: Shop.now)).status == 401)
        // Some arrive after all, and one order continues.
        for one in deliveries.prefix(5) { #expect(try shop.send(one).status == 200) }
        #expect(try shop.send(.guide("kept-20", "DELIVERED", at: Shop.now, amount: "7.77")).status == 200)

        let kept = "select count(*) || ' ' || sum(repeats) || ' ' || bool_and(is_known) from quarantine"
        #expect(try eventually { try books.lines(kept) == ["30 1 true"] })
        let before = try books.count("select count(*) from events")
        let dry = try release("--dry-run")
        #expect(dry["released"]?.text == "25" && dry["arrived"]?.text == "5", "\(dry)")
        #expect(try books.count("select count(*) from events") == before)
        // Without the corrected secret nothing verifies.
        #expect(try tool.run(["refusals", "release", "tiktok-shop"]).text.contains("30 still no_secret_matched"))

        let done = try release()
        #expect(
            done["released"]?.text == "25" && done["arrived"]?.text == "5" && done["failed"]?.text == "0", "\(done)")
        #expect(
            try books.count("select count(*) from events where request_id in (select request_id from quarantine)") == 25
        )
        #expect(
            try books.lines(
                "select count(distinct subject) || ' ' || count(*) from events where subject like 'order:kept-%' and origin <> 'delivery'"
            )
                == ["25 25"])
        #expect(try books.count("select count(*) from order_list where order_id like 'kept-%'") == 30)
        #expect(try books.lines("select status from order_list where order_id = 'kept-20'") == ["DELIVERED"])
        #expect(try release()["released"]?.text == "0")
        let states =
            "select string_agg(state || ' ' || n, ', ' order by state) from (select state, count(*) as n from quarantine group by 1) as s"
        #expect(try books.lines(states) == ["arrived 5, released 25"])
        let list = try tool.objects(["refusals", "list", "tiktok-shop", "--json"])
        #expect(list.count == 30)
        let id = try #require(list.first?["id"]?.text)
        #expect(try tool.run(["refusals", "show", id]).text.contains("kept-29"))
        #expect(try tool.run(["refusals", "show", "999999"]).status == .exited(1))
        #expect(
            try books.lines(
                "select action || ' ' || (details ->> 'released') from operator_log where action = 'refusals.release' order by id desc limit 1"
            )
                == ["refusals.release 0"])
    }
}
