import JSON
import Verification
import Webhooks

/// The outcome of a verification, for a person or a program.
struct VerdictText {
    let sentence: String
    let object: JSONValue

    /// An accepted delivery.
    init(_ verdict: Verdict) {
        let proof =
            switch verdict.strength {
            case .signature: "the signature is right"
            case .credential: "the credential is right, nothing is signed"
            case .unverified: "unverified, nothing is proven"
            }
        sentence = "accepted: \(proof) (\(verdict.scheme), key \(verdict.keyID ?? "none"))"
        object = [
            "accepted": true, "scheme": .string(verdict.scheme), "strength": .string(verdict.strength.rawValue),
            "key": verdict.keyID.map(JSONValue.string) ?? .null,
        ]
    }

    /// A refused one, with what may help a person beyond the reason.
    init(_ refusal: Refusal, _ scheme: Scheme, _ delivery: Delivery, _ keyring: Keyring) {
        let hints = Self.hints(refusal, scheme, delivery, keyring)
        sentence = (["refused: \(refusal.reason) (\(refusal.kind.rawValue))"] + hints.map { "  \($0)" })
            .joined(separator: "\n")
        object = [
            "accepted": false, "kind": .string(refusal.kind.rawValue), "reason": .string(refusal.reason),
            "hints": .array(hints.map(JSONValue.string)),
        ]
    }

    func say(asJSON: Bool) { Console.say(asJSON ? object.text : sentence) }

    private static func hints(
        _ refusal: Refusal, _ scheme: Scheme, _ delivery: Delivery, _ keyring: Keyring
    ) -> [String] {
        switch refusal.kind {
        case .noUsableSecret: return keyring.problems(for: scheme)
        case .missingSignature, .missingTimestamp:
            let names = delivery.headers.fields.map(\.name)
            return names.isEmpty
                ? ["no --header was given"] : ["the headers given are \(names.joined(separator: ", "))"]
        case .noSecretMatched:
            return scheme.explain(delivery, keyring: keyring, now: delivery.receivedAt).map { [$0] } ?? []
        case .outsideTolerance:
            return ["the signature is right; --at UNIX verifies a kept delivery as of when it was received"]
        default: return []
        }
    }
}
