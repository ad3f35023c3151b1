import Actions
import JSON
import Rules
import Settings
import Testing
import Webhooks

/// Rules as an operator writes them: each string is one element of `rules:`, in flow style.
func settings(_ rules: String..., flags: String = "{}") throws -> Settings {
    try settings(rules, flags: flags)
}

func settings(_ rules: [String], flags: String = "{}") throws -> Settings {
    let yaml = """
        sources: { shop: { providers: tiktok_shop, verification: none } }
        actions:
          print: { kind: http, url: "https://print.test" }
          ops: { kind: http, url: "https://ops.test" }
        flags: \(flags)
        rules:
        """
    let text = yaml + rules.map { "\n  - \($0)" }.joined()
    let input = SettingsInput(
        variable: { _ in nil },
        readFile: { $0 == "hookledger.yaml" ? .bytes(Array(text.utf8)) : .absent },
        fileMode: { _ in nil })
    return try Settings.load(
        path: "hookledger.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0))
}

/// One condition, as it is written under `when:`.
func rule(when: String) throws -> Rule {
    try #require(try settings("{ do: print, when: { \(when) } }").rules.first)
}

func event(
    _ fields: Fields<OrderField>? = [:], extra: [String: JSONValue] = [:], type: String = "order.updated",
    shopID: String? = nil
) -> Event {
    Event(
        provider: "tiktok_shop", providerType: "1", type: type, subject: "order:57648", shopID: shopID,
        dedupeKey: DedupeKey(bytes: [1]),
        record: fields.map { .order(Order(id: "576486316948490001", fields: $0, extra: extra)) } ?? .none)
}

extension Truth {
    /// `true`, `false` or `unknown`.
    var word: String {
        switch self {
        case .true: "true"
        case .false: "false"
        case .unknown: "unknown"
        }
    }
}
