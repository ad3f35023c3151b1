import Crypto
import JSON
public import Settings

/// The key of the person index, and its hash of a value.
public struct PersonKey: Sendable {
    private let secret: SecretBytes
    /// Its id.
    public let id: String

    /// How many bytes of a hash are kept.
    private static let length = 16

    /// The key of that file.
    public init(_ file: KeyFile) { (secret, id) = (file.key, file.id) }

    /// The hash of one value in its normalized form.
    func hash(_ value: PersonValue) -> [UInt8] {
        Array(HMAC.authenticationCode(.sha256, key: secret, Array(value.text.utf8)).prefix(Self.length))
    }

    func hashes(_ values: Set<PersonValue>) -> [[UInt8]] { values.map(hash) }
}

/// A value that names a person, in the index's form.
struct PersonValue: Hashable, Sendable {
    /// One letter for its kind, a colon, and the normalized value.
    let text: String

    static func email(_ address: String) -> PersonValue { PersonValue(text: "e:" + address) }
    /// The part that it shares with similar addresses, so that the index finds near misses.
    static func nearEmail(_ base: String) -> PersonValue { PersonValue(text: "n:" + base) }
    /// By its last digits, so that the index finds numbers in any spelling, and near misses.
    static func phone(_ phone: PhoneText) -> PersonValue { PersonValue(text: "p:" + phone.lastDigits) }
    static func customer(_ id: String) -> PersonValue { PersonValue(text: "c:" + id) }
    /// The subject of an event without a row.
    static func subject(_ subject: String) -> PersonValue { PersonValue(text: "s:" + subject) }

    /// Whether the value itself is of a person, and not the sender's id.
    var isPersonal: Bool { ["e:", "p:", "n:", "o:"].contains { text.hasPrefix($0) } }

    /// The most keys of one body.
    private static let most = 200
    /// Stands for what is beyond: such a body is read for every person.
    static let overflow = PersonValue(text: "o:")

    /// The values in a body.
    static func all(in form: BodyForm) -> Set<PersonValue> {
        var values: Set<PersonValue> = []
        form.walk(country: nil) { text, place in
            guard values.count < most else {
                values.insert(overflow)
                return
            }
            if place.isCustomerID, text.utf8.count <= 200 { values.insert(.customer(text)) }
            if place.isPhone || text.hasPrefix("+"), let phone = PhoneText(text, country: nil) {
                values.insert(.phone(phone))
                return
            }
            for reading in PercentText.readings(of: text) {
                let addresses = Set(
                    (EmailText.find(in: reading) + EmailText.find(in: reading, isValue: true)).map(\.address))
                values.formUnion(addresses.map(PersonValue.email))
                values.formUnion(
                    EmailText.findBases(in: reading).subtracting(addresses).map(PersonValue.nearEmail))
                guard !PersonMatcher.isNumber(reading) else { continue }
                for found in PhoneText.find(in: reading, country: nil) { values.insert(.phone(found.phone)) }
            }
        }
        return values
    }

    /// The values for the search of a person.
    static func all(of person: Person, _ matcher: PersonMatcher, subjects: Set<String>) -> Set<PersonValue> {
        // What was indexed before knows an address with rare signs by its end only.
        let ends = matcher.emails.flatMap { EmailText.find(in: $0).map(\.address) }
        return Set(
            (matcher.emails.union(matcher.bases).union(ends)).map(PersonValue.email)
                + matcher.bases.map(PersonValue.nearEmail) + matcher.phones.map(PersonValue.phone)
                + person.customerIDs.map(PersonValue.customer) + subjects.map(PersonValue.subject))
    }
}
