import Crypto
import JSON
import Jobs
import Outbound
import Rules
import Settings
import Testing
import Webhooks

@testable import Actions

/// What makes two effects the same effect, also across the time when rows got shops and rules said how often.
@Suite struct EffectKeyTests {
    private let slack = SlackMessage(name: "ops", url: SecretBytes(utf8: "https://hooks.test/x"), text: "x")

    private func subject(
        once: Rule.Once? = nil, shop: String = "", order: String = "42", status: String = "PAID", event: Int64 = 42,
        row: Int64 = 3, first: Int64? = 3
    ) -> JobSubject {
        var subject = Subjects.subject()
        subject.once = once
        subject.job.orderRow = row
        subject.event.id = event
        subject.event.orderRow = first
        var fields = JSONObject()
        fields["status"] = .string(status)
        subject.order = StoredRecord(row: row, source: "woo", id: order, shopKey: shop, fields: fields)
        return subject
    }

    private static let ofEvent = "slack:ops:42@1800000000000000:rule-1"
    private static let beforeTimes = "slack:ops:42:rule-1"

    @Test func withoutAShopKeysAreTheEarlierOnes() {
        #expect(slack.effectKey(for: subject()) == Self.ofEvent)
        #expect(slack.effectKey(for: subject(once: .event)) == Self.ofEvent)
        #expect(slack.earlierEffectKeys(for: subject()) == [Self.beforeTimes])
        #expect(printify().effectKey(for: subject()) == "printify:1:tiktok-shop-42")
        #expect(MessageOccasion(subject())?.key == "order_confirmation:woo:42")
    }

    @Test func onceForAStatusOrAnOrder() {
        func keys(_ once: Rule.Once) -> [String?] {
            [("PAID", 42), ("PAID", 43), ("SHIPPED", 44)].map { status, event in
                slack.effectKey(for: subject(once: once, status: status, event: Int64(event)))
            }
        }
        #expect(Set(keys(.event)).count == 3)
        let status = keys(.status)
        #expect(status[0] == status[1] && status[1] != status[2])
        #expect(Set(keys(.order)).count == 1)
        // Another rule of the same order tells something else.
        var other = subject(once: .order)
        other.job.purpose = .rule("rule-2")
        #expect(slack.effectKey(for: other) != keys(.order)[0])
    }

    @Test func ordersOfOneIdInTwoShopsAreTwo() {
        for once in [Rule.Once.event, .status, .order, nil] {
            let keys = ["", "a.example", "b.example"].map { slack.effectKey(for: subject(once: once, shop: $0)) }
            #expect(Set(keys).count == 3, "\(String(describing: once))")
        }
        #expect(Set(["", "a.example", "b.example"].map { printify().effectKey(for: subject(shop: $0)) }).count == 3)
        #expect(Set(["", "a.example", "b.example"].map { MessageOccasion(subject(shop: $0))?.key }).count == 3)
    }

