import ArgumentParser
import Platform
import Providers
import Settings
import Verification
import Webhooks

/// `hookledger verify`
struct Verify: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify a captured delivery, and explain a failure.",
        discussion: """
            Takes the raw body as it was sent, and its headers.

              hookledger verify --provider github --secret-env SECRET --body body.json \\
                --header 'X-Hub-Signature-256: sha256=…'

            --source takes scheme, secrets, tolerance and policy from the configuration, as the responder does; use it \
            to test a custom scheme.

              hookledger verify --source my-erp --body body.json --header 'X-Signature: …'

            Exit code 0: accepted; 1: refused, or the secret is empty or not in the scheme's form; 2: wrong \
            usage; 78: configuration error. Schemes with public keys take a PEM key or certificate as --secret-file, or --credential \
            public_key=….
            """)

    @OptionGroup var scheme: SchemeArguments
    @OptionGroup var request: RequestArguments
    @OptionGroup var configuration: OperatorArguments

    @Option(help: "A source of the configuration, instead of --provider and secrets.")
    var source: String?

    @Option(
        help: ArgumentHelp(
            "The verification policy, as in hookledger.yaml: required (default), optional or none.",
            valueName: "policy"),
        transform: { word in
            if let policy = VerificationPolicy(rawValue: word) { return policy }
            throw ValidationError("--verification takes required, optional or none")
        })
    var verification: VerificationPolicy?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let delivery = try request.delivery(now: SystemClock.now)
        let (scheme, keyring, verify) = try source.map { try configured($0, delivery) } ?? named()
        do throws(Refusal) {
            VerdictText(try verify(delivery)).say(asJSON: json)
        } catch {
            VerdictText(error, scheme, delivery, keyring).say(asJSON: json)
            throw ExitCode.failure
        }
    }

    private typealias Verifier = (scheme: Scheme, keyring: Keyring, verify: (Delivery) throws(Refusal) -> Verdict)

    /// The scheme and keys of the options.
    private func named() throws -> Verifier {
        let policy = verification ?? .required
        let scheme = try scheme.scheme()
        let keyring = try self.scheme.keyring(isRequired: policy == .required)
        return (
            scheme, keyring,
            { delivery throws(Refusal) in
                try scheme.verify(delivery, keyring: keyring, policy: policy, now: delivery.receivedAt).verdict
            }
        )
    }

    /// The configured source.
    private func configured(_ name: String, _ delivery: Delivery) throws -> Verifier {
        guard scheme.isEmpty, verification == nil else {
            throw UsageError(
                "--source takes scheme, secrets and policy from the configuration: leave the other options out")
        }
        let source = try configuration.source(name)
        let contract = source.contract(for: delivery)
        return (
            contract.provider.scheme, contract.keyring,
            { delivery throws(Refusal) in try source.verify(delivery, by: contract).verdict }
        )
    }
}
