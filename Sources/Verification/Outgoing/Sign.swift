public import Crypto
public import Webhooks

extension Scheme {
    /// Signs a request, such as a post of our own.
    /// - Parameters:
    ///   - draft: the request, with the headers that the scheme signs (Standard Webhooks: `webhook-id`).
    ///   - secret: its validity window is ignored. For a scheme of public keys, the private one.
    ///   - credentials: static credentials that the scheme signs.
    ///   - now: the time of signing.
    /// - Returns: the header fields to add: signature and time. Those that are part of the signature are in the draft.
    /// - Throws: `SigningError` when a part is missing, or the scheme changes more than headers: see `signed`.
    public func sign(
        _ draft: Draft, secret: SigningSecret, credentials: [String: SecretBytes] = [:], now: Timestamp
    ) throws(SigningError) -> [HeaderFields.Field] {
        let signed = try signed(draft, secret: secret, credentials: credentials, now: now)
        guard signed.body == draft.body, signed.url == draft.url else { throw .signatureInBody }
        return Array(signed.headers.fields.dropFirst(draft.headers.fields.count))
    }

    /// Signs a whole request, such as a sample delivery: if the scheme's signature is in the body or the URL, it
    /// changes that. The other parameters are those of `sign`.
    /// - Returns: the request as the provider would send it.
    public func signed(
        _ draft: Draft, secret: SigningSecret, credentials: [String: SecretBytes] = [:], now: Timestamp
    ) throws(SigningError) -> Draft {
        let form = form(of: RequestFields(draft, credentials: credentials), credentials: credentials)
        let signer = try form.signer(secret)
        let time = form.timestamp?.text(of: now)
        var draft = draft
        if case .header(let name) = form.timestamp?.place, let time { draft.headers.append(name: name, value: time) }
        if case .jsonField(let path) = form.timestamp?.place, let time { try draft.set(time, at: path) }
        var paths: [[String]] = [[]]
        var parts = [RequestFields(draft, credentials: credentials)]
        if let batch = form.batch {
            parts = parts[0].elements(at: batch)
            paths = parts.indices.map { batch + [String($0)] }
            guard !parts.isEmpty else { throw .noPlaceInBody }
        }
        for (part, path) in zip(parts, paths) {
            if let rule = form.rule {
                try draft.sign(rule, by: signer, keyID: secret.keyID, credentials: credentials, at: now)
                continue
            }
            let message = try form.message(of: part, time: time, credentials: credentials)
            let code = form.encoding.encode(try signer.code(of: message))
            try form.signature.put(
                form.signature.write(code, time: time, at: form.timestamp?.place), into: &draft, below: path,
                keyID: secret.keyID)
        }
        return draft
    }

    private func message(
        of request: RequestFields, time: String?, credentials: [String: SecretBytes]
    ) throws(SigningError) -> [[UInt8]] {
        for case .header(let name) in message where request.headers[name] == nil { throw .missingHeader(name) }
        for case .credential(let name) in message where credentials[name]?.isEmpty ?? true {
            throw .missingCredential(name)
        }
        guard let message = try? messages(of: request, timestamp: time, credentials: credentials).first else {
            throw .noPlaceInBody
        }
        return message
    }
}
