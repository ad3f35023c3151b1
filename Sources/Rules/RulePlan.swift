public import Settings
public import Webhooks

/// A job to create for an event.
public struct PlannedJob: Sendable, Hashable {
    /// The rule's name, by which the job finds it again before the action.
    public let rule: String
    /// The rule's place in the configuration, from 0.
    public let ruleIndex: Int
    /// The action's name.
    public let action: String
    /// The action's kind.
    public let kind: ActionKind
    /// How it is shared with other events; nil for a job of this event alone.
    public var share: JobShare?
    /// The index of the event's record that it is about.
    public var record = 0
    /// The most counted attempts.
    public var maxAttempts: Int

    /// A job of its own event, for the event's first record.
    package init(
        rule: String, ruleIndex: Int, action: String, kind: ActionKind, share: JobShare? = nil,
        maxAttempts: Int = RetryPolicy.standard.retries + 1
    ) {
        self.share = share
        self.maxAttempts = maxAttempts
        self.rule = rule
        self.ruleIndex = ruleIndex
        self.action = action
        self.kind = kind
    }
}

/// The result of the rules for one event: the jobs, and each rule's reason.
///
/// A rule makes its jobs unless the event itself contradicts it. Undecided conditions are decided just before the
/// action, on the order as it is then. A rule that cannot be evaluated therefore makes its jobs too.
public struct RulePlan: Sendable {
    /// The outcome of one rule.
    public struct Verdict: Sendable, Hashable, CustomStringConvertible {
        /// The outcomes.
        public enum Outcome: Sendable, Hashable {
            /// Its conditions were evaluated.
            case evaluated(Truth)
            /// It is off, because this flag is.
            case switchedOff(flag: String)
            /// It does not take events with this trust, with the reason.
            case untaken(String)
        }

        /// The rule's name.
        public let rule: String
        /// Its outcome.
        public let outcome: Outcome

        /// Whether the event makes the rule's jobs.
        public var makesJobs: Bool {
            switch outcome {
            case .evaluated(.true), .evaluated(.unknown): true
            case .evaluated(.false), .switchedOff, .untaken: false
            }
        }

        /// One phrase, such as `print does not hold: order.status is "UNPAID"`.
        public var description: String {
            switch outcome {
            case .evaluated(.true): "\(rule) holds"
            case .evaluated(.false(let reason)): "\(rule) does not hold: \(reason)"
            case .evaluated(.unknown(let reason)): "\(rule) is decided just before the action: \(reason)"
            case .switchedOff(let flag): "\(rule) is off: the flag \(flag) is not set"
            case .untaken(let reason): "\(rule) does not hold: \(reason)"
            }
        }
    }

    /// The jobs, in the order of the rules and of their actions.
    public let jobs: [PlannedJob]
    /// One verdict a rule, in their order.
    public let verdicts: [Verdict]

    /// Plans the jobs of an event of that source: those of its first record, then those of each further one.
    /// - Parameters:
    ///   - origin: how it reaches the ledger, as `events.origin` has it.
    ///   - trust: whether the event counts as verified.
    public init(
        _ event: Event, source: String, origin: String = "delivery", settings: Settings, trust: EventTrust = .verified
    ) {
        let isOpen = trust == .unverified && settings.demandsNothing(source, of: event.provider)
        var jobs: [PlannedJob] = []
        let subject = RuleSubject(event, source: source, origin: origin)
        var verdicts: [Verdict] = []
        // A loop and no closure: that would copy the settings.
        for rule in settings.rules {
            let outcome: Verdict.Outcome =
                origin == "reconciled" && !rule.reconciled
                ? .untaken("it was found by a reconciliation, but the rule says reconciled: no")
                : rule.takes(trust, fromOpenSource: isOpen)
                    ? Self.outcome(rule, subject, settings.flags) : .untaken(rule.trustObjection)
            verdicts.append(Verdict(rule: rule.name, outcome: outcome))
            guard verdicts[verdicts.count - 1].makesJobs else { continue }
            for name in rule.actions {
                guard let action = settings.action(named: name), action.isSwitchedOn(settings.flags) else { continue }
                jobs.append(
                    PlannedJob(
                        rule: rule.name, ruleIndex: rule.index, action: name, kind: action.kind,
                        share: JobShare(action, event, source: source),
                        maxAttempts: action.retry.retries + 1))
            }
        }
        self.verdicts = verdicts
        for (place, record) in event.furtherRecords.prefix(Event.mostRecords - 1).enumerated() {
            var about = event
            about.record = record
            about.furtherRecords = []
            jobs += RulePlan(about, source: source, origin: origin, settings: settings, trust: trust).jobs.map { job in
                var job = job
                job.record = place + 1
                return job
            }
        }
        self.jobs = jobs
    }

    private static func outcome(_ rule: Rule, _ subject: RuleSubject, _ flags: Flags) -> Verdict.Outcome {
        if let flag = rule.flags.first(where: { !flags.isOn($0) }) { return .switchedOff(flag: flag) }
        return .evaluated(rule.evaluate(subject))
    }

    /// The rules that could not be evaluated on this event because of a mistake in them, for the log.
    public var failures: [Verdict] {
        verdicts.filter { verdict in
            guard case .evaluated(.unknown(let reason)) = verdict.outcome, case .notComparable = reason.kind else {
                return false
            }
            return true
        }
    }
}
