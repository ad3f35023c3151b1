import JSON
import Webhooks

extension VerifiedDelivery {
    /// What stands in the place of a credential that was in a body.
    public static let removedCredential = "[removed]"

    /// The same delivery with the same verdict, and a body in which the values of those members are replaced, at any
    /// depth. Nothing else of it changes, so that what was proven stays true of all that is left.
    /// - Returns: nil when there is nothing to replace, so that the bytes stay as they came.
    public func removingCredentials(_ names: Set<String>) -> VerifiedDelivery? {
        guard !names.isEmpty, let value = try? JSONValue(parsing: delivery.body) else { return nil }
        var count = 0
        let reduced = value.removing(names, &count)
        guard count > 0 else { return nil }
        var kept = delivery
        kept.body = reduced.serialized()
        return VerifiedDelivery(delivery: kept, verdict: verdict, signed: signed)
    }
}

extension JSONValue {
    fileprivate func removing(_ names: Set<String>, _ count: inout Int) -> JSONValue {
        switch self {
        case .object(let object):
            var rest = JSONObject()
            for member in object.members {
                guard names.contains(member.key), member.value.isCredential else {
                    rest[member.key] = member.value.removing(names, &count)
                    continue
                }
                rest[member.key] = .string(VerifiedDelivery.removedCredential)
                count += 1
            }
            return .object(rest)
        case .array(let elements): return .array(elements.map { $0.removing(names, &count) })
        default: return self
        }
    }

    /// Whether there is something to remove: null and "" say nothing, and what was removed is gone.
    private var isCredential: Bool {
        self != .null && self != "" && self != .string(VerifiedDelivery.removedCredential)
    }
}
