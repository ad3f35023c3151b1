import Crypto
import JSON
import Webhooks

/// The parsed text with the signatures, and possibly the time.
struct SignatureText {
    /// The signatures as written, without their prefix; those without a required prefix are left out.
    var signatures: [Substring] = []
    /// The name of their key, if the sender gives it.
    var keyID: String?
    /// The values of the timestamp next to them.
    var timestamps: [Substring] = []
    /// What the signature covers, where it says so itself (RFC 9421).
    var message: MessageSignature?
    /// Why it is refused unread; nil for none.
    var fault: Refusal?

    /// The texts of a delivery of which one must be right: one for most schemes, one for each signature of RFC 9421; none
    /// when there is no text at all.
    static func alternatives(of request: RequestFields, scheme: Scheme) -> [SignatureText] {
        guard let rule = scheme.rule else {
            return SignatureText(of: request, scheme: scheme).map { [$0] } ?? []
        }
        return MessageSignatures.texts(in: request, scheme, rule)
    }

    init(fault: Refusal) { self.fault = fault }

    init(_ message: MessageSignature, code: String) {
        signatures = [code[...]]
        keyID = message.keyID
        timestamps = message.created.map { [$0[...]] } ?? []
        self.message = message
    }

    /// - Returns: nil when the delivery has no such text at all.
    init?(of request: RequestFields, scheme: Scheme) {
        let found = scheme.signature.texts(in: request)
        if found.texts.isEmpty { return nil }
        for text in found.texts { read(text[...], scheme) }
        keyID = found.keyID
    }

    private mutating func read(_ text: Substring, _ scheme: Scheme) {
        switch scheme.signature.format {
        case .plain: add(text.trimmed, scheme)
        case .several(let separator): for item in split(text, separator) { add(item, scheme) }
        case .pairs(let separator, let key):
            for item in split(text, separator) {
                guard let equals = item.firstIndex(of: "=") else { continue }
                let value = item[item.index(after: equals)...]
                if item[..<equals] == key { add(value, scheme) }
                if case .pair(key: String(item[..<equals])) = scheme.timestamp?.place { timestamps.append(value) }
            }
        case .versions(let version):
            for item in split(text, " ") {
                guard let comma = item.firstIndex(of: ","), item[..<comma] == version else { continue }
                add(item[item.index(after: comma)...], scheme)
            }
        case .positions(let separator, let from):
            for (position, item) in split(text, separator).enumerated() {
                if position >= from { add(item, scheme) }
                if case .position(position) = scheme.timestamp?.place { timestamps.append(item) }
            }
        }
    }

    private mutating func add(_ text: Substring, _ scheme: Scheme) {
        switch scheme.signature.prefix {
        case .none: signatures.append(text)
        case .required(let prefix): if text.hasPrefix(prefix) { signatures.append(text.dropFirst(prefix.count)) }
        case .optional(let prefix): signatures.append(text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text)
        case .word(let word):
            let rest = text.dropFirst(word.count)
            if text.lowercased().hasPrefix(word.lowercased() + " ") { signatures.append(rest.trimmed) }
        }
    }

    private func split(_ text: Substring, _ separator: Character) -> [Substring] {
        text.split(separator: separator, omittingEmptySubsequences: false).map(\.trimmed)
    }
}

extension SignatureLocation {
    /// The texts with signatures, and the name of their key if it is there, too.
    fileprivate func texts(in request: RequestFields) -> (texts: [String], keyID: String?) {
        let headers = request.headers
        switch place {
        case .headers(let names): return (names.lazy.compactMap { headers[$0] }.prefix(1).map(\.self), nil)
        case .numberedHeaders: return (headerNames.compactMap { headers[$0] }, nil)
        case .jsonField(let path): return ([request[.jsonField(path)]].compactMap(\.self), nil)
        case .query(let name): return ([request[.query(name)]].compactMap(\.self), nil)
        case .messageSignature: return ([], nil)
        case .encodedJSON(let header, let members):
            guard let text = headers[header] else { return ([], nil) }
            let json = Self.json(encoded: text, members)
            return ([json?["signature"]?.string ?? ""], json?["kid"]?.string)
        }
    }

    private static func json(encoded text: String, _ members: [String: String]) -> JSONValue? {
        guard let bytes = Base64.decode(text), let json = try? JSONValue(parsing: bytes),
            members.allSatisfy({ json[$0.key]?.string?.lowercased() == $0.value.lowercased() })
        else { return nil }
        return json
    }
}
