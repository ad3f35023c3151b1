public import JSON
import Settings
import Webhooks

/// What an event changed in its record: the columns `disposition` and `changes` of the table `events`.
///
/// An event that created the record changed all of its fields; one without newer values changed nothing.
public struct EventChange: Sendable, Hashable {
    private let isCreation: Bool
    private let changes: JSONObject

    /// - Parameters:
    ///   - disposition: `created`, `applied`, `stale` or `stored`.
    ///   - changes: `{field: [old, new]}`, or `{field: value}` for an event that created the record.
    public init(disposition: String, changes: JSONObject) {
        isCreation = disposition == "created"
        self.changes = isCreation || disposition == "applied" ? changes : JSONObject()
    }

    /// Whether it created the record.
    var madeRecord: Bool { isCreation }

    /// A field's value before and after; nil if the event has not changed it.
    func values(_ path: FieldPath) -> (old: JSONValue, new: JSONValue)? {
        var steps = path.steps.dropFirst()
        guard var key = steps.popFirst() else { return nil }
        if key == "extra" {
            guard let name = steps.popFirst() else { return nil }
            key = "extra." + name
        }
        guard let change = changes[key] ?? (key == "refunded_amount" ? singleRefund : nil) else { return nil }
        let (old, new) = isCreation ? (.null, change) : (change.array?.first ?? .null, change.array?.last ?? .null)
        let pair = (old: RuleSubject.descend(old, steps), new: RuleSubject.descend(new, steps))
        return pair.old == pair.new ? nil : pair
    }

    /// A single refund changes the sum, even if its amount equals the previous one.
    private var singleRefund: JSONValue? {
        changes.members.first { $0.key.hasPrefix("extra." + Order.singleRefunds) }?.value
    }
}

extension Rule {
    /// Why the event did not make the rule hold, or changed none of the rule's fields; nil if it did.
    /// - Parameters:
    ///   - change: its changes.
    ///   - subject: the record as it is now, for the fields that it left as they were.
    func objection(to change: EventChange, _ subject: RuleSubject) -> Truth.Reason? {
        if let first = changed.first, !changed.contains(where: { change.values($0) != nil }) {
            return Truth.Reason(path: first, kind: .notChanged)
        }
        guard let first = becomes.first else { return nil }
        var madeTrue = change.madeRecord
        for condition in becomes {
            guard let values = change.values(condition.path) else {
                if let reason = condition.evaluate(subject).reason { return reason }
                continue
            }
            guard condition.fits(values.new) else {
                return Truth.Reason(path: condition.path, kind: .differed)
            }
            if !condition.fits(values.old) { madeTrue = true }
        }
        return madeTrue ? nil : Truth.Reason(path: first.path, kind: .heldBefore)
    }
}

extension Condition {
    fileprivate func fits(_ value: JSONValue) -> Bool { tests.allSatisfy { $0.holds(for: value) == true } }
}
