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

    init(_ settings: ActionSettings) {
        name = settings.name
        retryPolicy = RetryPolicy(settings)
    }

    func effectKey(for subject: JobSubject) -> String? { nil }

    func prepare(_ subject: JobSubject, now: Timestamp) -> Preparation {
        guard let person = Person(subject.event) else {
            return .finished(.skipped("the event names nobody, or was redacted before"))
        }
        return .finished(Self.next(Redaction(of: person, event: subject.event.id)))
    }

    /// A job may be killed between two steps: it then begins anew.
    private static func next(_ redaction: Redaction) -> Outcome {
        if redaction.isReady {
            return .write(
                DatabaseChange { job, connection throws(PostgresError) in
                    .done(answer: try redaction.finish(receivedAt: job.eventReceivedAt, on: connection))
                })
        }
        return .step(
            DatabaseChange { _, connection throws(PostgresError) in
                var redaction = redaction
                try redaction.step(on: connection)
                return next(redaction)
            })
    }

    func judge(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Outcome {
        .bury("a redaction takes no request")
    }
}
