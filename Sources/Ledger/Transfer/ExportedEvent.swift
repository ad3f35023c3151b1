import JSON
import Verification
import Webhooks

/// What an export says of one event: a line of its index. The request is in a file beside it.
struct ExportedEvent: Sendable, Hashable {
    /// Its file, below the folder.
    let file: String
    let sha256: String
    let bytes: Int64
    let id: Int64
    let source, provider, type: String
    let origin: String
    let verdict: Verdict
    let requestID, remoteAddress: String
    /// When the delivery was first received.
    let receivedAt: Timestamp
    let occurredAt: Timestamp?
    /// Whether personal data was removed from its body.
    let isReduced: Bool

    var json: JSONValue {
        var object = JSONObject()
        object["file"] = .string(file)
        object["sha256"] = .string(sha256)
        object["bytes"] = .number(JSONNumber(bytes))
        object["id"] = .number(JSONNumber(id))
        object["source"] = .string(source)
        object["provider"] = .string(provider)
        object["type"] = .string(type)
        object["origin"] = .string(origin)
        object["verdict"] = .string(verdict.strength.rawValue)
        object["scheme"] = .string(verdict.scheme)
        object["key_id"] = verdict.keyID.map(JSONValue.string) ?? .null
        object["request_id"] = .string(requestID)
        object["remote_addr"] = .string(remoteAddress)
        object["received_at"] = .string(receivedAt.inMicroseconds)
        object["occurred_at"] = occurredAt.map { .string($0.inMicroseconds) } ?? .null
        object["redacted"] = .bool(isReduced)
        return .object(object)
    }

    /// - Returns: nil if a part is missing or wrong.
    init?(_ json: JSONValue) {
        func text(_ name: String) -> String? { json[name]?.string }
        guard let file = text("file"), let sha256 = text("sha256"), let bytes = json["bytes"]?.integer,
            let id = json["id"]?.integer, let source = text("source"), let provider = text("provider"),
            let type = text("type"), let origin = text("origin").flatMap(Recordable.Origin.init),
            let strength = text("verdict").flatMap(Verdict.Strength.init), let scheme = text("scheme"),
            let requestID = text("request_id"), let remoteAddress = text("remote_addr"),
            let receivedAt = text("received_at").flatMap({ Timestamp(rfc3339: $0) }),
            let isReduced = json["redacted"]?.bool
        else { return nil }
        self.file = file
        self.sha256 = sha256
        self.bytes = bytes
        self.id = id
        self.source = source
        self.provider = provider
        self.type = type
        self.origin = origin.rawValue
        verdict = Verdict(strength: strength, scheme: scheme, keyID: text("key_id"))
        self.requestID = requestID
        self.remoteAddress = remoteAddress
        self.receivedAt = receivedAt
        occurredAt = text("occurred_at").flatMap { Timestamp(rfc3339: $0) }
        self.isReduced = isReduced
    }

    init(_ event: StoredEvent, file: String, sha256: String, bytes: Int) {
        let delivery = event.verified.delivery
        self.file = file
        self.sha256 = sha256
        self.bytes = Int64(bytes)
        id = event.id
        source = event.source
        provider = event.provider
        type = event.type
        origin = event.origin
        verdict = event.verified.verdict
        requestID = delivery.requestID
        remoteAddress = delivery.remoteAddress
        receivedAt = event.firstReceivedAt ?? delivery.receivedAt
        occurredAt = event.occurredAt.map(Timestamp.init(microseconds:))
        isReduced = event.keptKey != nil
    }
}

extension Timestamp {
    /// RFC 3339 with microseconds, so that nothing of a stored time is lost.
    var inMicroseconds: String {
        let rest = String(1000 + (microseconds % 1000 + 1000) % 1000).dropFirst()
        return "\(rfc3339.dropLast())\(rest)Z"
    }
}
