import Settings
import Testing

@Suite("The causes of alerts")
struct AlertSettingsTests {
    private func machine(_ alerts: String, tells: Bool = true) -> Machine {
        Machine(
            """
            sources: { shop: { providers: tiktok_shop, verification: none } }
            actions: { ops: { kind: http, url: "https://example.com", alerts: \(tells) } }
            alerts: \(alerts)
            """)
    }

    @Test("every key has its value, and nothing is looked for without a key")
    func values() throws {
        let all = try machine(
            "{ period: 2h, low_stock: 3, price_change: 10, silent: { shop: 6h }, refusals: { at_least: 5 } }"
        ).load().alerts
        #expect(
            all
                == AlertSettings(
                    period: .seconds(7200), lowStock: 3, priceChange: 10, silent: ["shop": .seconds(21_600)],
                    refusals: .init(atLeast: 5, factor: 5)))
        #expect(try machine("{}").load().alerts.isEmpty)
        #expect(try Machine("database: \"dbname=x\"").load().alerts == .none)
    }

    @Test("an alert that nobody hears of is reported")
    func nobody() {
        #expect(
            machine("{ low_stock: 3 }", tells: false).problems.contains {
                $0.hasSuffix(
                    "warning: alerts: no action sends them; set alerts: true on an action that notifies people")
            })
    }
}

extension Mistake {
    private static func action(_ text: String, _ message: String) -> Mistake {
        Mistake(
            """
            sources: { shop: { providers: tiktok_shop } }
            actions:
              ops: { kind: http, url: "https://example.com" }
              out: { kind: printify, shop: "1", token: { env: SET } }
              it: \(text)
            """, message)
    }

    private static func alerts(_ text: String, _ message: String) -> Mistake {
        Mistake(
            """
            sources: { shop: { providers: tiktok_shop } }
            actions: { ops: { kind: http, url: "https://example.com", alerts: true } }
            alerts: \(text)
            """, message)
    }

    static let ofSlowWork = [
        action("{ kind: knowledge_base, dataset: x }", "5: actions.it must have token"),
        action(
            "{ kind: knowledge_base, dataset: x, token: { env: SET }, debounce: 2h }",
            "5: actions.it.debounce must be from 0ms to 1h, not \"2h\""),
        action(
            "{ kind: knowledge_base, dataset: x, token: { env: SET }, source: shopp }",
            "5: actions.it.source is unknown: \"shopp\"; did you mean \"shop\"?"),
        action("{ kind: cart_abandoned, after: 24h }", "5: actions.it must have then"),
        action(
            "{ kind: cart_abandoned, then: [opps] }",
            "5: actions.it.then must name an action of the kind slack, email, http, not \"opps\"; did you mean \"ops\"?"
        ),
        action(
            "{ kind: cart_abandoned, then: out }",
            "5: actions.it.then must name an action of the kind slack, email, http, not \"out\"; known are: ops"),
        action("{ kind: data_request }", "5: actions.it must have folder"),
        action(
            "{ kind: redact, folder: x }",
            "5: unknown key in actions.it; known are: "
                + "after_dead, alerts, backoff, give_up, kind, retries, timeout"),
        alerts("{ low_stok: 1 }", "3: unknown key \"low_stok\" in alerts; did you mean \"low_stock\"?"),
        alerts("{ period: 1min }", "3: alerts.period must be from 10min to 30d, not \"1min\""),
        alerts("{ price_change: much }", "3: alerts.price_change must be a whole number from 1 to 1000, not \"much\""),
        alerts(
            "{ silent: { shopp: 1h } }", "3: alerts.silent names an unknown source: \"shopp\"; did you mean \"shop\"?"),
        alerts(
            "{ silent: { elsewhere: 1h } }", "3: alerts.silent names an unknown source: \"elsewhere\"; known are: shop"),
        alerts(
            "{ silent: { shop: soon } }",
            "3: alerts.silent.shop must be a time such as 500ms, 30s, 10min, 24h or 7d "
                + "(a plain number is seconds), not \"soon\""),
        alerts(
            "{ refusals: { factor: 0 } }", "3: alerts.refusals.factor must be a whole number from 1 to 1000, not \"0\""),
    ]
}
