import JSON
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// A person is matched by whole values: who only looks like it stays byte for byte.
@Suite(.blocking) struct NeighbourTests {
    private static var ann: Person {
        var person = Person(source: nil)
        (person.emails, person.phones) = (["Ann@mail.example"], ["+4930123456"])
        return person
    }

    /// Others, whose addresses hold the person's or nearly do.
    private static let otherAddresses = [
        "joann@mail.example", "roseann@mail.example", "ann@mail.example.org", "ann@mail.examples", "bob@mail.example",
        "ann@xmail.example", "ann@sub.mail.example", "ann+shop@mail.example", "jo.ann@mail.example",
        "jo-ann@mail.example",
        "ann_@mail.example", "o'ann@mail.example", "ann.b@mail.example", "annb@mail.example", "ann@mail-example",
        "ann\u{FF20}mail.example", "jo\u{200D}ann@mail.example", "änn@mail.example", "x@ann@mail.example",
        "ann@mail.example@evil.example", "@", "a@", "@mail.example", "",
    ]
    private static let ownAddresses = [
        "ann@mail.example", "ANN@Mail.Example", " ann@mail.example ", "mailto:ann@mail.example", "ann%40mail.example",
        "Ann <ann@mail.example>", "mailto:Ann@mail.example?subject=Hi", "ann%2540mail.example",
    ]
    private static let otherNumbers = [
        "+49301234567", "+493012345", "+4930123457", "030123456", "+4330123456", "14930123456", "+14930123456",
    ]
    /// Addresses with the person's at their end, behind signs that are legal before the `@`.
    private static let longerAddresses =
        "&*/=?`{|}'".map { "x\($0)ann@mail.example" } + [
            "'ann@mail.example", ".ann@mail.example", "/g=jo/s=ann@mail.example",
        ]
    /// The same number, and somebody else's telephone behind it.
    private static let extensions = [
        "+4930123456 ext 13", "+4930123456x13", "+49 30 123456 ext. 13", "+4930123456;ext=13",
        "tel:+49-30-123456;ext=13",
    ]
    private static let ownNumbers = [
        "+4930123456", "+49 30 123456", "0049 30/123-456", "tel:+49-30-123456", "4930123456",
    ]

    private static func bodies(_ value: String, key: String) -> [[UInt8]] {
        let encoded = value.utf8.map { "%" + String($0, radix: 16).uppercased().padded }.joined()
        var plain = JSONObject()
        plain["id"] = 1
        plain[key] = .string(value)
        plain["note"] = "x"
        return [
            JSONValue.object(plain).serialized(),
            JSONValue(dictionaryLiteral: ("data", ["customer": .object(plain)])).serialized(),
            Array("id=1&\(key)=\(encoded)&note=x".utf8),
            Array("payload=%7B%22\(key)%22%3A%22\(encoded)%22%7D".utf8),
        ]
    }

    private static func texts(_ value: String) -> [String] {
        ["Please call \(value), thanks", "(\(value))", "\(value).", "x: \(value)\nmore", "<\(value)>"]
    }

