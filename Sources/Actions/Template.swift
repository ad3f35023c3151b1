import JSON
import Jobs
import Rules
import Webhooks

/// Text with placeholders such as `{order.order_id}`, filled from a job's event and order.
///
/// Paths are those of rules: `source`, `provider`, `type`, `provider_type`, `subject`, `shop_id`, `event.id`,
/// `order.<field>`, `order.extra.<field>`, and the same of `product`, `customer` and `comment`; positions in lists count
/// from 0; `payload.<path>` is a member of the event's own body. `{{` is a brace. A field that is not there becomes
/// `(unknown)`.
struct Template: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case field([String])
    }

    private let pieces: [Piece]
    static let unknown = "(unknown)"

    /// Whether it asks for the event's body.
    var needsBody: Bool {
        pieces.contains { if case .field(let path) = $0 { path.first == "payload" } else { false } }
    }

    /// Whether it asks for more of an order than its id.
    var needsFields: Bool {
        pieces.contains {
            guard case .field(let path) = $0, path.first == "order" else { return false }
            return !Self.isID(path.dropFirst())
        }
    }

    init(_ text: String) {
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "{", rest.first == "{" {
                rest.removeFirst()
                plain.append("{")
            } else if character == "{", let end = rest.firstIndex(of: "}") {
                pieces.append(.text(plain))
                plain = ""
                let path = rest[..<end].trimmed
                pieces.append(.field(path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)))
                rest = rest[rest.index(after: end)...]
            } else {
                plain.append(character)
            }
        }
        self.pieces = pieces + [.text(plain)]
    }

    /// The text for a job.
    ///
    /// - Parameters:
    ///   - more: further placeholders by name, escaped already.
    ///   - missing: stands for a field that is not there.
    ///   - escape: applied to what is filled in, not to the template's own text.
    func text(
        for subject: JobSubject, more: [String: String] = [:], missing: String = unknown, escape: (String) -> String
    ) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .field(let path):
                more[path.joined(separator: ".")] ?? escape(Self.value(path, subject) ?? missing)
            }
        }.joined()
    }

    /// The text for a job, as the name of something: each field must be there and not be empty, or things that differ
    /// would have one name.
    /// - Parameter escape: applied to what is filled in.
    func name(of subject: JobSubject, escape: (String) -> String = { $0 }) throws(Missing) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .field(let path):
                guard let value = Self.value(path, subject), value.contains(where: { !$0.isWhitespace }) else {
                    throw Missing(placeholder: "{\(path.joined(separator: "."))}")
                }
                text += escape(value)
            }
        }
        return text
    }

    /// A field that is not there.
    struct Missing: Error, Hashable {
        /// As the template has it, with its braces.
        let placeholder: String
    }

    private static func value(_ path: [String], _ subject: JobSubject) -> String? {
        let event = subject.event
        switch path.first {
        case "source" where path.count == 1: return event.source
        case "provider" where path.count == 1: return event.provider
        case "type" where path.count == 1: return event.type
        case "provider_type" where path.count == 1: return event.providerType
        case "subject" where path.count == 1: return event.subject
        case "shop_id" where path.count == 1: return event.shopID
        case "event" where path == ["event", "id"]: return String(event.id)
        case "payload":
            return (try? JSONValue(parsing: event.body)).flatMap { text(at: path.dropFirst(), in: $0) }
        case "order": return subject.order.flatMap { field(path.dropFirst(), $0.id, $0.fields, $0.extra) }
        case let kind? where kind == subject.record?.kind.rawValue:
            return subject.record.flatMap { field(path.dropFirst(), $0.id, $0.fields, $0.extra) }
        default: return nil
        }
    }

    private static func isID(_ path: ArraySlice<String>) -> Bool { path == ["id"] || path == ["order_id"] }

    private static func field(
        _ path: ArraySlice<String>, _ id: String, _ fields: JSONObject, _ extra: JSONObject
    ) -> String? {
        if isID(path) { return id }
        var steps = path
        var value = JSONValue.object(fields)
        if steps.first == "extra" {
            steps = steps.dropFirst()
            value = .object(extra)
        }
        return text(at: steps, in: value)
    }

    private static func text(at steps: ArraySlice<String>, in value: JSONValue) -> String? {
        var value = value
        for step in steps {
            if let index = Int(step), let elements = value.array {
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            } else {
                guard let child = value[step] else { return nil }
                value = child
            }
        }
        switch value {
        case .null: return nil
        case .string(let text): return text
        default: return value.text
        }
    }
}
