import Crypto
import JSON
import Webhooks

/// The exports of other tools that are read, in the forms that the tools publish (docs/transfer.md).
///
/// Each is one JSON array, one JSON object a line, or the answer of the tool's API with the list in it.
public enum ForeignExport: String, Sendable, CaseIterable {
    /// Requests or events of Hookdeck's API (`GET /requests?include=data`).
    case hookdeck
    /// Messages of Svix's API (`GET /api/v1/app/{app_id}/msg`).
    case svix
    /// Events of Convoy's API or of its backups (`events/*.json`, `*.jsonl`).
    case convoy
    /// Requests of webhook.site's API (`GET /token/{id}/requests`).
    case webhookSite = "webhook.site"

    /// The deliveries, received when the tool received them; a path that is empty is unknown.
    /// - Throws: ``TransferError`` with the number of the first entry that is not of that form.
    func deliveries(_ file: [UInt8]) throws(TransferError) -> [Delivery] {
        guard let entries = Self.entries(file) else {
            throw TransferError("the file is neither JSON nor JSON lines: of a compressed one give the content")
        }
        var deliveries: [Delivery] = []
        for (place, entry) in entries.enumerated() {
            guard let delivery = delivery(entry) else {
                throw TransferError("entry \(place + 1) is not of the form of \(rawValue): \(wanted)")
            }
            deliveries.append(delivery)
        }
        return deliveries
    }

    private var wanted: String {
        switch self {
        case .hookdeck: "it needs id, data with headers and body (include=data), and ingested_at or created_at"
        case .svix: "it needs id, eventType, timestamp and payload (with_content=true)"
        case .convoy: "it needs uid or id, created_at, and raw or data"
        case .webhookSite: "it needs uuid, created_at, method, headers, url and content"
        }
    }

    private func delivery(_ entry: JSONValue) -> Delivery? {
        switch self {
        case .hookdeck: Self.hookdeck(entry)
        case .svix: Self.svix(entry)
        case .convoy: Self.convoy(entry)
        case .webhookSite: Self.webhookSite(entry)
        }
    }

    /// The entries of a file; nil if it has neither form.
    private static func entries(_ file: [UInt8]) -> [JSONValue]? {
        if let whole = try? JSONValue(parsing: file) { return list(whole) }
        var entries: [JSONValue] = []
        for line in file.split(separator: UInt8(ascii: "\n")) where line.contains(where: { $0 > 0x20 }) {
            guard let entry = try? JSONValue(parsing: Array(line)) else { return nil }
            entries += list(entry)
        }
        return entries
    }

    /// An array, or the list in an answer of an API.
    private static func list(_ value: JSONValue) -> [JSONValue] {
        if let array = value.array { return array }
        return value["models"]?.array ?? value["data"]?["content"]?.array ?? value["data"]?.array ?? [value]
    }
}

extension ForeignExport {
    /// Its headers are an object of texts; its body is a text, or JSON that was parsed.
    private static func hookdeck(_ entry: JSONValue) -> Delivery? {
        guard let id = entry["id"]?.string, let data = entry["data"], let body = body(data["body"]),
            let time = time(entry["ingested_at"]) ?? time(entry["created_at"]), let headers = headers(data["headers"])
        else { return nil }
        let query = data["query"]?.string ?? ""
        return Delivery(
            requestID: "hookdeck:\(id)", receivedAt: time, method: data["method"]?.string ?? "POST",
            host: headers["host"] ?? "localhost", path: path(data["path"]?.string),
            query: query.hasPrefix("?") ? String(query.dropFirst()) : query, headers: headers, body: body)
    }

    /// A message has no request: its payload is the body, its id and time are the headers of Standard Webhooks.
    private static func svix(_ entry: JSONValue) -> Delivery? {
        guard let id = entry["id"]?.string, entry["eventType"]?.string != nil, let payload = entry["payload"],
            !payload.isNull, let time = time(entry["timestamp"])
        else { return nil }
        return Delivery(
            requestID: "svix:\(id)", receivedAt: time, path: "",
            headers: HeaderFields([
                ("content-type", "application/json"), ("webhook-id", id),
                ("webhook-timestamp", String(time.seconds)),
            ]), body: payload.serialized())
    }

    /// `raw` is the text of the request's body; `data` is JSON, or its bytes as Postgres writes them.
    private static func convoy(_ entry: JSONValue) -> Delivery? {
        guard let id = entry["uid"]?.string ?? entry["id"]?.string, let time = time(entry["created_at"]),
            let headers = headers(entry["headers"] ?? .null)
        else { return nil }
        var body: [UInt8]?
        if let raw = entry["raw"]?.string, !raw.isEmpty {
            body = Array(raw.utf8)
        } else if let hex = entry["data"]?.string, hex.hasPrefix("\\x") {
            body = Hex.decode(hex.dropFirst(2))
        } else if let data = entry["data"], !data.isNull {
            body = data.serialized()
        }
        guard let body else { return nil }
        return Delivery(
            requestID: "convoy:\(id)", receivedAt: time, host: headers["host"] ?? "localhost", path: "",
            query: entry["url_query_params"]?.string ?? "", headers: headers, body: body)
    }

    /// `content` is the body as received; e-mails and DNS requests are not webhooks.
    private static func webhookSite(_ entry: JSONValue) -> Delivery? {
        guard let id = entry["uuid"]?.string, ["web", nil].contains(entry["type"]?.string),
            let method = entry["method"]?.string, let content = entry["content"]?.string,
            let time = time(entry["created_at"]), let headers = headers(entry["headers"]),
            let url = entry["url"]?.string, let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://")
        else { return nil }
        let rest = url[colon...].dropFirst(3)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let mark = rest.firstIndex(of: "?")
        return Delivery(
            requestID: "webhook.site:\(id)", receivedAt: time, method: method,
            scheme: String(url[..<colon]), host: String(rest[..<slash]),
            path: path(String(rest[slash..<max(slash, mark ?? rest.endIndex)])),
            query: mark.map { String(rest[rest.index(after: $0)...]) } ?? "", headers: headers,
            body: Array(content.utf8), remoteAddress: entry["ip"]?.string ?? "")
    }

    private static func path(_ text: String?) -> String { text.map { $0.hasPrefix("/") ? $0 : "/" + $0 } ?? "" }

    private static func time(_ value: JSONValue?) -> Timestamp? { value?.string.flatMap { Timestamp(rfc3339: $0) } }

    private static func body(_ value: JSONValue?) -> [UInt8]? {
        guard let value, !value.isNull else { return nil }
        return value.string.map { Array($0.utf8) } ?? value.serialized()
    }

    /// An object whose values are texts, lists of texts or null; null for no headers.
    private static func headers(_ value: JSONValue?) -> HeaderFields? {
        guard let value else { return nil }
        if value.isNull { return HeaderFields() }
        guard let object = value.object else { return nil }
        var fields: [(name: String, value: String)] = []
        for member in object.members {
            for one in member.value.array ?? [member.value] where !one.isNull {
                guard let text = one.string else { return nil }
                fields.append((member.key, text))
            }
        }
        return HeaderFields(fields)
    }
}
