import Jobs
import Ledger
import Postgres
import Settings
import Webhooks

/// Removes a person's data, or that of all persons of a shop, from all that is stored. What is left are ids, times and
/// amounts, hashes, and a line in `operator_log`.
struct Redact: ConfiguredAction {
    let name: String
    static let kind = ActionKind("redact", []) { $0.personRequests = ["customer.redact", "shop.redact"] }
    let retryPolicy: RetryPolicy
    let needsBody = true

    private let place: PrivacyPlace

    init(_ settings: ActionSettings, in all: Settings) {
        name = settings.name
        retryPolicy = settings.retry
        place = PrivacyPlace(all)
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let person = Person(subject.event, country: place.country(of: subject.event.source)) else {
            return .ended(.skipped("the event names nobody, or was redacted before"))
        }
        let redaction = Redaction(of: person, for: PersonRequest(event: subject.event.id), key: place.key)
        return next(redaction, person, PersonRequest(event: subject.event.id))
    }

    /// A job may be killed between two steps: it then starts again.
    private func next(_ redaction: Redaction, _ person: Person, _ request: PersonRequest) -> Step {
        if redaction.isReady {
            return .commit { job, connection throws(PostgresError) in
                let answer = try redaction.finish(receivedAt: job.eventReceivedAt, on: connection)
                guard let spool = place.spool else { return .done(answer: answer) }
                let aside = SpoolAside(of: person, folder: spool, key: place.spoolKey)
                let files = try? aside.redact()
                guard let files else { return .retry(counted: true, reason: "aside/ of the spool cannot be read") }
                // Other hosts have files of their own.
                try AsideRequests.ask(.forget, of: person, request, on: connection)
                return .done(answer: files > 0 ? "\(answer); \(files) deliveries in aside/" : answer)
            }
        }
        return .transact { _, connection throws(PostgresError) in
            var redaction = redaction
            try redaction.step(on: connection)
            return next(redaction, person, request)
        }
    }
}
