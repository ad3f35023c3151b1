import ArgumentParser
import JSON
import Platform
import Settings
import Verification
import Webhooks

/// `hookledger sign`
struct Sign: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the headers that sign a body as the provider would.",
        discussion: """
            One line per header, ready for curl:

              hookledger sign --provider slack --secret-env SECRET \\
                --body body.json > headers
              curl -H @headers --data-binary @body.json https://shop.example/webhook/slack

            Pass headers that are part of the signature with --header, such as 'webhook-id: msg_1'. Providers with \
            public keys need the private key as PEM. Exit code 1: the request cannot be signed; 2: wrong usage.
            """)

    @OptionGroup var scheme: SchemeArguments
    @OptionGroup var request: RequestArguments

    @Flag(help: "One JSON object: the headers and their values.")
    var json = false

    func run() throws {
        let scheme = try scheme.scheme()
        let keyring = try self.scheme.keyring()
        let delivery = try request.delivery(now: SystemClock.now)
        guard let secret = keyring.secrets.first else {
            throw UsageError("give the signing secret with --secret-env or --secret-file")
        }
        do throws(SigningError) {
            let draft = Draft(
                method: delivery.method, url: request.url, headers: delivery.headers, body: delivery.body)
            let fields = try scheme.sign(
                draft, secret: secret, credentials: keyring.credentials, now: delivery.receivedAt)
            if json {
                let object = fields.reduce(into: JSONObject()) { $0[$1.name] = .string($1.value) }
                return Console.say(JSONValue.object(object).text)
            }
            for field in fields { Console.say("\(field.name): \(field.value)") }
        } catch {
            StandardError.write("Error: \(error)")
            throw ExitCode.failure
        }
    }
}
