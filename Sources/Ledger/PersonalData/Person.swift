/// Whose data is meant: what a request for erasure or for a copy says of a person, all of one source.
public struct Person: Sendable, Hashable {
    /// The configured sender; nothing of other senders is looked at.
    public var source: String
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

    /// A person of that source, of whom nothing is known yet.
    public init(source: String) { self.source = source }

    /// Texts that tell the person wherever they stand, in lower case. Ids are too short for that: they are looked for where
    /// ids stand.
    public var needles: [String] {
        emails.map { $0.lowercased() }.filter { $0.contains("@") }
            + phones.map { $0.lowercased() }.filter { $0.utf8.count >= 7 }
    }

    /// How they may stand in a body, in lower case: plain, or as in a form.
    var bodyNeedles: [String] {
        needles + needles.map { $0.split(separator: "@", omittingEmptySubsequences: false).joined(separator: "%40") }
    }
}
