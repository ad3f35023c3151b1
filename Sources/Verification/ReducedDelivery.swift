import JSON
import Webhooks

/// Credentials in bodies, and their replacement.
public enum BodyCredentials {
    /// The replacement of a credential.
    public static let replacement = "[removed]"

    /// The body with the values of those members replaced, at any depth.
    /// - Returns: nil if there is nothing to replace, so that the bytes stay unchanged.
    public static func removed(from body: [UInt8], names: Set<String>) -> [UInt8]? {
        guard !names.isEmpty, let value = try? JSONValue.repaired(parsing: body).value else { return nil }
        var count = 0
        let reduced = value.removing(names, &count)
        return count > 0 ? reduced.serialized() : nil
    }
}

extension VerifiedDelivery {
    /// The same delivery with the same verdict, without the credentials of its body. Nothing else changes, so the
    /// verdict stays true of the rest.
    /// - Returns: nil when there are none.
    public func removingCredentials(_ names: Set<String>) -> VerifiedDelivery? {
        guard let body = BodyCredentials.removed(from: delivery.body, names: names) else { return nil }
        var kept = delivery
        kept.body = body
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
                rest[member.key] = .string(BodyCredentials.replacement)
                count += 1
            }
            return .object(rest)
        case .array(let elements): return .array(elements.map { $0.removing(names, &count) })
        default: return self
        }
    }

    /// Whether there is something to remove: not null, not "", and not removed already.
    private var isCredential: Bool {
        self != .null && self != "" && self != .string(BodyCredentials.replacement)
    }
}
