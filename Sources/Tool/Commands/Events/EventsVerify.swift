import ArgumentParser
import JSON
import Ledger
import Platform
import Providers
import Settings
import Verification
import Webhooks

/// `hookledger events verify`
struct EventsVerify: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a stored event again with the current secrets, as of its time of receipt.",
        discussion: """
            After a change of secrets it shows whether they match the delivery. If the scheme signs the URL and the \
            configuration has no notification_url, give it with --url. Passwords and API keys are not \
            stored, so deliveries proven by one alone cannot be verified again; neither can bodies from which \
            credentials or personal data were removed.

            Exit codes: 0 accepted; 1 refused, no such event, a redacted body, or an event that nobody signed (a \
            replay, or a fetched order); 2 wrong usage; 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The event's id.")
    var id: Int64

    @Option(help: "The base of the URL that it was sent to, such as https://hooks.example.com.")
    var url: String?

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let connection = try database.connect(settings)
            guard let event = try StoredEvent.load(id, on: connection) else {
                throw NotFound("there is no event \(id)")
            }
            if try StoredEvent.isReduced(id, on: connection) {
                try refuse("event \(id) is redacted and cannot be verified again; the verdict of its receipt stands")
            }
            guard [Recordable.Origin.delivery.rawValue, Recordable.Origin.spool.rawValue].contains(event.origin) else {
                try refuse("event \(id) was not delivered by a sender: its origin is \(event.origin)")
            }
            guard let contract = settings.source(named: event.source)?.contract(of: event.provider) else {
                throw UsageError("the configuration no longer has source \(event.source) with \(event.provider)")
            }
            if contract.provider.scheme.hasCredentials, event.verified.verdict.strength == .credential {
                let reason =
                    "event \(id) cannot be verified again: it was proven by a credential, which is not stored"
                Console.say(json ? (["accepted": false, "reason": .string(reason)] as JSONValue).text : reason)
                throw ExitCode.failure
            }
            let delivery = try delivered(event)
            do throws(Refusal) {
                VerdictText(try contract.verify(delivery).verdict).say(asJSON: json)
            } catch {
                VerdictText(error, contract.provider.scheme, delivery, contract.keyring).say(asJSON: json)
                throw ExitCode.failure
            }
        }
    }

    private func refuse(_ reason: String) throws -> Never {
        Console.say(json ? (["accepted": false, "reason": .string(reason)] as JSONValue).text : reason)
        throw ExitCode.failure
    }

    private func delivered(_ event: StoredEvent) throws(UsageError) -> Delivery {
        var delivery = event.verified.delivery
        guard let url else { return delivery }
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty, !parts[2].isEmpty else {
            throw UsageError("--url takes the base of a URL, such as https://hooks.example.com")
        }
        delivery.scheme = String(parts[0].dropLast())
        delivery.host = String(parts[2])
        return delivery
    }
}
