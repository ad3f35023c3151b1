import JSON
public import Settings

extension Rule {
    /// Evaluates all conditions, without flags and `event.verified`: false when one does not hold, else unknown when
    /// one is undecided, else true. What an event changes is known of stored events only.
    public func evaluate(_ subject: RuleSubject) -> Truth {
        var unknown: Truth?
        for conditions in [conditions, becomes] {
            for condition in conditions {
                switch condition.evaluate(subject) {
                case .true: continue
                case .false(let reason): return .false(reason)
                case .unknown(let reason): unknown = unknown ?? .unknown(reason)
                }
            }
        }
        if let change = subject.change {
            if let reason = objection(to: change, subject) { return .false(reason) }
        } else if let path = changed.first ?? becomes.first?.path {
            unknown = unknown ?? .unknown(Truth.Reason(path: path, kind: .changeUnknown))
        }
        return unknown ?? .true
    }
}

extension Condition {
    /// Evaluates all tests on the field's value; see `Rule.evaluate(_:)`.
    public func evaluate(_ subject: RuleSubject) -> Truth {
        // A reconciled record stands for several events: one of their types must hold.
        if path.steps == ["type"], subject.types.count > 1 {
            let isHeld = subject.types.contains { type in tests.allSatisfy { $0.holds(for: .string(type)) == true } }
            if isHeld { return .true }
            let types = JSONValue.string(subject.types.joined(separator: ", "))
            return .false(Truth.Reason(path: path, kind: .differs(types)))
        }
        switch subject.find(path) {
        case .missing: return .unknown(Truth.Reason(path: path, kind: .missing))
        case .noRecord: return .false(Truth.Reason(path: path, kind: .noRecord))
        case .value(let value):
            var isComparable = true
            for test in tests {
                switch test.holds(for: value) {
                case true?: continue
                case false?: return .false(Truth.Reason(path: path, kind: .differs(value)))
                case nil: isComparable = false
                }
            }
            return isComparable ? .true : .unknown(Truth.Reason(path: path, kind: .notComparable(value)))
        }
    }
}
