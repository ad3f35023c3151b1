import Jobs
import Postgres
import Settings
import Webhooks

/// Hands a written message on, through an action that can carry it: a mail to the customer, a message in Slack, a POST
/// to an inbox. It fails, is repeated and is doubted as that action is.
struct MessageDelivery: Action {
    let name: String
    let retryPolicy: RetryPolicy
    private let carrier: any Carrier

    /// - Parameter name: of the action that writes the messages.
    init(of name: String, through carrier: any Carrier, retryPolicy: RetryPolicy = .standard) {
        self.name = Self.name(of: name)
        self.carrier = carrier
        self.retryPolicy = retryPolicy
    }

    /// What the removal of a person's data leaves of a message (sql/functions/11_redaction.sql).
    private static let redacted = "[redacted]"

    /// No action of the configuration can have this name.
    static func name(of action: String) -> String { action + ":delivery" }

    var kind: ActionKind { carrier.kind }
    var pace: Pace? { carrier.pace }
    var destination: String? { carrier.destination }
    var endpoint: String? { carrier.endpoint }
    var needsBody: Bool { carrier.needsBodyToCarry }

    func effectKey(for subject: JobSubject) -> String? {
        WrittenMessage.read(subject.job).map { "\($0.message.key):\(carrier.name)" }
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        if subject.job.purpose == .followUp(Self.redacted) { return .ended(.skipped("the person's data was removed")) }
        guard let (kind, message) = WrittenMessage.read(subject.job), let key = effectKey(for: subject) else {
            return .ended(.bury("the job does not say which message"))
        }
        return carrier.carry(message, kind, key: key, about: subject, now: now).onEnd { outcome in
            guard case .done = outcome else { return .ended(outcome) }
            return .commit { _, connection throws(PostgresError) in
                try message.markDelivered(on: connection)
                return outcome
            }
        }
    }
}

/// An action that can carry a message to a customer.
protocol Carrier: Action {
    /// Whether `carry` needs the event's raw body.
    var needsBodyToCarry: Bool { get }
    /// The request or mail that does.
    ///
    /// - Parameter key: what makes two deliveries the same.
    func carry(
        _ message: WrittenMessage, _ kind: MessageOccasion.Kind, key: String, about subject: JobSubject, now: Timestamp
    ) -> Step
}

extension Carrier {
    /// The message says it all.
    var needsBodyToCarry: Bool { false }
}
