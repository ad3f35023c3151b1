import ArgumentParser
import JSON
import Platform
import Verification
import Webhooks

/// `hookledger verify`
struct Verify: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify a captured delivery, and say why when it does not.",
        discussion: """
            Takes the raw body as it was sent, and the headers that came with it.

              hookledger verify --provider github --secret-env SECRET --body body.json \\
                --header 'X-Hub-Signature-256: sha256=…'

            Exit code 0: accepted; 1: refused, also for a secret that is empty or not of the scheme's form; 2: wrong \
            usage. Schemes with public keys take a PEM key or certificate as --secret-file, or --credential \
            public_key=….
            """)

    @OptionGroup var scheme: SchemeArguments
    @OptionGroup var request: RequestArguments

    @Option(
        help: ArgumentHelp(
            "What the source demands, as in hookledger.yaml: required (default), optional or none.",
            valueName: "policy"),
        transform: { word in
            if let policy = VerificationPolicy(rawValue: word) { return policy }
            throw ValidationError("--verification takes required, optional or none")
        })
    var verification = VerificationPolicy.required

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let scheme = try scheme.scheme()
        let keyring = try self.scheme.keyring(isRequired: verification == .required)
        let delivery = try request.delivery(now: Timestamp(microseconds: SystemClock.wallMicroseconds()))
        do throws(Refusal) {
            let verdict = try scheme.verify(
                delivery, keyring: keyring, policy: verification, now: delivery.receivedAt
            ).verdict
            Console.say(json ? Self.object(verdict).text : Self.sentence(verdict))
        } catch {
            let hints = Self.hints(error, scheme, delivery, keyring)
            Console.say(
                json
                    ? Self.object(error, hints).text
                    : (["refused: \(error.reason) (\(error.kind.rawValue))"] + hints.map { "  \($0)" })
                        .joined(separator: "\n"))
            throw ExitCode(1)
        }
    }

    private static func sentence(_ verdict: Verdict) -> String {
        let proof =
            switch verdict.strength {
            case .signature: "the signature is right"
            case .credential: "the credential is right, nothing is signed"
            case .unverified: "unverified, nothing is proven"
            }
        return "accepted: \(proof) (\(verdict.scheme), key \(verdict.keyID ?? "none"))"
    }

    private static func object(_ verdict: Verdict) -> JSONValue {
        [
            "accepted": true, "scheme": .string(verdict.scheme), "strength": .string(verdict.strength.rawValue),
            "key": verdict.keyID.map(JSONValue.string) ?? .null,
        ]
    }

    private static func object(_ refusal: Refusal, _ hints: [String]) -> JSONValue {
        [
            "accepted": false, "kind": .string(refusal.kind.rawValue), "reason": .string(refusal.reason),
            "hints": .array(hints.map(JSONValue.string)),
        ]
    }

    /// What may help a person beyond the reason.
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
