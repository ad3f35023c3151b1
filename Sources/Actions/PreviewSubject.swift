public import Jobs
public import Rules
import Webhooks

/// The subject of a dry run: a job that does not exist.
public struct PreviewSubject: Sendable {
    /// The event's subject, such as `order:987654321`.
    let subject: String?
    /// The order as it is now.
    let order: StoredRecord?
    /// The product, customer or comment as it is now.
    let record: StoredRecord?
    /// The event, with its body.
    let event: JobEvent

    /// - Parameter record: the event's record as it is now; nil if the event is about none, or is not stored.
    public init(event: JobEvent, record: StoredRecord?) {
        subject = event.subject
        order = record.flatMap { $0.kind == .order ? $0 : nil }
        self.record = record.flatMap { $0.kind == .order ? nil : $0 }
        self.event = event
    }
}

extension JobSubject {
    /// The subject of a job that does not exist, for templates and for the checks of an action.
    init(previewing subject: PreviewSubject) {
        self.init(
            job: Job(
                id: 0, action: "", kind: "", purpose: .rule(""), attempt: 1, maxAttempts: 1,
                eventID: subject.event.id, eventReceivedAt: subject.event.receivedAt.microseconds, leaseToken: 0),
            event: subject.event, order: subject.order, record: subject.record)
    }
}
