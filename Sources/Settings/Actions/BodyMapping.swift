public import JSON

/// The shape of a body that an action posts: each place of it, and what is put there.
public struct BodyMapping: Sendable, Hashable {
    /// What becomes of a field whose pointer finds nothing.
    public enum Missing: String, Sendable, CaseIterable {
        /// The field is left out.
        case omit
        /// The field is null.
        case null
        /// Nothing is sent: the job is a dead letter.
        case bury
    }

    /// What is put at a place.
    public enum Content: Sendable, Hashable {
        /// The value at a place of the event's document.
        case pointer(JSONPointer, missing: Missing)
        /// This text.
        case text(String)
    }

    /// One field of the body.
    public struct Field: Sendable, Hashable {
        /// Its place in the body; every step is a key.
        public let place: JSONPointer
        /// What is put there.
        public let content: Content
    }

    /// The first steps of pointers into the event's document.
    public static let roots = ["event", "order", "product", "customer", "comment", "payload"]

    /// The fields, in the order in which they are written.
    public let fields: [Field]
}

/// Reads a mapping: places of the body, each with a pointer, or with `from` and `missing`, or with `value`.
struct BodyMappingReader {
    let section: Section

    /// - Returns: nil after a report of all mistakes.
    func read() -> BodyMapping? {
        var fields: [BodyMapping.Field] = []
        var isWrong = section.all.isEmpty
        if isWrong { section.problems.error(section.line, "\(section.path) must have at least one field") }
        for entry in section.all {
            guard let place = JSONPointer(entry.key), !place.steps.isEmpty else {
                section.error(entry.key, "must be a place in the body such as /customer/name (RFC 6901)")
                isWrong = true
                continue
            }
            if let other = fields.first(where: { Self.collide($0.place, place) }) {
                section.error(entry.key, "cannot be beside \(other.place): one is inside the other")
                isWrong = true
                continue
            }
            guard let content = content(entry.key) else {
                isWrong = true
                continue
            }
            fields.append(BodyMapping.Field(place: place, content: content))
        }
        return isWrong ? nil : BodyMapping(fields: fields)
    }

    private static func collide(_ a: JSONPointer, _ b: JSONPointer) -> Bool {
        a.steps.starts(with: b.steps) || b.steps.starts(with: a.steps)
    }

    private func content(_ key: String) -> BodyMapping.Content? {
        guard section[key]?.mapping != nil else {
            return pointer(section, key).map { .pointer($0, missing: .omit) }
        }
        guard let field = section.section(key, keys: ["from", "missing", "value"]) else { return nil }
        if field.has("value") {
            guard !field.has("from"), !field.has("missing") else {
                section.error(key, "has either value, or from and missing")
                return nil
            }
            return field.text("value").map { .text($0) }
        }
        guard field.has("from") else {
            section.error(key, "must have from or value")
            return nil
        }
        guard let from = pointer(field, "from") else { return nil }
        if field["missing"] == nil, !field.has("missing") { return .pointer(from, missing: .omit) }
        // `missing: null` is YAML's null.
        if field["missing"] == nil { return .pointer(from, missing: .null) }
        return field.choice("missing", BodyMapping.Missing.self).map { .pointer(from, missing: $0) }
    }

    private func pointer(_ section: Section, _ key: String) -> JSONPointer? {
        guard let text = section.text(key) else { return nil }
        guard let pointer = JSONPointer(text), let root = pointer.steps.first else {
            section.error(key, "must be a JSON pointer such as /order/total (RFC 6901), not \(section.quoted(key))")
            return nil
        }
        guard BodyMapping.roots.contains(root) else {
            section.error(
                key,
                "must begin with one of \(BodyMapping.roots.map { "/" + $0 }.joined(separator: ", "))"
                    + Suggestion.phrase(for: root, among: BodyMapping.roots))
            return nil
        }
        return pointer
    }
}
