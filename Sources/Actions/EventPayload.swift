import Crypto
import JSON
import Jobs
import Rules
import Webhooks

/// The body that the action `http` posts: type, timestamp and data, as Standard Webhooks has it. Made of the event
/// alone, which never changes, so that every attempt sends the same bytes.
enum EventPayload {
    static func json(_ subject: JobSubject) -> JSONValue {
        let event = subject.event
        if let text = subject.job.alert {
            return [
                "type": "hookledger.alert", "timestamp": .string(event.receivedAt.rfc3339),
                "data": ["message": .string(text), "event_id": .string(String(event.id))],
            ]
        }
        var data: JSONObject = JSONObject()
        // Ids are text: many JSON readers lose digits above 2^53.
        data["event_id"] = .string(String(event.id))
        data["source"] = .string(event.source)
        data["provider"] = .string(event.provider)
        data["provider_type"] = .string(event.providerType)
        data["subject"] = event.subject.map(JSONValue.string) ?? .null
        data["shop_id"] = event.shopID.map(JSONValue.string) ?? .null
        data["order_id"] = subject.order.map { .string($0.id) } ?? .null
        data["received_at"] = .string(event.receivedAt.rfc3339)
        if let payload = try? JSONValue(parsing: event.body) {
            data["payload"] = payload
        } else {
            data["payload_base64"] = .string(Base64.encode(event.body))
        }
        return [
            "type": .string(event.type),
            "timestamp": .string((event.occurredAt ?? event.receivedAt).rfc3339),
            "data": .object(data),
        ]
    }

    /// A message to a customer, for an inbox.
    static func json(_ message: WrittenMessage, _ kind: MessageOccasion.Kind, about subject: JobSubject) -> JSONValue {
        let event = subject.event
        return [
            "type": "message.created", "timestamp": .string(event.receivedAt.rfc3339),
            "data": [
                "message_id": .string(String(message.id)), "conversation_id": .string(String(message.conversation)),
                "customer_id": .string(message.customer), "kind": .string(kind.rawValue), "role": "assistant",
                "message_type": "text", "content": .string(message.content), "source": .string(event.source),
                "event_id": .string(String(event.id)),
                "order_id": subject.order.map { .string($0.id) } ?? .null,
            ],
        ]
    }
}
