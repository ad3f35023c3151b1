import JSON
import Jobs
import Rules
import Settings
import Webhooks

/// The body that the action `http` posts when its shape is configured.
struct MappedBody {
    /// The most bytes of a body.
    static let mostBytes = 1 << 20

    /// Why there is no body.
    struct Fault: Error, Hashable {
        /// For people.
        let reason: String
    }

    private let mapping: BodyMapping

    init(_ mapping: BodyMapping) { self.mapping = mapping }

    /// Whether it asks for the event's own body.
    var needsBody: Bool { asks(for: "payload") { _ in true } }

    /// Whether it asks for more of a record than its id.
    var needsFields: Bool {
        ["order", "product", "customer", "comment"].contains { kind in
            asks(for: kind) { $0 != ["id"] }
        }
    }

    private func asks(for root: String, _ steps: (ArraySlice<String>) -> Bool) -> Bool {
        mapping.fields.contains {
            guard case .pointer(let pointer, _) = $0.content, pointer.steps.first == root else { return false }
            return steps(pointer.steps.dropFirst())
        }
    }

    /// The JSON of the body for an event. Numbers keep the digits in which they were written.
    /// - Parameters:
    ///   - order: its order, as the row is now.
    ///   - record: its product, customer or comment.
    func bytes(for event: JobEvent, order: StoredRecord?, record: StoredRecord?) throws(Fault) -> [UInt8] {
        let document = document(event, order, record)
        var body: JSONValue = .object(JSONObject())
        for field in mapping.fields {
            guard let value = try value(of: field, in: document) else { continue }
            // The configuration was checked: no place is inside another.
            _ = body.set(value, at: field.place.steps)
        }
        let bytes = body.serialized()
        guard bytes.count <= Self.mostBytes else {
            throw Fault(reason: "its body would have \(bytes.count) bytes; the most are \(Self.mostBytes)")
        }
        return bytes
    }

    private func value(of field: BodyMapping.Field, in document: JSONValue) throws(Fault) -> JSONValue? {
        switch field.content {
        case .text(let text): return .string(text)
        case .pointer(let pointer, let missing):
            if let found = pointer.value(in: document) { return found }
            switch missing {
            case .omit: return nil
            case .null: return .null
            case .bury: throw Fault(reason: "its body needs \(pointer), and the event has none")
            }
        }
    }

    /// What the pointers point into: the event, its record as the row is now, and its own body if that is JSON.
    private func document(_ event: JobEvent, _ order: StoredRecord?, _ record: StoredRecord?) -> JSONValue {
        var document = JSONObject()
        document["event"] = Self.event(event)
        if let order { document["order"] = Self.record(order) }
        if let record, record.kind != .order { document[record.kind.rawValue] = Self.record(record) }
        if needsBody, let payload = try? JSONValue(parsing: event.body) { document["payload"] = payload }
        return .object(document)
    }

    private static func event(_ event: JobEvent) -> JSONValue {
        var object = JSONObject()
        // Ids are text: many JSON readers lose digits above 2^53.
        object["id"] = .string(String(event.id))
        object["source"] = .string(event.source)
        object["provider"] = .string(event.provider)
        object["provider_type"] = .string(event.providerType)
        object["type"] = .string(event.type)
        object["subject"] = event.subject.map(JSONValue.string)
        object["shop_id"] = event.shopID.map(JSONValue.string)
        object["occurred_at"] = event.occurredAt.map { .string($0.rfc3339) }
        object["received_at"] = .string(event.receivedAt.rfc3339)
        return .object(object)
    }

    private static func record(_ record: StoredRecord) -> JSONValue {
        var object = record.fields
        object["id"] = .string(record.id)
        object["extra"] = .object(record.extra)
        return .object(object)
    }
}
