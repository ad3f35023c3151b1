import Crypto
public import Webhooks

extension Scheme {
    /// Verifies a delivery again by the keyed hash of its masked credential: it must match a secret that is valid at
    /// `now`.
    /// - Parameter hash: that of the credential as it was presented.
    /// - Throws: a refusal, as ``verify(_:keyring:policy:tolerance:now:)`` does; its reason names a hash of another
    ///   key.
    public func verify(
        _ delivery: Delivery, credential hash: CredentialHash, by key: CredentialKey, keyring: Keyring,
        tolerance: Int64? = nil, now: Timestamp
    ) throws(Refusal) -> VerifiedDelivery {
        for name in securityHeaders where delivery.headers.isRepeated(name) {
            throw Refusal(.repeatedHeader, "the header \(name) was sent more than once")
        }
        let request = RequestFields(delivery, credentials: keyring.credentials)
        let form = form(of: request, credentials: keyring.credentials)
        guard form.algorithm == .sharedSecret else {
            throw Refusal(.noSecretMatched, "the scheme \(name) has no credential that could have been hashed")
        }
        guard hash.keyID == key.id else {
            throw Refusal(
                .noSecretMatched,
                "the credential cannot be verified again: it was hashed with the key \(hash.keyID), this host has \(key.id)"
            )
        }
        let keys = try form.usableKeys(of: keyring, now: now)
        guard let text = SignatureText(of: request, scheme: form) else {
            throw Refusal(.missingSignature, "there is no \(form.signature.description)")
        }
        let timestampText = try form.timestampText(in: request, beside: text)
        let messages = try form.messages(of: request, timestamp: timestampText, credentials: keyring.credentials)
        var matched: String?
        for candidate in keys {
            for message in messages {
                guard let credential = form.credential((candidate, message)) else { continue }
                let isIt = constantTimeEquals(CredentialHash(of: credential, by: key).code, hash.code)
                if isIt, matched == nil { matched = candidate.id }
            }
        }
        guard let matched else {
            throw Refusal(
                .noSecretMatched, "none of \(keys.count) secrets matches the presented credential")
        }
        if let timestamp = form.timestamp, let timestampText {
            try timestamp.check(timestampText, tolerance: tolerance ?? timestamp.tolerance, now: now)
        }
        return VerifiedDelivery(
            delivery: delivery, verdict: Verdict(strength: .credential, scheme: name, keyID: matched))
    }

    /// The credential that a sender with this secret presents; nil if the scheme signs.
    func credential(_ match: Match) -> SecretBytes? {
        guard algorithm == .sharedSecret, case .secret(let secret) = match.key.key else { return nil }
        var bytes = Array(match.message.joined()) + secret.reveal()
        return SecretBytes(cleansing: &bytes)
    }
}
