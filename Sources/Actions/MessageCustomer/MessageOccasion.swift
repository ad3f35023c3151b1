import JSON
import Jobs
import Rules

/// Why something is said to a customer.
struct MessageOccasion: Sendable {
    /// What is said; the raw value is also the name of the mail template whose subject a mail of it has.
    enum Kind: String, Sendable {
        case statusUpdate = "status_update"
        case orderConfirmation = "order_confirmation"
        case welcome

        /// The flag that it is behind; what the EverShop guide calls optional.
        var flag: String? {
            switch self {
            case .statusUpdate: nil
            case .orderConfirmation: "send_order_confirmation"
            case .welcome: "send_welcome_message"
            }
        }
    }

    let kind: Kind
    /// What makes two messages the same.
    let key: String
    /// Whether all is there that it speaks of.
    let isComplete: Bool

    /// A new order is confirmed, a known order's status is sent, a new customer is welcomed.
    ///
    /// The status is that of the order as its row stands now: a late old event sends nothing again.
    /// - Returns: nil for a subject without a message to customers.
    init?(_ subject: JobSubject) {
        if let order = subject.order {
            kind = subject.event.type == "order.created" ? .orderConfirmation : .statusUpdate
            let status = order.fields["status"]?.string ?? ""
            isComplete = kind == .orderConfirmation || !status.isEmpty
            key =
                "\(kind.rawValue):\(EffectKeys.order(order))" + (kind == .statusUpdate ? ":\(status)" : "")
        } else if let record = subject.record, subject.event.type == "customer.created" {
            kind = .welcome
            isComplete = true
            key = "\(kind.rawValue):\(subject.event.source):\(record.id)"
        } else {
            return nil
        }
    }
}

/// Whom a message is for, as far as the order or the customer's own record says.
struct Addressee: Sendable {
    /// The customer's id as the sender names it.
    let id: String?
    let email: String?
    let name: String?

    /// - Returns: nil when neither an id nor an address is there.
    init?(_ subject: JobSubject) {
        if let order = subject.order {
            id = Self.customerID(order.extra)
            email = order.fields["email"]?.string
            name = order.fields["customer_name"]?.string
        } else {
            id = subject.record?.id
            email = subject.record?.fields["email"]?.string
            name = subject.record?.fields["name"]?.string
        }
        if id == nil && (email ?? "").isEmpty { return nil }
    }

    /// EverShop (the guide and its tables), WooCommerce (0 is a guest) and Shopify.
    private static func customerID(_ extra: JSONObject) -> String? {
        let found = extra["customerId"] ?? extra["customer_id"] ?? extra["customer"]?["id"]
        return found?.identifier.flatMap { $0 == "0" ? nil : $0 }
    }
}
