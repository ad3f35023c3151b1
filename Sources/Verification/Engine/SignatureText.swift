import Webhooks

/// The text in which signatures (and perhaps the time) stand, taken apart.
struct SignatureText {
    /// The signatures as written, their prefix taken off; those that lack a required prefix are left out.
    var signatures: [Substring] = []
    /// The values of the timestamp that stand beside them.
    var timestamps: [Substring] = []

    /// - Returns: nil when the delivery has no such text at all.
    init?(of draft: Draft, scheme: Scheme, body: BodyFields) {
        let texts = scheme.signature.texts(in: draft, body: body)
        if texts.isEmpty { return nil }
        for text in texts { read(text[...], scheme) }
    }

    private mutating func read(_ text: Substring, _ scheme: Scheme) {
        switch scheme.signature.format {
        case .plain: add(trimmed(text), scheme)
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
        }
    }

    private func split(_ text: Substring, _ separator: Character) -> [Substring] {
        text.split(separator: separator, omittingEmptySubsequences: false).map(trimmed)
    }

    private func trimmed(_ text: Substring) -> Substring {
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character.isNewline }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }
}

extension SignatureLocation {
    /// The texts in which signatures stand.
    fileprivate func texts(in draft: Draft, body: BodyFields) -> [String] {
        switch place {
        case .headers(let names):
            for name in names { if let value = draft.headers[name] { return [value] } }
            return []
        case .numberedHeaders: return headerNames.compactMap { draft.headers[$0] }
        case .jsonField(let path): return body.json(at: path).map { [$0] } ?? []
        }
    }
}
