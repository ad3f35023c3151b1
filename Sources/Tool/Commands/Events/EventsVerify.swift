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
        commandName: "verify", abstract: "Verify a stored event again, with the secrets of now, as of when it came.",
        discussion: """
            After a change of secrets it says whether they fit what was sent. Where the scheme signs the URL and the \
            configuration does not name it (notification_url), give it with --url. Passwords and API keys are not \
            stored, so deliveries that are proven by one alone cannot be verified again; neither can a body from which \
            credentials or personal data were removed.

            Exit codes: 0 accepted; 1 refused, there is no such event, its body was reduced, or nobody signed it: a \
            replay, or an order that was fetched; 2 wrong usage; 70 it failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The event's id.")
    var id: Int64

    @Option(help: "The beginning of the URL that it was sent to, such as https://hooks.example.com.")
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
                try refuse("event \(id) was reduced, and cannot be verified again: its verdict is that of its arrival")
            }
            guard [Recordable.Origin.delivery.rawValue, Recordable.Origin.spool.rawValue].contains(event.origin) else {
                try refuse("event \(id) was not sent by anybody: it is of the origin \(event.origin)")
            }
            guard let contract = settings.source(named: event.source)?.contract(of: event.provider) else {
                throw UsageError("the configuration has no source \(event.source) of \(event.provider) any more")
            }
            if contract.provider.scheme.hasCredentials, event.verified.verdict.strength == .credential {
                let reason =
                    "event \(id) cannot be verified again: it was proven by a credential, and credentials are not stored"
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
            throw UsageError("--url takes the beginning of a URL, such as https://hooks.example.com")
        }
        delivery.scheme = String(parts[0].dropLast())
        delivery.host = String(parts[2])
        return delivery
    }
}
