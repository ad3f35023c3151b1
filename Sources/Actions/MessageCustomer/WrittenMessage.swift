import JSON
import Jobs
import Postgres
import Rules

/// A message to a customer, as stored in the database and in `jobs.note`.
struct WrittenMessage: Sendable, Hashable {
    let id: Int64
    let conversation: Int64
    /// The customer's id as the sender names it.
    let customer: String
    let content: String
    /// What makes two messages the same: `messages.effect_key`.
    let key: String

    /// The result of writing a message.
    enum Writing: Sendable {
        case new(WrittenMessage)
        /// One of the same key is there.
        case known
        /// The customer was deleted: nothing is sent to them.
        case customerIsGone
    }

    private static let write = """
        select message_id, conversation_id, customer_id, is_new, is_gone
        from hookledger.write_message($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """

    /// Writes it, in the caller's transaction.
    /// - Parameter earlier: a key under which the same order may have had it before.
    static func write(
        _ content: String, key: String, earlier: String? = nil, to addressee: Addressee, channel: String,
        about subject: JobSubject,
        on connection: Connection
    ) throws(PostgresError) -> Writing {
        let event = subject.event
        if let earlier, earlier != key {
            let found = try connection.query(
                MessageCustomerSQL.isWritten,
                [.text(earlier.storable), .bigint(subject.job.orderRow)])
            if found.first != nil { return .known }
        }
        let row = try connection.query(
            write,
            [
                .text(key.storable), .text(subject.order?.source ?? event.source), .text(event.provider),
                .text(addressee.id?.storable), .text(addressee.email?.storable), .text(addressee.name?.storable),
                .text(channel), .text(content), .bigint(subject.job.orderRow), .bigint(subject.job.eventID),
                .timestamp(subject.job.eventReceivedAt),
            ]
        ).only()
        if try row.bool("is_gone") { return .customerIsGone }
        if try !row.bool("is_new") { return .known }
        return .new(
            WrittenMessage(
                id: try row.bigint("message_id"), conversation: try row.bigint("conversation_id"),
                customer: try row.text("customer_id"), content: content, key: key.storable))
    }

    /// Records its delivery, in the caller's transaction.
    func markDelivered(on connection: Connection) throws(PostgresError) {
        _ = try connection.query(MessageCustomerSQL.deliver, [.text(key)])
    }

    /// What its delivery has to do.
    func note(_ kind: MessageOccasion.Kind) -> JSONValue {
        [
            "kind": .string(kind.rawValue), "message": .number(JSONNumber(id)),
            "conversation": .number(JSONNumber(conversation)), "customer": .string(customer), "key": .string(key),
            "content": .string(content),
        ]
    }

    /// Reads ``note(_:)``.
    static func read(_ job: Job) -> (kind: MessageOccasion.Kind, message: WrittenMessage)? {
        guard case .followUp(let note) = job.purpose, let value = try? JSONValue(parsing: Array(note.utf8)),
            let kind = value["kind"]?.string.flatMap(MessageOccasion.Kind.init), let id = value["message"]?.integer,
            let conversation = value["conversation"]?.integer, let customer = value["customer"]?.string,
            let key = value["key"]?.string, let content = value["content"]?.string
        else { return nil }
        return (
            kind,
            WrittenMessage(id: id, conversation: conversation, customer: customer, content: content, key: key)
        )
    }
}
