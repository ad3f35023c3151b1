/// Whose data is meant: what a request for erasure or for a copy says of a person.
public struct Person: Sendable, Hashable {
    /// The configured sender; nothing of other senders is looked at. Nil for all of them.
    public var source: String?
    /// The contract by which the request came; ids are compared with those of this contract only. Nil for any.
    public var provider: String?
    /// The person's ids as the sender names them.
    public var customerIDs: [String] = []
    /// E-mail addresses, in any letter case.
    public var emails: [String] = []
    /// Telephone numbers.
    public var phones: [String] = []
    /// Orders that the request names.
    public var orderIDs: [String] = []
    /// All persons of that shop, in place of one.
    public var shop: String?
    /// The shop that asks, by the signed content of its request: what is known to be another shop's is left alone.
    public var askingShop: String?
    /// The two letters of the country (ISO 3166) that telephone numbers without one belong to.
    public var country: String?

    /// A person of that source, of whom nothing is known yet.
    public init(source: String?) { self.source = source }

    /// Whether it names somebody: an e-mail address, a telephone number, an id, an order or a shop. What is no address
    /// (`@`, `a@`) names nobody.
    public var namesSomebody: Bool {
        shop != nil || !customerIDs.isEmpty || !orderIDs.isEmpty
            || emails.contains { EmailText.normalize($0) != nil }
            || phones.contains { PhoneText($0, country: country) != nil }
    }

    /// What of it names nobody, for people: `1 of 2 e-mail addresses is none`.
    public var faults: [String] {
        var faults: [String] = []
        let emails = emails.count { EmailText.normalize($0) == nil }
        let phones = phones.count { PhoneText($0, country: country) == nil }
        if emails > 0 { faults.append("\(emails) of \(self.emails.count) e-mail addresses is no address") }
        if phones > 0 { faults.append("\(phones) of \(self.phones.count) telephone numbers is no number") }
        return faults
    }

    /// Whether ids of that contract are the person's: variants of one provider share theirs.
    func sharesIDs(with provider: String) -> Bool {
        guard let own = self.provider else { return true }
        return Self.family(own) == Self.family(provider)
    }

    private static func family(_ provider: String) -> Substring {
        for ending in ["_events", "_guide"] where provider.hasSuffix(ending) { return provider.dropLast(ending.count) }
        return provider[...]
    }
}
