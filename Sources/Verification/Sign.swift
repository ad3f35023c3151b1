public import Crypto
public import Webhooks

/// Why a request could not be signed.
public enum SigningError: Error, Sendable, Hashable {
    /// The secret is empty, or not of the form that the scheme derives its key from.
    case unusableSecret(keyID: String)
    /// A credential that the scheme signs is missing or empty.
    case missingCredential(String)
    /// A header that the scheme signs is not among the request's.
    case missingHeader(String)
    /// The scheme's signature or time stands in the body, which signing does not change.
    case signatureInBody
}

extension Scheme {
    /// Signs a request, such as a sample delivery or a post of our own.
    /// - Parameters:
    ///   - draft: the request, with the headers that the scheme signs (Standard Webhooks: `webhook-id`).
    ///   - secret: whose validity window is not looked at.
    ///   - credentials: static credentials that the scheme signs.
    ///   - now: the time of signing.
    /// - Returns: the header fields to add: signature and time. Those that were signed already stand in the draft.
    /// - Throws: `SigningError` when a part is missing.
    public func sign(
        _ draft: Draft, secret: SigningSecret, credentials: [String: SecretBytes] = [:], now: Timestamp
    ) throws(SigningError) -> [HeaderFields.Field] {
        guard let key = key.key(from: secret.secret) else { throw .unusableSecret(keyID: secret.keyID) }
        for case .header(let name) in message where draft.headers[name] == nil { throw .missingHeader(name) }
        for name in credentialNames where credentials[name]?.isEmpty ?? true { throw .missingCredential(name) }
        let time = timestamp?.text(of: now)
        if case .jsonField = timestamp?.place { throw .signatureInBody }
        guard let header = signature.headerNames.first,
            let parts = try? message(
                of: draft, body: BodyFields(draft.body), timestamp: time, credentials: credentials)
        else { throw .signatureInBody }
        let code = encoding.encode(algorithm.code(of: parts, key: key))
        var fields: [HeaderFields.Field] = []
        if case .header(let name) = timestamp?.place, let time {
            fields.append(HeaderFields.Field(name: name, value: time))
        }
        fields.append(HeaderFields.Field(name: header, value: signature.write(code, time: time, at: timestamp?.place)))
        return fields
    }
}

extension SignatureLocation {
    /// The text in which one signature stands, with the time beside it where the scheme has it there.
    fileprivate func write(_ code: String, time: String?, at place: TimestampRule.Place?) -> String {
        let prefixed =
            switch prefix {
            case .none: code
            case .required(let prefix), .optional(let prefix): prefix + code
            }
        switch format {
        case .plain, .several: return prefixed
        case .versions(let version): return "\(version),\(prefixed)"
        case .pairs(let separator, let key):
            guard case .pair(let timeKey) = place, let time else { return "\(key)=\(prefixed)" }
            return "\(timeKey)=\(time)\(separator)\(key)=\(prefixed)"
        case .positions(let separator, let from):
            var items = Array(repeating: "", count: max(0, from)) + [prefixed]
            if case .position(let position) = place, items.indices.contains(position), let time {
                items[position] = time
            }
            return items.joined(separator: String(separator))
        }
    }
}
