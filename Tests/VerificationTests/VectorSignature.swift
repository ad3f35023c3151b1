import Crypto
import JSON
import Verification
import Webhooks

/// The signature of a valid case, wherever it stands.
extension Vector {
    /// The delivery with a text replaced in headers and body, and within what a header holds in base64.
    func replacing(_ old: String, with new: String) -> Delivery {
        var changed = delivery
        changed.body = Array(String(decoding: delivery.body, as: UTF8.self).replacing(old, with: new).utf8)
        changed.headers = HeaderFields(
            delivery.headers.fields.map { field in
                guard let inner = Self.encodedJSON(field.value) else {
                    return (name: field.name, value: field.value.replacing(old, with: new))
                }
                return (name: field.name, value: Base64.encode(Array(inner.text.replacing(old, with: new).utf8)))
            })
        return changed
    }

    /// The signature that is right: the one without which the case is refused.
    func rightSignature(_ scheme: Scheme) -> String? {
        // The first of these names is the signature's own.
        var texts = scheme.securityHeaders.compactMap { delivery.headers[$0] }.prefix(1).map { $0 }
        texts += texts.compactMap { Self.encodedJSON($0)?["signature"]?.string }
        if case .jsonField(let path) = scheme.signature.place, let body = try? JSONValue(parsing: delivery.body) {
            let whole = scheme.batch.map { $0 + ["0"] + path } ?? path
            if let text = body.value(at: whole)?.string { texts.append(text) }
        }
        let words = texts.flatMap { $0.split { " ,".contains($0) } }.map { word -> String in
            guard let equals = word.firstIndex(of: "="), word[..<equals].count < 8 else { return String(word) }
            return String(word[word.index(after: equals)...])
        }
        return words.first { word in
            guard word.count >= 27, Self.encodedJSON(word) == nil else { return false }
            let refusal = scheme.refusal(of: replacing(word, with: "none"), keyring, now: now)
            return refusal != nil && refusal != .malformedTimestamp
        }
    }

    /// Whether its secret is that of the sender, too.
    var canBeSigned: Bool {
        if case .hmac = Scheme.named(provider)?.algorithm { true } else { false }
    }

    /// Whether its signature may be over another spelling of its URL.
    var replacesURL: Bool { Scheme.named(provider)?.portMayDiffer ?? false }

    private static func encodedJSON(_ text: String) -> JSONValue? {
        Base64.decode(text).flatMap { try? JSONValue(parsing: $0) }.flatMap { $0.object == nil ? nil : $0 }
    }
}
