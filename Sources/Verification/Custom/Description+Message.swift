import JSON

extension DescriptionReader {
    private static let words: [String: MessagePart] = [
        "body": .body, "timestamp": .timestamp, "url": .url, "method": .method, "form": .sortedFormFields,
    ]

    /// The parts that are signed.
    func message(algorithm: Scheme.Algorithm, hasTimestamp: Bool) -> [MessagePart] {
        guard let value = self["message"] else {
            if algorithm == .sharedSecret { return [] }
            if hasTimestamp { report(["timestamp"], Self.unsigned) }
            return [.body]
        }
        guard let elements = value.array, !elements.isEmpty else {
            report(["message"], "must be a list of parts, such as [timestamp, \".\", body]")
            return []
        }
        let parts = elements.enumerated().compactMap { part($1, at: ["message", String($0)]) }
        guard parts.count == elements.count else { return parts }
        check(parts, algorithm, hasTimestamp)
        return parts
    }

    private func part(_ value: JSONValue, at path: [String]) -> MessagePart? {
        if value.object != nil {
            guard let (key, text) = single(value, at: path, of: ["literal", "header", "credential", "json_field"])
            else { return nil }
            switch key {
            case "literal": return .literal(text)
            case "header": return headerName(text, at: path).map(MessagePart.header)
            case "credential": return .credential(text)
            default: return .jsonField(Self.steps(text))
            }
        }
        guard let text = text(value, at: path) else { return nil }
        if let part = Self.words[text] { return part }
        guard !text.contains(where: { $0.isLetter || $0.isNumber }) else {
            report(
                path,
                "must be one of \(Self.words.keys.sorted().joined(separator: ", ")), or for the text itself { literal: … }"
            )
            return nil
        }
        return .literal(text)
    }

    private func check(_ parts: [MessagePart], _ algorithm: Scheme.Algorithm, _ hasTimestamp: Bool) {
        if hasTimestamp, !parts.contains(.timestamp) { report(["timestamp"], Self.unsigned) }
        if parts.contains(.timestamp), !hasTimestamp {
            report(["message"], "has a timestamp: name its place with `timestamp`")
        }
        let coversBody = parts.contains { part in
            switch part {
            case .body, .sortedFormFields, .jsonField: true
            default: false
            }
        }
        if algorithm == .sharedSecret {
            if coversBody || parts.contains(.url) {
                report(["message"], "must be the text before the secret, not the request: this algorithm signs nothing")
            }
        } else if !coversBody {
            report(["message"], "must have body, form or a json_field: otherwise anybody could change the body")
        }
    }

    private static let unsigned = "is not part of the message, so anybody could change it: add timestamp there"
}
