import ArgumentParser
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
            VerdictText(verdict).say(asJSON: json)
        } catch {
            VerdictText(error, scheme, delivery, keyring).say(asJSON: json)
            throw ExitCode(1)
        }
    }
}
