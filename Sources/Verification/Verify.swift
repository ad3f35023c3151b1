import Crypto
public import Webhooks

extension Scheme {
    /// Verifies a delivery: any valid secret of the keyring may have made any of its signatures.
    ///
    /// The signature is checked before the time, so `outsideTolerance` is only reported for a genuine delivery.
    /// Signatures are compared as bytes of the digest's length, every pair, in constant time. Every element of a batch
    /// must verify, and none may appear twice.
    /// - Parameters:
    ///   - keyring: the source's secrets and credentials.
    ///   - policy: the source's policy.
    ///   - tolerance: seconds by which the time of signing may differ from `now`; nil for the scheme's own.
    ///   - now: the present, or for a spooled delivery the time of receipt.
    /// - Returns: the delivery with a verdict that names the secret that matched.
    /// - Throws: a refusal, whose reason is for the operator only.
    public func verify(
        _ delivery: Delivery, keyring: Keyring, policy: VerificationPolicy = .required, tolerance: Int64? = nil,
        now: Timestamp
    ) throws(Refusal) -> VerifiedDelivery {
        if policy == .none { return VerifiedDelivery(delivery: delivery, verdict: .unverified) }
        for name in securityHeaders where delivery.headers.isRepeated(name) {
            throw Refusal(.repeatedHeader, "the header \(name) was sent more than once")
        }
        let request = RequestFields(delivery, credentials: keyring.credentials)
        do throws(Refusal) {
            return try verify(
                delivery, as: request, keyring: keyring, policy: policy, tolerance: tolerance, now: now)
        } catch {
            if request.isTooComplex { throw ShapeLimits.tooComplex }
            throw error
        }
    }

    private func verify(
        _ delivery: Delivery, as request: RequestFields, keyring: Keyring, policy: VerificationPolicy,
        tolerance: Int64?, now: Timestamp
    ) throws(Refusal) -> VerifiedDelivery {
        let form = form(of: request, credentials: keyring.credentials)
        let parts = form.batch.map(request.elements(at:)) ?? [request]
        let texts = parts.map { SignatureText.alternatives(of: $0, scheme: form) }
        // A body that is not parsed may contain a signature.
        if policy == .optional, texts.allSatisfy(\.isEmpty), !request.isTooComplex {
            return VerifiedDelivery(delivery: delivery, verdict: .unverified)
        }
        let keys = try form.usableKeys(of: keyring, now: now)
        guard !parts.isEmpty else { throw Refusal(.missingSignature, "there is no \(form.signature.description)") }
        for requirements in [form.applies, form.demands] {
            for requirement in requirements {
                if let fault = requirement.fault(in: request, credentials: keyring.credentials) { throw fault }
            }
        }
        var keyID: String?
        var presented: SecretBytes?
        var messages: [[[UInt8]]] = []
        for (part, text) in zip(parts, texts) {
            let match = try form.verify(
                part, anyOf: text, keys, credentials: keyring.credentials, tolerance: tolerance, now: now)
            keyID = keyID ?? match.key.id
            presented = presented ?? form.credential(match)
            messages.append(match.message)
        }
        let signed = SignedMessage(messages, form: form)
        if signed.repeats { throw Refusal(.invalidPayload, "an element of the batch appears twice") }
        let isSigned = form.algorithm != .sharedSecret
        return VerifiedDelivery(
            delivery: delivery,
            verdict: Verdict(strength: isSigned ? .signature : .credential, scheme: name, keyID: keyID),
            signed: isSigned ? signed : nil, presented: presented)
    }

    /// Verifies one request, or one element of a batch, by the first of these texts that is right.
    private func verify(
        _ request: RequestFields, anyOf texts: [SignatureText], _ keys: [UsableKey],
        credentials: [String: SecretBytes], tolerance: Int64?, now: Timestamp
    ) throws(Refusal) -> Match {
        var refusal: Refusal?
        for text in texts {
            do throws(Refusal) {
                return try verify(
                    request, text, keys, credentials: credentials, tolerance: tolerance, now: now)
            } catch { refusal = refusal ?? error }
        }
        throw refusal ?? Refusal(.missingSignature, "there is no \(signature.description)")
    }

