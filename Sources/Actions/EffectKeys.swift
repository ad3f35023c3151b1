import Crypto
import JSON
import Jobs
import Rules
import Settings
import Webhooks

/// Keys that make two effects the same effect, in the table `effects`.
///
/// A key names the row that the effect is about: source, shop and the sender's id. Without a shop it is what it was before
/// rows belonged to shops, so that earlier effects are found.
enum EffectKeys {
    /// One effect for each event, status or order, as the rule says; for each event where it says nothing.
    static func ofRule(_ action: some Action, _ subject: JobSubject) -> String {
        guard subject.job.alert == nil, let once = subject.once, let row = row(subject) else {
            return perEventAndRule(action, subject)
        }
        let start = "\(action.kind.name):\(action.name):\(subject.job.rule)"
        switch once {
        case .event: return perEventAndRule(action, subject)
        case .status: return "\(start):status:\(row):\(part(status(subject)))"
        case .order: return "\(start):order:\(row)"
        }
    }

    /// What ``ofRule(_:_:)`` was before the row had a shop, the rule said how often, or the key had the time of receipt.
    static func earlier(_ action: some Action, _ subject: JobSubject) -> [String] {
        let current = ofRule(action, subject)
        let before = subject.withoutShop
        return
            ([ofRule(action, before), perEventAndRule(action, subject), perEventAndRule(action, before)]
            + withoutTime(action, subject)).filter { $0 != current }.unique
    }

    /// What ``perEventAndRule(_:_:)`` was before it had the time of receipt.
    static func withoutTime(_ action: some Action, _ subject: JobSubject) -> [String] {
        [subject, subject.withoutShop].map { perEventAndRule(action, $0, id: String(id($0))) }
    }

    /// What the effect is one of.
    private static func id(_ subject: JobSubject) -> Int64 {
        subject.job.alert == nil ? subject.event.id : subject.job.id
    }

    /// One effect per event and rule (and action: a rule may have two of one kind); of an alert one per job. Where an event
    /// is about several orders, one for each of them.
    ///
    /// An id alone does not name an event: a failover that loses data, or a restore, gives lost ids again, and a destination
    /// that knows the id would take the new event for the lost one. So the time of receipt is a part of the key.
    static func perEventAndRule(_ action: some Action, _ subject: JobSubject) -> String {
        perEventAndRule(action, subject, id: "\(id(subject))@\(subject.event.receivedAt.microseconds)")
    }

    private static func perEventAndRule(_ action: some Action, _ subject: JobSubject, id: String) -> String {
        if subject.job.alert != nil { return "\(action.kind.name):\(action.name):alert:\(id)" }
        let key = "\(action.kind.name):\(action.name):\(id):\(subject.job.rule)"
        guard let order = subject.order, !order.shopKey.isEmpty || subject.isAboutFurtherOrder else { return key }
        return "\(key):\(self.order(order))"
    }

    /// The name of an order's row: source, shop (where its id is the shop's own) and the sender's id.
    static func order(_ order: StoredRecord) -> String {
        order.shopKey.isEmpty
            ? "\(order.source):\(order.id)" : "\(order.source):\(part(order.shopKey)):\(order.id)"
    }

    private static func row(_ subject: JobSubject) -> String? {
        if let order = subject.order { return self.order(order) }
        return subject.record.map { "\(subject.event.source):\($0.kind.rawValue):\($0.id)" }
    }

    private static func status(_ subject: JobSubject) -> String {
        (subject.order?.fields["status"] ?? subject.record?.fields["status"])?.string ?? ""
    }

    /// A part of a key that others follow.
    static func part(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing(":", with: "%3A")
    }

    /// A name for a URL, which may be a secret: its hash.
    static func endpoint(_ url: SecretBytes) -> String { Hex.encode(Digest.sha256.hash(url.reveal())) }

    /// An id for the destination that is the same in every attempt: the key's hash, free of characters that any
    /// contract forbids.
    static func messageID(_ key: String) -> String {
        "msg_" + Hex.encode(Array(Digest.sha256.hash(Array(key.utf8)).prefix(16)))
    }
}

extension JobSubject {
    /// The same, with the order's row named as before rows belonged to shops.
    var withoutShop: JobSubject {
        var subject = self
        subject.order?.shopKey = ""
        return subject
    }

    /// Whether its order is not the first that the event is about.
    var isAboutFurtherOrder: Bool {
        guard let order = job.orderRow, let first = event.orderRow else { return false }
        return order != first
    }
}

extension [String] {
    /// Each once, in their order.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
