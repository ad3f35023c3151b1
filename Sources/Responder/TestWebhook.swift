import FastCGI
import JSON
import Ledger
import Platform
import Providers
import Settings
import Verification
import Webhooks

/// `POST /test/webhook` and `/api/webhooks/test/webhook`, as the EverShop guide has it with and without the prefix of its
/// router: accepts a product event without a signature, in development only. The event goes through the door that all go
/// through, and its verdict says that nothing was proven.
struct TestWebhook: Sendable {
    /// Its paths.
    static let paths: Set = ["/test/webhook", "/api/webhooks/test/webhook"]

    private let settings: Settings

    init(settings: Settings) { self.settings = settings }

    /// The delivery to record.
    /// - Throws: the answer, if it is not recorded.
    func pending(_ delivery: Delivery, startedAt: Int64, _ exchange: Exchange) throws(Refused) -> Pending {
        guard settings.environment == .development, let (source, contract) = hook else {
            throw Refused(answer: .json(404, ["msg": "Not found"]))
        }
        guard delivery.method == "POST" else {
            var answer = Answer.json(405, ["error": "method_not_allowed"])
            answer.headers.append(HeaderFields.Field(name: "allow", value: "POST"))
            throw Refused(answer: answer)
        }
        guard case .object? = try? JSONValue(parsing: delivery.body) else {
            throw Refused(answer: .json(400, ["error": "bad_request"]))
        }
        let provider = Unsigned(inner: contract.provider)
        do throws(Refusal) {
            let verified = try provider.scheme.verify(
                delivery, keyring: contract.keyring, policy: .none, tolerance: nil, now: delivery.receivedAt)
            return Pending(
                recordable: try Recordable(verified, from: source, by: provider, settings: settings),
                provider: provider, exchange: exchange, startedAt: startedAt, isSuspect: false,
                spools: false)
        } catch {
            throw Refused(answer: provider.answer(error))
        }
    }

    /// The answer to one that is not recorded.
    struct Refused: Error {
        let answer: Answer
    }

    /// The source of EverShop's events.
    private var hook: (SourceSettings, SourceSettings.Contract)? {
        for source in settings.sources {
            for contract in source.contracts where contract.provider.name == "evershop" { return (source, contract) }
        }
        return nil
    }
}

/// The same contract with another answer.
private struct Unsigned: Provider {
    let inner: any Provider

    var name: String { inner.name }
    var scheme: Scheme { inner.scheme }
    var credentialMembers: Set<String> { inner.credentialMembers }

    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        try inner.normalize(verified, window: window)
    }

    func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer {
        .json(200, ["code": 0, "msg": "Test webhook queued"])
    }
}