    /// Verifies by one text.
    /// - Returns: the name of the secret that signed it, and what it signed.
    private func verify(
        _ request: RequestFields, _ text: SignatureText, _ keys: [UsableKey], credentials: [String: SecretBytes],
        tolerance: Int64?, now: Timestamp
    ) throws(Refusal) -> Match {
        if let fault = text.fault { throw fault }
        let timestampText = try timestampText(in: request, beside: text)
        let messages = try messages(
            of: request, timestamp: timestampText, credentials: credentials, signature: text.message)
        // If the sender names a key, only that one is tried; the name proves nothing, so without a key of that name all
        // are tried.
        let named = text.keyID.map { id in keys.filter { $0.id == id } } ?? []
        let match = try match(text.signatures, messages: messages, keys: named.isEmpty ? keys : named)
        if let timestamp, let timestampText {
            try timestamp.check(timestampText, tolerance: tolerance ?? timestamp.tolerance, now: now)
        }
        try text.message?.checkExpiry(tolerance: tolerance, now: now)
        // After the signature over the digest: to a stranger, a long body costs nothing here.
        if rule?.coversBody == true {
            try ContentDigest.check(request.headers[ContentDigest.header] ?? "", request.body)
        }
        return match
    }

    typealias Match = (key: UsableKey, message: [[UInt8]])

    /// The first key that made one of the signatures, and the message.
    private func match(_ texts: [Substring], messages: [[[UInt8]]], keys: [UsableKey]) throws(Refusal) -> Match {
        if texts.isEmpty { throw Refusal(.malformedSignature, "no text in the \(signature.expectation)") }
        let lengths = algorithm.lengths
        var signatures: [[UInt8]] = []
        for text in texts where signatures.count < algorithm.most {
            if let bytes = encoding.decode(text), lengths.contains(bytes.count) { signatures.append(bytes) }
        }
        guard !signatures.isEmpty else {
            let length = lengths.count == 1 ? "\(lengths.lowerBound)" : "\(lengths.lowerBound) to \(lengths.upperBound)"
            throw Refusal(.malformedSignature, "no signature is \(length) bytes in \(encoding.expectation)")
        }
        var matched: Match?
        for key in keys {
            for message in messages where algorithm.verifies(signatures, message, key: key.key) {
                matched = matched ?? (key, message)
            }
        }
        guard let matched else {
            let count = messages.first?.reduce(0) { $0 + $1.count } ?? 0
            throw Refusal(
                .noSecretMatched, "none of \(keys.count) signing secrets matches the signature over \(count) bytes")
        }
        return matched
    }
}

extension SignatureLocation {
    /// The required form of the text, such as `header x-pfy-signature begins with sha256=`.
    fileprivate var expectation: String {
        let beginning: String? =
            switch prefix {
            case .none, .optional: nil
            case .required(let text): text
            case .word(let text): text + " "
            }
        let item: String? =
            switch format {
            case .pairs(_, let key): "\(key)="
            case .versions(let version): "\(version),"
            default: nil
            }
        let wanted = [item, beginning].compactMap { $0 }.joined()
        return wanted.isEmpty ? "\(description) is a signature" : "\(description) begins with \(wanted)"
    }
}

extension SignatureLocation: CustomStringConvertible {
    /// The expected place of a signature, such as `header x-signature`.
    public var description: String {
        switch place {
        case .headers(let names): "header \(names.joined(separator: " or "))"
        case .numberedHeaders(let prefix, let upTo): "header \(prefix)1 to \(upTo)"
        case .jsonField(let path): RequestField.jsonField(path).description
        case .encodedJSON(let header, _): RequestField.header(header).description
        case .query(let name): RequestField.query(name).description
        case .messageSignature: "header \(headerNames.joined(separator: " and "))"
        }
    }
}
