import Testing
import Verification
import Webhooks

@Suite("Published and derived signature vectors")
struct VectorTests {
    @Test("Every provider of the file is a preset, but for those that are not plain HMAC")
    func covered() {
        let missing = Set(Vector.all.map(\.provider).filter { Scheme.named($0) == nil })
        #expect(missing == ["adyen", "aws_sns", "discord", "ebay", "standard_webhooks_v1a", "twilio", "wise"])
        #expect(Vector.ofPresets.count >= 70)
    }

    @Test("Each is accepted or refused as the file says", arguments: Vector.ofPresets)
    func verdict(vector: Vector, scheme: Scheme) throws {
        let refusal = scheme.refusal(of: vector.delivery, vector.keyring, now: vector.now)
        if vector.hasPlaceholderTime, vector.isValid {
            #expect(refusal == .malformedTimestamp)
        } else {
            #expect((refusal == nil) == vector.isValid, "\(refusal?.rawValue ?? "accepted")")
        }
        if refusal == nil {
            let verified = try scheme.verify(vector.delivery, keyring: vector.keyring, now: vector.now)
            #expect(verified.verdict == Verdict(strength: .signature, scheme: vector.provider, keyID: vector.id))
        }
    }

    @Test("With one byte of the body changed, none is accepted", arguments: Vector.ofPresets.filter(\.0.isValid))
    func changedBody(vector: Vector, scheme: Scheme) {
        let body = vector.delivery.body
        for place in Set([0, body.count / 2, body.count - 1]).filter(body.indices.contains) {
            var changed = vector.delivery
            changed.body[place] ^= 1
            #expect(scheme.refusal(of: changed, vector.keyring, now: vector.now) == .noSecretMatched)
        }
        for longer in [body + [0x0A], [0x20] + body] {
            var changed = vector.delivery
            changed.body = longer
            #expect(scheme.refusal(of: changed, vector.keyring, now: vector.now) == .noSecretMatched)
        }
    }

    @Test(
        "With one character of the signature changed, none is accepted", arguments: Vector.ofPresets.filter(\.0.isValid)
    )
    func changedSignature(vector: Vector, scheme: Scheme) throws {
        let (field, right) = try #require(Self.rightSignature(vector, scheme))
        for offset in 0..<right.count {
            var text = Array(right.utf8)
            text[offset] = text[offset] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            let value = field.value.replacing(right, with: String(decoding: text, as: UTF8.self))
            let fields = vector.delivery.headers.fields.map {
                (name: $0.name, value: $0.name == field.name ? value : $0.value)
            }
            var changed = vector.delivery
            changed.headers = HeaderFields(fields)
            let refusal = scheme.refusal(of: changed, vector.keyring, now: vector.now)
            #expect(
                refusal == .noSecretMatched || refusal == .malformedSignature,
                "at \(offset): \(refusal?.rawValue ?? "accepted")")
        }
    }

    @Test("With another secret, none is accepted", arguments: Vector.ofPresets.filter(\.0.isValid))
    func otherSecret(vector: Vector, scheme: Scheme) {
        var other = vector.keyring
        other.secrets = [secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx")]
        #expect(scheme.refusal(of: vector.delivery, other, now: vector.now) == .noSecretMatched)
    }

    @Test(
        "The same table signs: it makes the published signatures",
        arguments: Vector.ofPresets.filter {
            $0.0.isValid && !$0.0.hasPlaceholderTime
        })
    func signs(vector: Vector, scheme: Scheme) throws {
        let draft = Draft(
            method: vector.delivery.method, url: vector.delivery.url, headers: vector.delivery.headers,
            body: vector.delivery.body)
        let fields = try scheme.sign(
            draft, secret: #require(vector.keyring.secrets.first), credentials: vector.keyring.credentials,
            now: vector.now)
        let (_, right) = try #require(Self.rightSignature(vector, scheme))
        #expect(fields.contains { $0.value.hasSuffix(right) })
        var headers = HeaderFields(fields.map { (name: $0.name, value: $0.value) })
        for field in vector.delivery.headers.fields where headers[field.name] == nil {
            headers.append(name: field.name, value: field.value)
        }
        var signed = vector.delivery
        signed.headers = headers
        #expect(scheme.refusal(of: signed, vector.keyring, now: vector.now) == nil)
    }

    /// The header in which the signature of a valid case stands, and the signature in it that is right: the one without
    /// which the case is refused.
    static func rightSignature(_ vector: Vector, _ scheme: Scheme) -> (HeaderFields.Field, String)? {
        guard let name = scheme.securityHeaders.first(where: { vector.delivery.headers[$0] != nil }),
            let value = vector.delivery.headers[name]
        else { return nil }
        let candidates = value.split { " ,".contains($0) }.compactMap { item -> String? in
            guard let equals = item.firstIndex(of: "="), item[..<equals].count < 8 else { return String(item) }
            return String(item[item.index(after: equals)...])
        }
        let right = candidates.filter { candidate in
            guard candidate.count >= 27 else { return false }
            var without = vector.delivery
            without.headers = HeaderFields(
                vector.delivery.headers.fields.map {
                    (name: $0.name, value: $0.name == name ? $0.value.replacing(candidate, with: "none") : $0.value)
                })
            let refusal = scheme.refusal(of: without, vector.keyring, now: vector.now)
            return refusal != nil && refusal != .malformedTimestamp
        }
        return right.first.map { (HeaderFields.Field(name: name, value: value), $0) }
    }
}
