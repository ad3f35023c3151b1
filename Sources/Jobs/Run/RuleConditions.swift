import JSON
public import Rules
public import Settings

/// Asks the rule that made a job again, on the order as its row stands now: what the event left open is settled here,
/// and what has changed since counts.
public struct RuleConditions: ConditionCheck {
    private let settings: Settings
    private let rules: [String: Rule]

    /// The rules and flags of the configuration.
    public init(_ settings: Settings) {
        self.settings = settings
        rules = Dictionary(settings.rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the job's rule asks, and its effect's key.
    public func needs(of job: Job) -> SubjectNeeds {
        var needs: SubjectNeeds = []
        if case .rule(let name) = job.purpose, let rule = rules[name] {
            if rule.asksForChange { needs.insert(.change) }
            if rule.asksForRecord || rule.once == .status { needs.insert(.fields) }
        }
        if settings.kind(named: job.kind)?.waitsForCancelRequests == true { needs.insert(.fields) }
        return needs
    }

    /// What no verified event wrote is not seen by the jobs of a verified event, unless the rule says
    /// `event.verified: any`: a stranger must not seed an address that a signed event then uses.
    public func view(of subject: JobSubject) -> JobSubject {
        // A follow-up has no rule of its own: it sees no more than a rule that says nothing.
        let rule = rules[subject.job.rule]
        var subject = subject
        subject.once = rule?.once
        guard subject.event.trust == .verified, rule?.verification != .any else { return subject }
        subject.order = subject.order?.verified
        subject.record = subject.record?.verified
        return subject
    }

    /// Why the job is to be skipped: its rule is gone or switched off, or no longer holds for certain.
    public func objection(to subject: JobSubject) -> String? {
        guard case .rule(let name) = subject.job.purpose else { return nil }
        guard let rule = rules[name] else { return "the rule \(name) is no longer in the configuration" }
        if let flag = rule.flags.first(where: { !settings.flags.isOn($0) }) {
            return "the rule \(rule.name) is switched off: the flag \(flag) is not set"
        }
        let event = subject.event
        let isOpen = event.trust == .unverified && settings.demandsNothing(event.source, of: event.provider)
        if !rule.takes(event.trust, fromOpenSource: isOpen) { return rule.trustObjection }
        // A job that all events share is about all of them, not only about the one that is its subject.
        if case .action = kind(of: subject)?.sharing?.scope { return nil }
        return rule.evaluate(RuleSubject(subject)).reason?.description
    }

    /// An order whose buyer has asked to cancel is not printed until that is decided.
    public func hold(on subject: JobSubject) -> String? {
        guard kind(of: subject)?.waitsForCancelRequests == true, subject.order?.isCancelRequested == true,
            subject.job.releasedHold != HoldReason.cancelRequested
        else { return nil }
        return HoldReason.cancelRequested
    }

    /// The configured one: a job that was made while its action had a mistake does not know it.
    private func kind(of subject: JobSubject) -> ActionKind? {
        settings.action(named: subject.job.action)?.kind ?? settings.kind(named: subject.job.kind)
    }
}

/// What jobs are held for (`jobs.hold_reason`).
public enum HoldReason {
    /// The shop is not among those of its source.
    public static let shop = "shop"
    /// A mistake in the configuration disables its action.
    public static let disabledAction = "disabled_action"
    /// The buyer has asked to cancel the order.
    public static let cancelRequested = "cancel_requested"
    /// The API of the event's shop cannot be asked without a valid token.
    public static let token = "token"
}

extension StoredRecord {
    /// Whether the buyer has asked to cancel it and nothing is decided yet; as the function is_cancel_requested has it
    /// (sql/functions/11_holds.sql), which ends the hold.
    var isCancelRequested: Bool {
        let word: String? =
            switch fields["cancel_requested"] {
            case .bool(let bool): bool ? "true" : nil
            case .string(let text): text.lowercased()
            case .number(let number): number.text
            default: nil
            }
        guard let word, !Self.decided.contains(word) else { return false }
        return fields["status"]?.string?.lowercased().hasPrefix("cancel") != true
    }

    private static let decided: Set<String> = ["", "false", "no", "none", "declined", "rejected", "withdrawn"]
}

extension RuleSubject {
    /// What rules can see of a job's event and of its record as it is now.
    public init(_ subject: JobSubject) {
        let event = subject.event
        self.init(
            EventColumns(
                source: event.source, provider: event.provider, type: event.type, providerType: event.providerType,
                subject: event.subject, shopID: event.shopID, origin: event.origin),
            record: subject.order ?? subject.record, change: event.change)
    }
}
