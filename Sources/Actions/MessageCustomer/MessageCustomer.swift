import JSON
import Jobs
import Postgres
import Settings
import Webhooks

/// Writes what the shop has to say to the customer of an order, or to a new customer: customer, conversation and
/// message (sql/functions/10_messages.sql), in the transaction that ends the job. A polling live view sees it at once.
///
/// Each message is written once for an order and a status, for an order's confirmation, and for a customer's welcome.
/// What carries it out of the house is a job of its own (``MessageDelivery``), made in the same transaction.
struct MessageCustomer: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "message_customer",
        [
            .init(
                "through", .teller, standard: "the message is only stored",
                "The action that delivers it: a mail, a message in Slack, or a POST."),
            .init("channel", .text, standard: defaultChannel, "The customer's conversation that it belongs to."),
            .init(
                "status_text", .text, standard: MessageWords.defaultStatus,
                "The message about a new status; {order_number}, {status} and {phrase} are further placeholders."),
            .init(
                "confirmation_text", .text, standard: MessageWords.defaultConfirmation,
                "The message about a new order, with the flag send_order_confirmation."),
            .init(
                "welcome_text", .text, standard: MessageWords.defaultWelcome,
                "The message to a new customer, with the flag send_welcome_message."),
            .init("phrases", .texts, "The {phrase} for a status, in place of the built-in one."),
        ])
    private static let defaultChannel = "default"
    let retryPolicy: RetryPolicy
    private let words: MessageWords
    private let flags: Flags
    private let channel: String
    private let delivery: FollowUp?

    init(_ settings: ActionSettings, in all: Settings) {
        let delivery = Self.carrier(settings, in: all).map { _, carrier in
            FollowUp(
                action: MessageDelivery.name(of: settings.name), kind: carrier.kind,
                attempts: settings.retry.retries + 1)
        }
        self.init(
            name: settings.name, words: MessageWords(settings), flags: all.flags,
            channel: settings.text("channel") ?? Self.defaultChannel, delivery: delivery,
            retryPolicy: settings.retry)
    }

    static func followUps(of settings: ActionSettings, in all: Settings) -> [any Action] {
        guard let (name, carrier) = carrier(settings, in: all) else { return [] }
        guard let carrier = carrier as? any Carrier else {
            let reason = all.action(named: name)?.missing.first ?? "\(name) cannot carry messages"
            return [UnavailableAction(settings, name: MessageDelivery.name(of: settings.name), reason: reason)]
        }
        return [MessageDelivery(of: settings.name, through: carrier, retryPolicy: settings.retry)]
    }

    private static func carrier(_ settings: ActionSettings, in all: Settings) -> (name: String, action: any Action)? {
        settings.text("through").flatMap(all.action(named:)).map { ($0.name, ActionTable.action($0, in: all)) }
    }

    /// - Parameters:
    ///   - channel: which of a customer's conversations it belongs to.
    ///   - delivery: makes the job that hands a message on; nil leaves it in the live view.
    init(
        name: String, words: MessageWords = MessageWords(), flags: Flags, channel: String = "default",
        delivery: FollowUp? = nil, retryPolicy: RetryPolicy = .standard
    ) {
        self.name = name
        self.words = words
        self.flags = flags
        self.channel = channel
        self.delivery = delivery
        self.retryPolicy = retryPolicy
    }

    var needsBody: Bool { words.needsBody }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let occasion = MessageOccasion(subject) else {
            return .ended(.skipped("the event is about neither an order nor a customer"))
        }
        if let flag = occasion.kind.flag, !flags.isOn(flag) {
            return .ended(.skipped("messages of this kind are switched off: the flag \(flag) is not set"))
        }
        guard occasion.isComplete else { return .ended(.skipped("the order has no status")) }
        // A late "created" after the cancel.
        if occasion.kind == .orderConfirmation, subject.order?.isCancelled == true {
            return .ended(.skipped("the order is cancelled"))
        }
        guard let addressee = Addressee(subject) else {
            return .ended(.skipped("the order names no customer: neither an id nor an e-mail address"))
        }
        let content = words.content(occasion.kind, for: subject).storable
        // A replay with --again sends it again.
        let again = subject.job.again.map { ":again:\($0)" } ?? ""
        let key = "\(kind.name):\(name):\(occasion.key)\(again)"
        // As it was while its order had no shop.
        let earlier = MessageOccasion(subject.withoutShop).map { "\(kind.name):\(name):\($0.key)\(again)" }
        let (channel, delivery) = (channel, delivery)
        return .commit { job, connection throws(PostgresError) in
            if occasion.kind == .statusUpdate, try !StatusChange.isThere(in: subject, on: connection) {
                return .skipped("the event changed no status")
            }
            let written = try WrittenMessage.write(
                content, key: key, earlier: earlier, to: addressee, channel: channel, about: subject,
                on: connection)
            switch written {
            case .customerIsGone: return .skipped("the customer was deleted")
            case .known: return .skipped("it was said before")
            case .new(let message):
                try delivery?.make(
                    message.note(occasion.kind), event: (job.eventID, job.eventReceivedAt),
                    orderRow: job.orderRow, on: connection)
                return .done(externalID: "message \(message.id)")
            }
        }
    }
}
