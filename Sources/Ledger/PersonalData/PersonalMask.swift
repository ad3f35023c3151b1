public import JSON

/// Masks what may be personal, for readers that need the rest: every value whose member is not known to be non-personal,
/// because senders put names and addresses in places that no list of forbidden members would have.
public struct PersonalMask: Sendable {
    /// What is put in the place of a value.
    public static let mark = "[masked]"

    private let known: Set<String>

    /// - Parameter known: further members whose values are shown.
    public init(known: Set<String> = []) { self.known = known }

    /// The same value with masks. Keys, numbers of elements and the form stay.
    public func masked(_ value: JSONValue) -> JSONValue { masked(value, isShown: false, isLine: false) }

    private func masked(_ value: JSONValue, isShown: Bool, isLine: Bool) -> JSONValue {
        switch value {
        case .object(let object):
            var rest = JSONObject()
            for member in object.members {
                let isInside = isLine || BodyReduction.lines.contains(member.key)
                let isShown =
                    known.contains(member.key) || BodyReduction.values.contains(member.key)
                    || isInside && BodyReduction.lineValues.contains(member.key)
                rest[member.key] = masked(member.value, isShown: isShown, isLine: isInside)
            }
            return .object(rest)
        case .array(let elements): return .array(elements.map { masked($0, isShown: isShown, isLine: isLine) })
        case .null: return value
        case .string(let text): return isShown && !text.contains("@") ? value : .string(Self.mark)
        default: return isShown ? value : .string(Self.mark)
        }
    }
}
