import JSON
import Ledger
import LedgerSupport
import Platform
import Providers
import TestThreads
import Testing
import Webhooks

/// Random walks of states, said by each sender that signs neither an id nor a time: the end is what it said last, each step
/// is an event, and what it repeats makes no job.
@Suite(.blocking) struct ProviderWalkTests {
    /// One step of a walk: a word that the sender's record has then, or what happened to it.
    private typealias Say =
        @Sendable (_ word: String, _ step: Int) -> (headers: [(name: String, value: String)], body: JSONValue)

    /// A sender about a record of ours.
    private struct Sender: Sendable {
        let provider: String
        let table: String
        let words: [String]
        let say: Say

        init(_ provider: String, _ table: String, _ words: [String], _ say: @escaping Say) {
            self.provider = provider
            self.table = table
            self.words = words
            self.say = say
        }
    }

    private static let senders = [
        Sender("roms", "orders", ["pending", "shipped", "cancelled"]) { word, _ in
            ([], ["order_number": "1", "status": .string(word)])
        },
        Sender("evershop", "orders", ["pending", "paid", "shipped"]) { word, _ in
            ([], ["event": "order.updated", "data": ["id": "1", "status": .string(word)]])
        },
        Sender("evershop", "products", ["on", "off"]) { word, _ in
            ([], ["event": "product.updated", "data": ["id": "1", "status": .string(word)]])
        },
        Sender("woocommerce", "orders", ["pending", "on-hold", "completed"]) { word, _ in
            ([("x-wc-webhook-topic", "order.updated")], ["id": 1, "total": "1", "status": .string(word)])
        },
        // Updates tell their time, deletions none; restored is what the shop says of it after the last change.
        Sender("woocommerce", "orders", ["processing", "trash", "restored"]) { word, step in
            if word == "trash" { return ([("x-wc-webhook-topic", "order.deleted")], ["id": 1]) }
            let topic = word == "restored" ? "order.restored" : "order.updated"
            let (minute, second) = ((step + 100) / 60, (step + 100) % 60)
            let time = "2025-10-28T12:\(minute < 10 ? "0" : "")\(minute):\(second < 10 ? "0" : "")\(second)"
            return (
                [("x-wc-webhook-topic", topic)],
                ["id": 1, "total": "1", "status": .string(word), "date_modified_gmt": .string(time)]
            )
        },
        // WooCommerce makes a body when it sends it: of two restores in a row both may show the state after the second.
        Sender("woocommerce", "orders", ["restored", "trash"]) { word, _ in
            if word == "trash" { return ([("x-wc-webhook-topic", "order.deleted")], ["id": 1]) }
            return (
                [("x-wc-webhook-topic", "order.restored")],
                ["id": 1, "total": "1", "status": .string(word), "date_modified_gmt": "2025-10-28T12:00:00"]
            )
        },
        Sender("tiktok_shop_guide", "orders", ["UNPAID", "IN_TRANSIT", "CANCELLED"]) { word, _ in
            ([], ["type": "order_status_change", "data": ["order_id": "1", "order_status": .string(word)]])
        },
    ]

    private func deliver(
        _ said: (headers: [(name: String, value: String)], body: JSONValue), by name: String, at second: Int64,
        source: String, to ledger: LedgerFixture
    ) throws -> Receipt {
        let provider = try #require(ProviderRegistry.named(name))
        let verified = try Guide.verified(
            said.body, headers: said.headers, by: provider, at: Guide.now.advanced(bySeconds: second))
        var terms = Recordable.Terms()
        terms.repeatsPerDay = 1000
        return try ledger.record(
            Recordable(
                source: source, normalized: normalize(verified, by: provider, window: 600), jobs: [Guide.job("ops")],
                terms: terms))
    }

    @Test(arguments: 0..<7) func theEndIsWhatWasSaidLast(_ place: Int) throws {
        let sender = Self.senders[place]
        let ledger = try LedgerFixture()
        var random = SplitMix64(seed: UInt64(place) + 1)
        for walk in 0..<8 {
            let source = "walk-\(walk)"
            var word = sender.words[0]
            var second: Int64 = 0
            for step in 0..<30 {
                if step > 0 {
                    // A shop restores what is in its bin, and bins what is not.
                    let next = sender.words.filter { $0 != word && ($0 != "restored" || word == "trash") }
                    word = next.randomElement(using: &random) ?? word
                }
                let said = sender.say(word, step)
                let first = try deliver(said, by: sender.provider, at: second, source: source, to: ledger)
                #expect(!first.isDuplicate, "\(sender.provider) \(source) step \(step) \(word)")
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    second += Int64.random(in: 1...20, using: &random)
                    let again = try deliver(said, by: sender.provider, at: second, source: source, to: ledger)
                    #expect(again.isDuplicate && again.eventID == first.eventID)
                }
                second += 20
            }
            #expect(
                try ledger.value("select status from \(sender.table) where source = '\(source)'") == word,
                "\(sender.provider) \(source)")
            #expect(try ledger.value("select count(*) from \(sender.table) where source = '\(source)'") == "1")
        }
        #expect(try ledger.value("select count(*) || ' ' || (select count(*) from jobs) from events") == "240 240")
        if sender.table == "orders" {
            let check = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false).run()
            #expect(check.different == 0 && check.done == 8)
        }
    }

    /// What is about no record: deliveries differ by their ids, which are the same in every retry.
    private static let bare: [(provider: String, id: String, say: Say)] = [
        (
            "github", "x-github-delivery",
            { word, _ in
                (
                    [("x-github-event", "membership")],
                    [
                        "action": .string(word), "scope": "team", "member": ["login": "ann"], "team": ["id": 5],
                        "organization": ["login": "acme"],
                    ]
                )
            }
        ),
        (
            "shopify", "x-shopify-webhook-id",
            { word, _ in
                (
                    [("x-shopify-topic", "fulfillment_orders/\(word == "added" ? "placed_on_hold" : "hold_released")")],
                    ["fulfillment_order": ["id": "gid://shopify/FulfillmentOrder/1"], "state": .string(word)]
                )
            }
        ),
    ]

    @Test(arguments: 0..<2) func thereAndBackAgainIsAnEventEachTime(_ place: Int) throws {
        let sender = Self.bare[place]
        let ledger = try LedgerFixture()
        var random = SplitMix64(seed: 5)
        var second: Int64 = 0
        var ids: [String] = []
        for step in 0..<30 {
            let word = step.isMultiple(of: 2) ? "added" : "removed"
            var (headers, body) = sender.say(word, step)
            ids.append("delivery-\(step)")
            headers.append((sender.id, ids[step]))
            let first = try deliver((headers, body), by: sender.provider, at: second, source: "s", to: ledger)
            #expect(!first.isDuplicate, "\(sender.provider) step \(step)")
            // A retry of any of those before, an hour or four later, carries its id.
            let old = Int.random(in: 0...step, using: &random)
            (headers, body) = sender.say(old.isMultiple(of: 2) ? "added" : "removed", old)
            headers.append((sender.id, ids[old]))
            second += [10, 3600, 14_400].randomElement(using: &random) ?? 10
            #expect(try deliver((headers, body), by: sender.provider, at: second, source: "s", to: ledger).isDuplicate)
            second += 5
        }
        #expect(try ledger.value("select count(*) || ' ' || (select count(*) from jobs) from events") == "30 30")
        #expect(try ledger.value("select sum(repeats) from repetitions") == "30")
    }
}
