import StackSuite
import StandIns
import Testing

/// The payloads of the EverShop guide and the comment moderation guide on the whole real stack: each leads to what its
/// guide says, once, in whatever order they come, however often, and with workers killed on the way.
@Suite(.serialized, .place) struct GuideEffectsTests {
    /// Sends everything twice, one sender's after the other's, and kills the batch processor now and then.
    private func send(_ stories: [[GuideDelivery]], to guides: GuideStack) async throws -> Int {
        var kills = 0
        for (place, story) in stories.enumerated() {
            for delivery in story + story.reversed() { #expect(try guides.send(delivery) == 200) }
            if place % 3 == 1, try await Blow.killBatch.strike(guides.stack, guides.books) { kills += 1 }
        }
        return kills
    }

    /// All orders in which these can come.
    private func orders<T>(_ all: [T]) -> [[T]] {
        guard all.count > 1 else { return [all] }
        return all.indices.flatMap { first in
            var rest = all
            let one = rest.remove(at: first)
            return orders(rest).map { [one] + $0 }
        }
    }

    private func everShop(_ n: Int) -> [GuideDelivery] {
        let order =
            #""id":"456-\#(n)","orderNumber":"ORD-\#(n)","customerId":"789-\#(n)","#
            + #""customerEmail":"customer\#(n)@example.com""#
        return [
            .everShop("order.created", at: 0, order + #","status":"processing","items":[]"#),
            .everShop("order.updated", at: 1, order + #","status":"shipped","previousStatus":"processing","items":[]"#),
            .everShop("customer.created", at: 2, #""id":"789-\#(n)","email":"customer\#(n)@example.com""#),
        ]
    }

    @Test func everShopsEventsBecomeMessagesOnce() async throws {
        try await GuideStack.run { guides in
            let stories = orders([0, 1, 2]).enumerated().map { n, order in order.map { everShop(n)[$0] } }
            let product = GuideDelivery.everShop(
                "product.created", at: 0,
                #""id":"123","name":"New Product","description":"Product description","price":99.99,"sku":"PROD-123","qty":100"#
            )
            // Not in the guide: an update that changes no status tells nothing.
            let tracked = #""id":"t","orderNumber":"T","customerId":"t","status":"new""#
            let quiet: [GuideDelivery] = [
                .everShop("order.created", at: 0, tracked),
                .everShop("order.updated", at: 1, tracked + #","trackingNumber":"1Z""#),
            ]
            let kills = try await send([[product], quiet] + stories, to: guides)
            #expect(kills > 0)
            try #require(try guides.allJobsEnd())

            let confirmed = "t assistant Hi! Thank you for your order #T. We will keep you informed about it."
            let expected =
                [confirmed]
                + stories.indices.flatMap { n in
                    [
                        "789-\(n) assistant Hi! Thank you for your order #ORD-\(n). We will keep you informed about it.",
                        "789-\(n) assistant Hi! Welcome to our shop. We are happy to have you here.",
                        "789-\(n) assistant Hi! Your order #ORD-\(n) status has been updated to: shipped. "
                            + "Your order is on the way!",
                    ]
                }
            #expect(
                try guides.standIns.effects("inbox")
                    == Dictionary(uniqueKeysWithValues: expected.map { ($0, 1) }))
            // The live view has them all, delivered; one customer and one conversation each.
            #expect(
                try Set(
                    guides.books.lines(
                        """
                        select customer_id || ' ' || role || ' ' || content from conversation_messages
                        where delivered_at is not null
                        """)) == Set(expected))
            #expect(try guides.books.count("select count(*) from messages") == expected.count)
            #expect(try guides.books.count("select count(*) from customers") == stories.count + 1)
            #expect(try guides.books.count("select count(*) from conversations") == stories.count + 1)
            #expect(try guides.books.lines("select name, price, sku from products") == ["New Product|99.99|PROD-123"])
            #expect(try guides.books.count("select count(*) from dead_letters") == 0)
        }
    }

    @Test func commentsAreModeratedOnceAndTheirDeletionsCount() async throws {
        let texts = [
            "This is a new comment": "allow", "Nice": "review", "click here for FREE MONEY": "delete",
            "you badword1 you": "delete",
        ]
        try await GuideStack.run { guides in
            var stories: [[GuideDelivery]] = []
            var decisions: [String: String] = [:]
            for (kind, (text, decision)) in texts.sorted(by: { $0.key < $1.key }).enumerated() {
                let made = GuideDelivery.comment("video_comment_created", "c\(kind)-alone", text)
                stories.append([made])
                decisions["c\(kind)-alone"] = decision
                for (n, order) in orders([0, 1]).enumerated() {
                    let id = "c\(kind)-\(n)"
                    let both = ["created", "deleted"].map { GuideDelivery.comment("video_comment_\($0)", id, text) }
                    stories.append(order.map { both[$0] })
                    decisions[id] = decision
                }
            }
            let kills = try await send(stories, to: guides)
            #expect(kills > 0)
            try #require(try guides.allJobsEnd())

            let decided = try guides.books.lines(
                "select comment_id, moderation from comments where moderated_by = 'rules'")
            #expect(Set(decided) == Set(decisions.map { "\($0.key)|\($0.value)" }))
            // What the author deleted may have been deleted before; what nobody else deleted, was. Nothing twice.
            let deleted = try guides.standIns.effects("deleted")
            #expect(deleted.values.allSatisfy { $0 == 1 })
            #expect(
                Set(deleted.keys).isSuperset(
                    of: decisions.filter { $0.value == "delete" && $0.key.hasSuffix("alone") }.keys))
            #expect(deleted.keys.allSatisfy { decisions[$0] == "delete" })
            #expect(
                try guides.books.lines("select comment_id from comment_review_queue")
                    == decisions.filter {
                        $0.value == "review" && $0.key.hasSuffix("alone")
                    }.map(\.key))
            #expect(try guides.books.count("select count(*) from dead_letters") == 0)
            // The guide's log: a line for every event, once.
            #expect(
                try guides.books.lines(
                    "select event_type, action, count(*) from comment_log group by 1, 2 order by 1, 2")
                    == [
                        "video_comment_created|allow|3", "video_comment_created|delete|6",
                        "video_comment_created|review|3", "video_comment_deleted|deleted|8",
                    ])
        }
    }
}