    @Test(arguments: otherAddresses) func anotherAddressStays(_ address: String) {
        let matcher = PersonMatcher(Self.ann)
        for body in Self.bodies(address, key: "email") {
            #expect(!matcher.judge(body, idsCount: true).isAny, "\(String(decoding: body, as: UTF8.self))")
            #expect(matcher.scrubbed(body: body) == nil)
        }
        for text in Self.texts(address) {
            #expect(matcher.scrubbed(text) == nil, "\(text)")
            #expect(matcher.scrubbed(body: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test(arguments: ownAddresses) func theOwnAddressGoes(_ address: String) {
        let matcher = PersonMatcher(Self.ann)
        for body in Self.bodies(address, key: "email") {
            #expect(matcher.judge(body, idsCount: true).isOwn, "\(String(decoding: body, as: UTF8.self))")
            let left = String(decoding: matcher.scrubbed(body: body) ?? body, as: UTF8.self)
            #expect(!left.lowercased().contains("mail.example") && left.contains("redacted"), "\(left)")
        }
        for text in Self.texts(address) {
            let left = matcher.scrubbed(text) ?? text
            #expect(!left.lowercased().contains("mail.example"), "\(text)")
        }
    }

    @Test(arguments: longerAddresses) func anAddressWithRareSignsIsAnothers(_ address: String) {
        let matcher = PersonMatcher(Self.ann)
        for key in ["email", "contact_email"] {
            for body in Self.bodies(address, key: key) {
                #expect(!matcher.judge(body, idsCount: true).isAny, "\(String(decoding: body, as: UTF8.self))")
                #expect(matcher.scrubbed(body: body) == nil)
            }
        }
        let aside = Array(#"{"shipping_address":{"email":"\#(address)"}}"#.utf8)
        #expect(!matcher.judge(aside, idsCount: true).isAny && matcher.scrubbed(body: aside) == nil)
        // And it names whose it is, by the earlier index, too.
        var other = Person(source: nil)
        other.emails = [address]
        guard other.namesSomebody else {
            Issue.record("\(address) names nobody")
            return
        }
        let theirs = PersonMatcher(other)
        let body = Array(#"{"email":"\#(address)"}"#.utf8)
        #expect(theirs.judge(body, idsCount: true).isOwn)
        #expect(theirs.isQuoted(in: "for \(address), please"))
        #expect(!theirs.judge(Array(#"{"email":"ann@mail.example"}"#.utf8), idsCount: true).isAny)
        let before = PersonValue.email("ann@mail.example")
        #expect(PersonValue.all(of: other, theirs, subjects: []).contains(before) == (address != "x'ann@mail.example"))
    }

    /// In a field for one address, one of several is a quotation.
    @Test(arguments: ["bob@mail.example, ann@mail.example", "(c)ann@mail.example", "x:ann@mail.example"])
    func oneOfSeveralAddressesIsNotTheWhole(_ value: String) {
        let judgement = PersonMatcher(Self.ann).judge(
            Array(#"{"email":"\#(value)","customer":{"email":"bob@mail.example"}}"#.utf8), idsCount: true)
        #expect(judgement.isAny && !judgement.isOwn)
    }

    @Test(arguments: extensions) func anExtensionIsAnotherTelephone(_ number: String) {
        let matcher = PersonMatcher(Self.ann)
        for body in Self.bodies(number, key: "phone") {
            let judgement = matcher.judge(body, idsCount: true)
            #expect(!judgement.isAny && judgement.isNear, "\(String(decoding: body, as: UTF8.self))")
            #expect(matcher.scrubbed(body: body) == nil)
        }
        for text in Self.texts(number) { #expect(matcher.scrubbed(text) == nil, "\(text)") }
        var other = Person(source: nil)
        other.phones = [number]
        let theirs = PersonMatcher(other)
        for body in Self.bodies(number, key: "phone") { #expect(theirs.judge(body, idsCount: true).isOwn) }
        #expect(!theirs.judge(Array(#"{"phone":"+4930123456"}"#.utf8), idsCount: true).isAny)
    }

    @Test func twoNumbersAreNoExtension() {
        let matcher = PersonMatcher(Self.ann)
        let body = Array(#"{"phone":"+4930123456, +4930999999","email":"bob@mail.example"}"#.utf8)
        #expect(matcher.judge(body, idsCount: true).isAny)
        #expect(matcher.scrubbed(body: body) != nil)
    }

    /// A customer may write what looks like somebody's id or address into a note, a property of a line, a URL.
    @Test(arguments: [
        #"{"email":"bob@mail.example","note":"{\"customer_id\":\"42\"}"}"#,
        #"{"email":"bob@mail.example","note_attributes":[{"name":"x","value":"{\"customer_id\":42}"}]}"#,
        #"{"email":"bob@mail.example","line_items":[{"title":"x","customer_id":42}]}"#,
        #"{"email":"bob@mail.example","gift":{"customer_id":42}}"#,
        #"{"email":"bob@mail.example","tags":"{\"buyer_id\":\"42\"}"}"#,
        #"{"email":"bob@mail.example","referring_site":"{\"customer\":{\"id\":42}}"}"#,
        #"{"email":"bob@mail.example","landing_site":"{\"email\":\"ann@mail.example\"}"}"#,
    ])
    func whatACustomerWritesMakesABodyNobodys(_ body: String) {
        var person = Self.ann
        person.customerIDs = ["42"]
        let judgement = PersonMatcher(person).judge(Array(body.utf8), idsCount: true)
        #expect(!judgement.isOwn)
    }

    @Test(arguments: otherNumbers) func anotherNumberStays(_ number: String) {
        let matcher = PersonMatcher(Self.ann)
        for body in Self.bodies(number, key: "phone") {
            #expect(!matcher.judge(body, idsCount: true).isAny, "\(String(decoding: body, as: UTF8.self))")
            #expect(matcher.scrubbed(body: body) == nil)
        }
        for text in Self.texts(number) { #expect(matcher.scrubbed(text) == nil, "\(text)") }
    }

    @Test(arguments: ownNumbers) func theOwnNumberGoes(_ number: String) {
        let matcher = PersonMatcher(Self.ann)
        for body in Self.bodies(number, key: "phone") {
            #expect(matcher.judge(body, idsCount: true).isOwn, "\(String(decoding: body, as: UTF8.self))")
            #expect(matcher.scrubbed(body: body) != nil)
        }
    }

    @Test func theCountryMakesANumberWhole() {
        let matcher = PersonMatcher(Self.ann)
        let german = Array(#"{"shipping_address":{"country_code":"DE"},"phone":"030 123456"}"#.utf8)
        let austrian = Array(#"{"billing_address":{"country_code":"AT","phone":"030 123456"}}"#.utf8)
        #expect(matcher.judge(german, idsCount: true).isOwn)
        let other = matcher.judge(austrian, idsCount: true)
        #expect(!other.isAny && other.isNear)
        var here = Self.ann
        (here.phones, here.country) = (["030 123456"], "DE")
        #expect(PersonMatcher(here).judge(Array(#"{"phone":"+4930123456"}"#.utf8), idsCount: true).isOwn)
        #expect(
            !PersonMatcher(here).judge(Array(#"{"id":4930123456,"order_number":"4930123456"}"#.utf8), idsCount: true)
                .isAny)
    }

    /// What only looks like the person's address is left alone and listed.
    @Test(arguments: [
        "ann+shop@mail.example", "ANN+1@mail.example", "ann\u{FF20}mail.example", "ann+x\u{FE6B}mail.example",
    ])
    func anAddressThatLooksLikeThePersonsIsNear(_ address: String) {
        let matcher = PersonMatcher(Self.ann)
        for body in Self.bodies(address, key: "email") {
            let judgement = matcher.judge(body, idsCount: true)
            #expect(judgement.isNear && !judgement.isAny, "\(String(decoding: body, as: UTF8.self))")
        }
        let other = matcher.judge(
            Array(#"{"email":"joann+shop@mail.example","note":"+x@mail.example"}"#.utf8), idsCount: true)
        #expect(!other.isNear)
        // And the other way round, and by the index.
        var plus = Person(source: nil)
        plus.emails = ["ann+shop@mail.example"]
        #expect(PersonMatcher(plus).judge(Array(#"{"email":"ann@mail.example"}"#.utf8), idsCount: true).isNear)
        for person in [Self.ann, plus] {
            let wanted = PersonValue.all(of: person, PersonMatcher(person), subjects: [])
            let body = BodyForm(Array(#"{"email":"\#(address)"}"#.utf8))
            #expect(!wanted.isDisjoint(with: PersonValue.all(in: body)))
        }
    }

    @Test func whatIsNoAddressNamesNobody() {
        for text in ["@", "", "a@", "@b", " ", "a b", "a@.b", "a@b@c"] {
            var person = Person(source: nil)
            person.emails = [text]
            #expect(!person.namesSomebody && person.faults.count == 1, "\(text)")
            #expect(!PersonMatcher(person).judge(Array(#"{"email":"a@b.c","note":"@"}"#.utf8), idsCount: true).isAny)
        }
    }

    @Test func onlyAnAddressOfTheOneWhoIsMeantMakesABodyTheirs() {
        let matcher = PersonMatcher(Self.ann)
        func judge(_ body: String) -> PersonMatcher.Judgement { matcher.judge(Array(body.utf8), idsCount: true) }
        let gift = judge(#"{"email":"bob@mail.example","note":"for ann@mail.example"}"#)
        #expect(gift.isAny && !gift.isOwn)
        let receiver = judge(#"{"email":"bob@mail.example","shipping_address":{"phone":"+4930123456"}}"#)
        #expect(receiver.isAny && !receiver.isOwn)
        #expect(judge(#"{"email":"ann@mail.example","note":"for bob@mail.example"}"#).isOwn)
        let clean = matcher.scrubbed(body: Array(#"{"email":"bob@mail.example","note":"for ann@mail.example!"}"#.utf8))
        #expect(
            clean.map { String(decoding: $0, as: UTF8.self) }
                == #"{"email":"bob@mail.example","note":"for [redacted]!"}"#)
    }

    /// People at random, of few letters so that many of them nearly meet.
    @Test func randomPeopleMeetOnlyThemselves() {
        var random = SystemRandomNumberGenerator()
        func word(_ letters: String) -> String {
            String(
                (0...Int.random(in: 0...3, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<3000 {
            let (one, two) = (
                "\(word("ab.-+"))a@\(word("ab"))b.\(word("cd"))c", "a\(word("ab.-+"))a@\(word("ab-"))b.\(word("cd."))c"
            )
            guard let mine = EmailText.normalize(one), let theirs = EmailText.normalize(two) else { continue }
            var person = Person(source: nil)
            person.emails = [one]
            let matcher = PersonMatcher(person)
            for text in [two, "to \(two) now", #"{"email":"\#(two)"}"#, #"{"note":"x \#(two), y"}"#] {
                #expect(matcher.judge(Array(text.utf8), idsCount: true).isAny == (mine == theirs), "\(one) in \(text)")
                #expect((matcher.scrubbed(body: Array(text.utf8)) != nil) == (mine == theirs), "\(one) in \(text)")
            }
        }
    }
}

extension String {
    /// Two digits.
    fileprivate var padded: String { count < 2 ? "0" + self : self }
}
