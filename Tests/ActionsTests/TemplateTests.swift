import Jobs
import Testing

@testable import Actions

@Suite struct TemplateTests {
    @Test(arguments: [
        ("New order: {order.id}", "New order: 576486316948490001"), ("{order.order_id}", "576486316948490001"),
        ("{ order.status } {order.total_amount}", "PAID 24.90"), ("{order.items.1.sku}", "B-2"),
        ("{order.items.2.sku}", "(unknown)"), ("{order.items.-1.sku}", "(unknown)"), ("{order.extra.gift}", "true"),
        ("{order.email}", "(unknown)"), ("{nothing}", "(unknown)"),
        (
            "{type} from {source}, {provider} {provider_type}",
            "order.created from tiktok-shop, tiktok_shop 1"
        ),
        ("{subject} {event.id} {shop_id}", "order:576486316948490001 42 (unknown)"), ("{{order.id}", "{order.id}"),
        ("open { brace", "open { brace"), ("{}", "(unknown)"), ("", ""),
    ])
    func fills(template: String, expected: String) {
        #expect(Template(template).text(for: Subjects.subject(), escape: { $0 }) == expected)
    }

    @Test(arguments: [
        ("{order.id} {order.order_id} {type} {payload.order.status}", false), ("{order.status}", true),
        ("{order.extra.gift}", true), ("{order.id} {order.items.0.id}", true), ("{product.id}", false), ("{", false),
    ])
    func knowsWhetherItNeedsMoreThanTheId(template: String, needsFields: Bool) {
        #expect(Template(template).needsFields == needsFields)
    }

    @Test func saysUnknownWithoutAnOrder() {
        #expect(Template("{order.id}").text(for: Subjects.subject(order: nil), escape: { $0 }) == "(unknown)")
    }
}
