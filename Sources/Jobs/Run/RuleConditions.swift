public import Rules
public import Settings

/// Asks the rule that made a job again, on the order as its row stands now: what the event left open is settled here,
/// and what has changed since counts.
public struct RuleConditions: ConditionCheck {
    private let rules: [String: Rule]
    private let flags: Flags

    /// The rules and flags of the configuration.
    public init(_ settings: Settings) {
        rules = Dictionary(settings.rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        flags = settings.flags
    }

    /// Why the job is to be skipped: its rule is gone or switched off, or does not hold for certain any more.
    public func objection(to subject: JobSubject) -> String? {
        // An alert is no rule's.
        if subject.job.note != nil { return nil }
        guard let rule = rules[subject.job.rule] else {
            return "the configuration has no rule \(subject.job.rule) any more"
        }
        if let flag = rule.flags.first(where: { !flags.isOn($0) }) {
            return "the rule \(rule.name) is switched off: the flag \(flag) is not set"
        }
        // What a shared job does is about all of its events, not only about the one that is its subject.
        if subject.job.kind == "knowledge_base" { return nil }
        return rule.evaluate(RuleSubject(subject)).reason?.description
    }
}

extension RuleSubject {
    /// What rules can see of a job's event and of its record as it is now.
    public init(_ subject: JobSubject) {
        let event = subject.event
        let order = subject.order.map { StoredRecord(id: $0.orderID, data: $0.fields, extra: $0.extra) }
        let other = subject.record.map { StoredRecord(kind: $0.kind, id: $0.id, data: $0.fields, extra: $0.extra) }
        self.init(
            EventColumns(
                source: event.source, provider: event.provider, type: event.type, providerType: event.providerType,
                subject: event.subject, shopID: event.shopID, origin: event.origin),
            record: order ?? other)
    }
}
