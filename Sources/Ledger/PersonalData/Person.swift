/// The person of a request for erasure or for a copy.
public struct Person: Sendable, Hashable {
    /// The configured source; other sources are not searched. Nil for all.
    public var source: String?
    /// The contract of the request; ids are compared within this contract only. Nil for any.
    public var provider: String?
    /// The person's ids, as the provider writes them.
    public var customerIDs: [String] = []
    /// E-mail addresses, in any letter case.
    public var emails: [String] = []
    /// Telephone numbers.
    public var phones: [String] = []
    /// Orders named in the request.
    public var orderIDs: [String] = []
    /// All persons of this shop, instead of one.
    public var shop: String?
    /// The requesting shop, from the signed content of its request: data known as another shop's is left alone.
    public var askingShop: String?
    /// The two letters of the country (ISO 3166) that telephone numbers without one belong to.
    public var country: String?

    /// A person of this source without any values.
    public init(source: String?) { self.source = source }

    /// Whether it has any valid value: an e-mail address, a telephone number, an id, an order or a shop. An invalid
    /// address (`@`, `a@`) does not count.
    public var namesSomebody: Bool {
        shop != nil || !customerIDs.isEmpty || !orderIDs.isEmpty
            || emails.contains { EmailText.normalize($0) != nil }
            || phones.contains { PhoneText($0, country: country) != nil }
    }

    /// Its invalid values, for people: `1 of 2 e-mail addresses are invalid`.
    public var faults: [String] {
        var faults: [String] = []
        let emails = emails.count { EmailText.normalize($0) == nil }
        let phones = phones.count { PhoneText($0, country: country) == nil }
        if emails > 0 { faults.append("\(emails) of \(self.emails.count) e-mail addresses are invalid") }
        if phones > 0 { faults.append("\(phones) of \(self.phones.count) telephone numbers are invalid") }
        return faults
    }

    /// Whether ids of this contract can be the person's: variants of one provider share theirs.
    func sharesIDs(with provider: String) -> Bool {
        guard let own = self.provider else { return true }
        return Self.family(own) == Self.family(provider)
    }

    private static func family(_ provider: String) -> Substring {
        for ending in ["_events", "_guide"] where provider.hasSuffix(ending) { return provider.dropLast(ending.count) }
        return provider[...]
    }
}
