import Webhooks

/// A stored request as the text of an HTTP/1.1 message (RFC 9112): the form in which an export keeps it.
///
/// The header fields are those that are stored, so the text has no credentials.
struct RequestText: Sendable, Hashable {
    let method, path, query: String
    let headers: HeaderFields
    let body: [UInt8]

    private static let version = " HTTP/1.1"
    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    init(_ delivery: Delivery) {
        method = delivery.method
        path = delivery.path
        query = delivery.query
        headers = delivery.headers
        body = delivery.body
    }

    /// The message.
    var bytes: [UInt8] {
        var text = Array("\(method) \(path)\(query.isEmpty ? "" : "?")\(query)\(Self.version)".utf8) + Self.lineEnd
        for field in headers.fields { text += Array("\(field.name): \(field.value)".utf8) + Self.lineEnd }
        return text + Self.lineEnd + body
    }

    /// Reads a message; the body is everything after the empty line.
    /// - Returns: nil for bytes that are not of that form.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard let first = Self.line(&rest), first.hasSuffix(Self.version), let space = first.firstIndex(of: " ") else {
            return nil
        }
        method = String(first[..<space])
        let target = first[first.index(after: space)...].dropLast(Self.version.count)
        guard !method.isEmpty, target.hasPrefix("/") else { return nil }
        let mark = target.firstIndex(of: "?")
        path = String(target[..<(mark ?? target.endIndex)])
        query = mark.map { String(target[target.index(after: $0)...]) } ?? ""
        var fields: [(name: String, value: String)] = []
        while true {
            guard let line = Self.line(&rest) else { return nil }
            if line.isEmpty { break }
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let value = line[line.index(after: colon)...]
            fields.append((String(line[..<colon]), String(value.hasPrefix(" ") ? value.dropFirst() : value)))
        }
        headers = HeaderFields(fields)
        body = Array(rest)
    }

    /// The next line, without its end.
    private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.firstIndex(of: lineEnd[1]), end > rest.startIndex, rest[end - 1] == lineEnd[0] else {
            return nil
        }
        defer { rest = rest[(end + 1)...] }
        return String(validating: rest[..<(end - 1)], as: UTF8.self)
    }

    /// A delivery of this request.
    func delivery(requestID: String, receivedAt: Timestamp, remoteAddress: String) -> Delivery {
        Delivery(
            requestID: requestID, receivedAt: receivedAt, method: method, host: headers["host"] ?? "localhost",
            path: path, query: query, headers: headers, body: body, remoteAddress: remoteAddress)
    }
}
