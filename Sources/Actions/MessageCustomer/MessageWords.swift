import JSON
import Jobs
import Rules
import Settings

/// The words of messages to customers. Beside the placeholders of ``Template`` they know `{order_number}`, `{status}` and
/// `{phrase}` (what the status means to a customer). The number is without the # that Shopify's begin with: the sentences
/// have their own.
struct MessageWords: Sendable {
    private let statusUpdate: Template
    private let orderConfirmation: Template
    private let welcome: Template
    /// What a status means, by the status in lower case; others have the phrase of ``StatusPhrase``.
    private let phrases: [String: String]

    /// The sentence of the EverShop guide.
    static let defaultStatus =
        "Hi! Your order #{order_number} status has been updated to: {status}. {phrase}"
    static let defaultConfirmation = "Hi! Thank you for your order #{order_number}. We will keep you informed about it."
    static let defaultWelcome = "Hi! Welcome to our shop. We are happy to have you here."

    init(_ settings: ActionSettings) {
        let phrases = settings.table("phrases").compactMap { name, value -> (String, String)? in
            if case .text(let text) = value { (name, text) } else { nil }
        }
        self.init(
            statusUpdate: settings.text("status_text"), orderConfirmation: settings.text("confirmation_text"),
            welcome: settings.text("welcome_text"), phrases: phrases)
    }

    /// - Parameters: nil takes the default.
    init(
        statusUpdate: String? = nil, orderConfirmation: String? = nil, welcome: String? = nil,
        phrases: [(status: String, phrase: String)] = []
    ) {
        self.statusUpdate = Template(statusUpdate ?? Self.defaultStatus)
        self.orderConfirmation = Template(orderConfirmation ?? Self.defaultConfirmation)
        self.welcome = Template(welcome ?? Self.defaultWelcome)
        self.phrases = Dictionary(phrases.map { ($0.status.lowercased(), $0.phrase) }, uniquingKeysWith: { $1 })
    }

    /// Whether they ask for the event's body.
    var needsBody: Bool { statusUpdate.needsBody || orderConfirmation.needsBody || welcome.needsBody }

    func content(_ kind: MessageOccasion.Kind, for subject: JobSubject) -> String {
        let template =
            switch kind {
            case .statusUpdate: statusUpdate
            case .orderConfirmation: orderConfirmation
            case .welcome: welcome
            }
        let order = subject.order
        let status = order?.fields["status"]?.string ?? ""
        let number = order?.fields["order_number"]?.string ?? order?.id ?? ""
        let more = [
            "order_number": number.hasPrefix("#") ? String(number.dropFirst()) : number, "status": status,
            "phrase": phrases[status.lowercased()] ?? StatusPhrase.of(status),
        ]
        return template.text(for: subject, more: more, missing: "", escape: { $0 })
    }
}

/// What a status means to a customer: the four phrases of the EverShop guide, for the statuses of all senders.
enum StatusPhrase {
    /// - Returns: an empty text for a status that has no phrase.
    static func of(_ status: String) -> String {
        switch status.lowercased() {
        case "processing", "awaiting_shipment", "awaiting_collection", "paid": "We are preparing your order."
        case "shipped", "in_transit", "fulfilled", "partially_shipping": "Your order is on the way!"
        case "delivered", "completed": "Your order has been delivered. Enjoy!"
        case "cancelled", "canceled", "cancel": "Your order has been cancelled."
        default: ""
        }
    }
}
