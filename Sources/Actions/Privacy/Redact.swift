import Jobs
import Ledger
import Outbound
import Postgres
import Settings
import Webhooks

/// Removes a person's data, or that of all persons of a shop, from all that is stored. What is left are ids, times and
/// amounts, hashes, and a line in `operator_log`.
struct Redact: Action {
    let name: String
    let kind = "redact"
    let retryPolicy: RetryPolicy
    let needsBody = true
    let doubt = Doubt.repeatable

    private let place: PrivacyPlace

    init(_ settings: ActionSettings, in all: Settings) {
        name = settings.name
        retryPolicy = RetryPolicy(settings)
        place = PrivacyPlace(all)
    }

    func effectKey(for subject: JobSubject) -> String? { nil }

    func prepare(_ subject: JobSubject, now: Timestamp) -> Preparation {
        guard let person = Person(subject.event, country: place.country(of: subject.event.source)) else {
            return .finished(.skipped("the event names nobody, or was redacted before"))
        }
        let redaction = Redaction(of: person, for: PersonRequest(event: subject.event.id), key: place.key)
        return .finished(Self.next(redaction, SpoolAside(of: person, folder: place.spool, key: place.spoolKey)))
    }

    /// A job may be killed between two steps: it then begins anew.
    private static func next(_ redaction: Redaction, _ aside: SpoolAside) -> Outcome {
        if redaction.isReady {
            return .write(
                DatabaseChange { job, connection throws(PostgresError) in
                    let answer = try redaction.finish(receivedAt: job.eventReceivedAt, on: connection)
                    let files = try? aside.redact()
                    guard let files else { return .retry(counted: true, reason: "aside/ of the spool cannot be read") }
                    return .done(answer: files > 0 ? "\(answer); \(files) deliveries in aside/" : answer)
                })
        }
        return .step(
            DatabaseChange { _, connection throws(PostgresError) in
                var redaction = redaction
                try redaction.step(on: connection)
                return next(redaction, aside)
            })
    }

    func judge(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Outcome {
        .bury("a redaction takes no request")
    }
}
