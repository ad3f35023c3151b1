/// How a source is reconciled: compared with its provider's API.
public struct ReconcileSettings: Sendable, Hashable {
    /// The actions of kind `fetch_order` or `listing` whose APIs are asked, one for each shop.
    public let through: [String]
    /// The time between two runs.
    public let every: Duration
    /// How far before the last run's end a run begins.
    public let overlap: Duration
    /// The youngest changes, which webhooks may still bring.
    public let settle: Duration
    /// Orders that changed longer ago make no jobs.
    public let maxAge: Duration
    /// The missing orders found within an hour from which on an alert is raised; 0 for none.
    public let alarm: Int

    /// Reads `reconcile:` of a source.
    static func read(_ source: Section) -> ReconcileSettings? {
        guard let section = source.section("reconcile", keys: SourceKeys.reconcile.names) else { return nil }
        let through = (section.texts("through") ?? []).map(\.text)
        if through.isEmpty {
            section.problems.error(
                section.line,
                "\(section.path) must name an action of kind fetch_order or listing, such as through: [fetch]")
        }
        return ReconcileSettings(
            through: through, every: SourceKeys.every.value(in: section),
            overlap: SourceKeys.overlap.value(in: section),
            settle: SourceKeys.settle.value(in: section), maxAge: SourceKeys.maxAge.value(in: section),
            alarm: SourceKeys.missingAlarm.value(in: section))
    }
}

/// Checks that need sources, actions and rules together.
struct ReconcileCheck {
    let root: Section
    let problems: ProblemList

    func check(_ sources: [SourceSettings], _ actions: [ActionSettings], _ rules: [Rule]) {
        var owners: [String: String] = [:]
        for source in sources {
            for name in source.webhooks?.through ?? [] {
                guard let action = action(name, of: source, for: "webhooks", actions),
                    let provider = action.text("provider"),
                    !WebhookSettings.providers.contains(provider)
                else { continue }
                problems.error(
                    line(source), "sources.\(source.name).webhooks.through: \(provider) does not say what is registered"
                )
            }
            guard let reconcile = source.reconcile else { continue }
            for name in reconcile.through {
                guard action(name, of: source, for: "reconcile", actions) != nil else { continue }
                if let other = owners.updateValue(source.name, forKey: name), other != source.name {
                    problems.error(
                        line(source),
                        "sources.\(source.name).reconcile.through: \(name) reconciles the source \(other) already")
                }
            }
            // An event has the key of its webhook, and a delivery is its webhook.
            let listsOrders = reconcile.through.contains { name in
                actions.first { $0.name == name }.map { $0.kind.givesOrders || $0.text("provider") == "evershop" }
                    == true
            }
            for rule in rules where rule.reconciled && listsOrders { warn(of: rule, source, actions) }
        }
    }

    /// The action that `through` names.
    /// - Returns: nil after a report, and if the action itself has a mistake, which is reported there.
    private func action(
        _ name: String, of source: SourceSettings, for key: String, _ actions: [ActionSettings]
    ) -> ActionSettings? {
        let place = "sources.\(source.name).\(key).through"
        let written = root["actions"]?.mapping?.map(\.key) ?? []
        guard written.contains(name) else {
            problems.error(
                line(source),
                "\(place) names an unknown action: \"\(name)\"" + Suggestion.phrase(for: name, among: written))
            return nil
        }
        guard let action = actions.first(where: { $0.name == name }) else { return nil }
        guard action.kind.givesOrders || action.kind.isListing else {
            problems.error(
                line(source),
                "\(place): the action \(name) is of kind \(action.kind.name) and lists neither orders nor events")
            return nil
        }
        if let provider = action.text("provider"), !source.providers.contains(where: { $0.hasPrefix(provider) }) {
            problems.error(
                line(source), "\(place): \(name) asks \(provider), but no provider of the source is \(provider)")
        }
        if source.app == nil, let provider = action.text("provider"), ["tiktok_shop", "shopify"].contains(provider),
            root["actions"]?.mapping?.last(where: { $0.key == name })?.value.mapping?
                .contains(where: { $0.key == "access_token" }) != true
        {
            problems.error(
                line(source), "\(place): \(name) has no access_token, and \(source.name) has no app: to get one for")
        }
        return action
    }

    /// What happens once for each event happens for the reconciled event and again for a webhook that comes late.
    private func warn(of rule: Rule, _ source: SourceSettings, _ actions: [ActionSettings]) {
        let doubling = rule.actions.filter { name in
            guard let kind = actions.first(where: { $0.name == name })?.kind else { return false }
            return rule.once == .event || rule.once == nil && kind.actsForEveryEvent
        }
        guard !doubling.isEmpty, RuleHints.allows(rule, source) else { return }
        problems.notice(
            line(source),
            "rule \(rule.name): \(doubling.joined(separator: ", ")) will run twice for an order of \(source.name) that "
                + "is reconciled and whose webhook comes late; write once: status, once: order, or reconciled: no")
    }

    private func line(_ source: SourceSettings) -> Int? {
        root["sources"]?.mapping?.last { $0.key == source.name }?.value.line
    }
}
