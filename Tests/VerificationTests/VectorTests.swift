import Forgery
import Testing
import Verification
import Webhooks

@Suite("Published and derived signature vectors")
struct VectorTests {
    @Test("Every provider of the file is a preset")
    func covered() {
        #expect(Vector.all.count >= 90)
        #expect(Vector.all.filter { Scheme.named($0.provider) == nil }.map(\.provider) == [])
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
            let key = vector.keyring.credentials["public_key"] == nil ? vector.id : "public_key"
            #expect(verified.verdict == Verdict(strength: .signature, scheme: vector.provider, keyID: key))
        }
    }

    @Test(
        "With one byte of the body changed, none is accepted that says anything else",
        arguments: Vector.ofPresets.filter(\.0.isValid))
    func changedBody(vector: Vector, scheme: Scheme) {
        let genuine = GenuineDelivery(scheme, delivery: vector.delivery, keyring: vector.keyring)
        let body = vector.delivery.body
        var bodies = [body + [0x0A], [0x20] + body]
        for place in stride(from: 0, to: body.count, by: max(1, body.count / 40)) {
            bodies.append(body)
            bodies[bodies.count - 1][place] ^= 1
        }
        for body in bodies {
            var changed = vector.delivery
            changed.body = body
            let refusal = scheme.refusal(of: changed, vector.keyring, now: vector.now)
            if vector.hasPlaceholderTime {
                #expect(refusal == .noSecretMatched)
            } else {
                #expect(refusal != nil || genuine.saysTheSame(changed), "\(String(decoding: body, as: UTF8.self))")
            }
        }
    }

    @Test(
        "With one character of the signature changed, none is accepted", arguments: Vector.ofPresets.filter(\.0.isValid)
    )
    func changedSignature(vector: Vector, scheme: Scheme) throws {
        let right = try #require(vector.rightSignature(scheme))
        for offset in 0..<right.count {
            var text = Array(right.utf8)
            text[offset] = text[offset] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            let changed = vector.replacing(right, with: String(decoding: text, as: UTF8.self))
            let refusal = scheme.refusal(of: changed, vector.keyring, now: vector.now)
            #expect(
                refusal == .noSecretMatched || refusal == .malformedSignature,
                "at \(offset): \(refusal?.rawValue ?? "accepted")")
        }
    }

    @Test("With another secret, none is accepted", arguments: Vector.ofPresets.filter(\.0.isValid))
    func otherSecret(vector: Vector, scheme: Scheme) throws {
        var other = try GenuineDelivery(scheme).keyring
        other.credentials = vector.keyring.credentials.filter { $0.key != "public_key" }
        #expect(scheme.refusal(of: vector.delivery, other, now: vector.now) == .noSecretMatched)
    }

    @Test(
        "The same table signs: it makes the published signatures",
        arguments: Vector.ofPresets.filter {
            $0.0.isValid && !$0.0.hasPlaceholderTime && $0.0.canBeSigned
        })
    func signs(vector: Vector, scheme: Scheme) throws {
        let draft = Draft(
            method: vector.delivery.method, url: vector.delivery.url, headers: vector.delivery.headers,
            body: vector.delivery.body)
        let signed = try scheme.signed(
            draft, secret: #require(vector.keyring.secrets.first), credentials: vector.keyring.credentials,
            now: vector.now)
        let right = try #require(vector.rightSignature(scheme))
        let made = signed.headers.fields.dropFirst(draft.headers.fields.count)
        if made.isEmpty {
            #expect(String(decoding: signed.body, as: UTF8.self).contains(right))
        } else if !vector.replacesURL {
            #expect(made.contains { $0.value.hasSuffix(right) })
        }
        var headers = HeaderFields(made.map { (name: $0.name, value: $0.value) })
        for field in vector.delivery.headers.fields where headers[field.name] == nil {
            headers.append(name: field.name, value: field.value)
        }
        var delivery = vector.delivery
        delivery.headers = headers
        delivery.body = signed.body
        #expect(scheme.refusal(of: delivery, vector.keyring, now: vector.now) == nil)
    }
}