    @Test func ordersOfOneEventAreTwo() {
        #expect(
            slack.effectKey(for: subject(order: "42", row: 3)) != slack.effectKey(for: subject(order: "43", row: 4)))
        #expect(slack.effectKey(for: subject(order: "42", row: 3)) == Self.ofEvent)
        // A part of one is not taken for a part of another.
        #expect(
            slack.effectKey(for: subject(once: .status, order: "1:2", status: "3"))
                != slack.effectKey(for: subject(once: .status, order: "1", status: "2:3")))
    }

    @Test func earlierEffectsAreSearchedUnderTheirOldKeys() {
        let old = [Self.ofEvent, Self.beforeTimes]
        let shop = slack.earlierEffectKeys(for: subject(shop: "a.example"))
        #expect(shop == [Self.ofEvent, Self.beforeTimes + ":woo:a.example:42", Self.beforeTimes])
        #expect(slack.earlierEffectKeys(for: subject(once: .status)) == old)
        let both = slack.earlierEffectKeys(for: subject(once: .order, shop: "a.example"))
        #expect(both.first == slack.effectKey(for: subject(once: .order)) && both.last == Self.beforeTimes)
        #expect(printify().earlierEffectKeys(for: subject(shop: "a.example")) == ["printify:1:tiktok-shop-42"])
        #expect(printify().earlierEffectKeys(for: subject()).isEmpty)
        var alert = subject(once: .order, shop: "a.example")
        alert.job.purpose = .alert("x")
        #expect(slack.earlierEffectKeys(for: alert) == ["slack:ops:alert:7"])
    }

    /// A restore, or a failover that loses data, gives the ids of lost events and jobs again: what a destination knows of the
    /// lost ones must not keep the effects of the new ones from happening.
    @Test func anIdThatIsGivenAgainIsAnotherEvent() throws {
        let erp = EventPost(name: "erp", url: SecretBytes(utf8: "https://erp.test/"), secret: nil)
        let server = MailServer(host: "127.0.0.1", port: 25, security: .none)
        let from = try #require(MailAddress("a@b.test"))
        let mail = try #require(Email(name: "mail", server: server, from: from, template: "status_update"))
        for purpose in [Purpose.rule("rule-1"), .alert("x")] {
            var lost = subject(once: .event)
            lost.job.purpose = purpose
            var new = lost
            new.event.receivedAt = new.event.receivedAt.advanced(bySeconds: 60)
            #expect(Self.webhookID(erp, lost) != Self.webhookID(erp, new))
            #expect(Self.webhookID(erp, lost) == Self.webhookID(erp, lost))
            for action: any Action in [slack, erp, mail] {
                #expect(action.effectKey(for: lost) != action.effectKey(for: new))
                // An effect of the version before is found.
                let earlier = action.earlierEffectKeys(for: lost)
                #expect(earlier.contains { $0.hasSuffix(":42:rule-1") || $0.hasSuffix(":alert:7") }, "\(earlier)")
            }
        }
    }

    private static func webhookID(_ post: EventPost, _ subject: JobSubject) -> String? {
        guard case .request(let request) = post.prepare(subject, now: Timestamp(microseconds: 0)) else { return nil }
        return request.headers.first { $0.name == "webhook-id" }?.value
    }

    @Test func anOrderKeepsTheNameThatItHasAtPrintify() throws {
        func id(_ subject: JobSubject) throws -> String? {
            guard case .request(let request) = printify().prepare(subject, now: Timestamp(microseconds: 0)) else {
                return nil
            }
            return try JSONValue(parsing: request.body ?? [])["external_id"]?.string
        }
        var adopted = subject(shop: "a.example")
        adopted.order?.fields = Self.printable
        #expect(try id(adopted) == "tiktok-shop-a.example-42")
        adopted.keptKey = "printify:1:tiktok-shop-42"
        #expect(try id(adopted) == "tiktok-shop-42")
    }

    @Test func aReceiverGetsTheIdOfTheEffectThatIsKept() throws {
        let post = EventPost(name: "erp", url: SecretBytes(utf8: "https://erp.test/"), secret: nil)
        func id(_ subject: JobSubject) -> String? { Self.webhookID(post, subject) }
        var shop = subject(shop: "a.example")
        let new = id(shop)
        shop.keptKey = post.effectKey(for: subject())
        #expect(new != nil && id(shop) == id(subject()) && id(shop) != new)
    }

    private func printify() -> PrintifyOrder {
        PrintifyOrder(name: "print", api: PrintifyAPI(shop: "1", token: SecretBytes(utf8: "t")))
    }

    private static var printable: JSONObject {
        let value: JSONValue = [
            "status": "AWAITING_SHIPMENT", "customer_name": "Jane Doe", "email": "j@example.com",
            "items": [["sku": "A-1", "quantity": 1, "line_id": "1"]],
            "shipping_address": [
                "name": "Jane Doe", "full_address": "1 Main St", "city": "Kiel", "zip": "24103",
                "country": "de",
            ],
        ]
        return value.object ?? JSONObject()
    }
}
