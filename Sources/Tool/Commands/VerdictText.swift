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
            case .credential: "the credential is right; it signs nothing"
            case .unverified: "unverified; nothing is proven"
            }
        sentence = "accepted: \(proof) (\(verdict.scheme), key \(verdict.keyID ?? "none"))"
        object = [
            "accepted": true, "scheme": .string(verdict.scheme), "strength": .string(verdict.strength.rawValue),
            "key": verdict.keyID.map(JSONValue.string) ?? .null,
        ]
    }

    /// A refused one, with an explanation for a person beside the reason.
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
                ? ["there is no --header"] : ["the headers given are \(names.joined(separator: ", "))"]
        case .noSecretMatched:
            return scheme.explain(delivery, keyring: keyring, now: delivery.receivedAt).map { [$0] } ?? []
        case .outsideTolerance:
            return ["the signature is right; to verify an old delivery, give the time of receipt with --at UNIX"]
        default: return []
        }
    }
}
