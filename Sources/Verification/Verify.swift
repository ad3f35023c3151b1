import Crypto
public import Webhooks

extension Scheme {
    /// Verifies a delivery: any valid secret of the keyring may have made any of its signatures.
    ///
    /// The signature is checked before the time, so that `outsideTolerance` is only ever said of a genuine delivery.
    /// Signatures are compared as bytes of the digest's length, every pair, in constant time.
    /// - Parameters:
    ///   - keyring: the source's secrets and credentials.
    ///   - policy: what the source demands.
    ///   - tolerance: seconds by which the time of signing may differ from `now`; nil for the scheme's own.
    ///   - now: the present, or for a delivery that was kept aside the moment it was received.
    /// - Returns: the delivery with a verdict that names the secret that matched.
    /// - Throws: a refusal, whose reason is for the operator only.
    public func verify(
        _ delivery: Delivery, keyring: Keyring, policy: VerificationPolicy = .required, tolerance: Int64? = nil,
        now: Timestamp
    ) throws(Refusal) -> VerifiedDelivery {
        let unverified = Verdict(strength: .unverified, scheme: "none", keyID: nil)
        if policy == .none { return VerifiedDelivery(delivery: delivery, verdict: unverified) }
        for name in securityHeaders where delivery.headers.isRepeated(name) {
            throw Refusal(.repeatedHeader, "the header \(name) came more than once")
        }
        let draft = Draft(delivery)
        let body = BodyFields(delivery.body)
        let text = SignatureText(of: draft, scheme: self, body: body)
        if text == nil, policy == .optional { return VerifiedDelivery(delivery: delivery, verdict: unverified) }
        let keys = try usableKeys(of: keyring, now: now)
        guard let text else { throw Refusal(.missingSignature, "there is no \(signature.description)") }
        let timestampText = try timestampText(in: draft, body: body, beside: text)
        let message = try message(
            of: draft, body: body, timestamp: timestampText, credentials: keyring.credentials)
        let keyID = try match(text.signatures, message: message, keys: keys)
        if let timestamp, let timestampText {
            try timestamp.check(timestampText, tolerance: tolerance ?? timestamp.tolerance, now: now)
        }
        return VerifiedDelivery(
            delivery: delivery, verdict: Verdict(strength: .signature, scheme: name, keyID: keyID))
    }

    /// The name of the first key that made one of the signatures.
    private func match(_ texts: [Substring], message: [[UInt8]], keys: [UsableKey]) throws(Refusal) -> String {
        let signatures = texts.compactMap { encoding.decode($0) }.filter { $0.count == algorithm.length }
        guard !signatures.isEmpty else {
            throw Refusal(.malformedSignature, "no signature is \(algorithm.length) bytes in \(encoding.expectation)")
        }
        var matched: String?
        for key in keys {
            let expected = algorithm.code(of: message, key: key.bytes)
            for signature in signatures where constantTimeEquals(expected, signature) {
                matched = matched ?? key.id
            }
        }
        guard let matched else {
            throw Refusal(
                .noSecretMatched,
                "none of \(keys.count) signing secrets made the signature over \(message.reduce(0) { $0 + $1.count }) bytes"
            )
        }
        return matched
    }
}

extension SignatureLocation: CustomStringConvertible {
    /// Where a signature is looked for, such as `header x-signature`.
    public var description: String {
        switch place {
        case .headers(let names): "header \(names.joined(separator: " or "))"
        case .numberedHeaders(let prefix, let upTo): "header \(prefix)1 to \(upTo)"
        case .jsonField(let path): "field \(path.joined(separator: ".")) in a JSON body"
        }
    }
}
