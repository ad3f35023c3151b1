import JSON

/// Matches a body or a text with one person, by full values. Built once per request.
struct PersonMatcher: Sendable {
    let emails: Set<String>
    /// The bases of similar addresses.
    let bases: Set<String>
    let phones: [PhoneText]
    let customerIDs: Set<String>
    /// The country of numbers without a country code.
    let country: String?

    init(_ person: Person) {
        emails = Set(person.emails.compactMap(EmailText.normalize))
        bases = Set(emails.map(EmailText.base))
        phones = person.phones.compactMap { PhoneText($0, country: person.country) }
        customerIDs = Set(person.customerIDs)
        country = person.country
    }

    /// The relation of a body to the person.
    struct Judgement: Sendable, Equatable {
        /// It is about the person: an address, a number or an id of the body's main person matches.
        var isAbout = false
        /// It has a full value of the person somewhere.
        var hasWhole = false
        /// It quotes the person in free text.
        var hasQuote = false
        /// It is about somebody else.
        var isAboutOther = false
        /// It has a number or an address similar to the person's.
        var isNear = false

        /// Whether it mentions the person.
        var isAny: Bool { isAbout || hasWhole || hasQuote }
        /// Whether all of it is the person's, and not only the values in it.
        var isOwn: Bool { isAbout || hasWhole && !isAboutOther }
    }

    /// - Parameter idsCount: whether ids are those of the person's own provider and shop.
    func judge(_ body: [UInt8], idsCount: Bool) -> Judgement { judge(BodyForm(body), idsCount: idsCount) }

    func judge(_ form: BodyForm, idsCount: Bool) -> Judgement {
        var judgement = Judgement()
        form.walk(country: country) { text, place in
            if idsCount, place.isCustomerID, customerIDs.contains(text) { judgement.isAbout = true }
            look(at: text, place, &judgement)
        }
        return judgement
    }

    private func look(at text: String, _ place: BodyPlace, _ judgement: inout Judgement) {
        if place.isPhone || text.hasPrefix("+"), let phone = PhoneText(text, country: place.country) {
            if phones.contains(where: phone.isSame) {
                judgement.hasWhole = true
                if place.isPrincipal { judgement.isAbout = true }
            } else if phones.contains(where: phone.isNear) {
                judgement.isNear = true
            }
            return
        }
        let meant = place.isPrincipal ? EmailText.meant(by: text) : nil
        for reading in PercentText.readings(of: text) {
            for found in addresses(in: reading, place) {
                if emails.contains(found.address) {
                    judgement.hasQuote = true
                    if meant == found.address { judgement.isAbout = true }
                } else if place.isPrincipal {
                    judgement.isAboutOther = true
                }
            }
            if !judgement.isNear, !bases.isEmpty, !bases.isDisjoint(with: EmailText.findBases(in: reading)) {
                judgement.isNear = true
            }
            guard !phones.isEmpty, !Self.isNumber(reading) else { continue }
            for found in PhoneText.find(in: reading, country: place.country) {
                if phones.contains(where: found.phone.isSame) { judgement.hasQuote = true }
                if phones.contains(where: found.phone.isNear) { judgement.isNear = true }
            }
        }
        if judgement.hasQuote, !judgement.hasWhole, let whole = EmailText.normalize(text), emails.contains(whole) {
            judgement.hasWhole = true
        }
    }

    /// The addresses in a text. A text that only quotes addresses may separate them by characters that are legal in an
    /// address, so it is searched in both ways.
    private func addresses(in text: String, _ place: BodyPlace) -> [EmailText.Found] {
        let values = EmailText.find(in: text, isValue: true)
        return place.isAddress ? values : values + EmailText.find(in: text)
    }

    /// Whether a text quotes the person.
    func isQuoted(in text: String) -> Bool { scrubbed(text) != nil }

    /// The text without the person's values.
    /// - Returns: nil when there is none in it.
    func scrubbed(_ text: String, _ place: BodyPlace = BodyPlace()) -> String? {
        if place.isPhone || text.hasPrefix("+"), let phone = PhoneText(text, country: place.country ?? country) {
            return phones.contains(where: phone.isSame) ? Self.mark : nil
        }
        for (round, reading) in PercentText.readings(of: text).enumerated() {
            let ranges = ranges(in: reading, place)
            if ranges.isEmpty { continue }
            return round == 0 ? Self.without(ranges, reading) : Self.mark
        }
        return nil
    }

    private func ranges(in text: String, _ place: BodyPlace) -> [Range<Int>] {
        var ranges = addresses(in: text, place).filter { emails.contains($0.address) }.map(\.range)
        if !phones.isEmpty, !Self.isNumber(text) {
            ranges += PhoneText.find(in: text, country: place.country ?? country)
                .filter { found in phones.contains(where: found.phone.isSame) }.map(\.range)
        }
        return ranges.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// An id or an amount: digits alone are not a telephone number without a hint.
    static func isNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// The replacement of removed text.
    static let mark = "[redacted]"

    private static func without(_ ranges: [Range<Int>], _ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var rest = String.UnicodeScalarView()
        var place = 0
        for range in ranges where range.lowerBound >= place {
            rest.append(contentsOf: scalars[place..<range.lowerBound])
            rest.append(contentsOf: mark.unicodeScalars)
            place = range.upperBound
        }
        rest.append(contentsOf: scalars[place...])
        return String(rest)
    }
}
