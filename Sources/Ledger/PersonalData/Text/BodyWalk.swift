import JSON

/// The place of a text in a body.
struct BodyPlace {
    /// The key of the member or the name of the field; empty where there is none.
    var key = ""
    /// The key above it.
    var parent = ""
    /// Whether it belongs to a part that may be about another person than the body: the receiver of a gift,
    /// the lines of an order.
    var isAside = false
    /// The country that numbers there belong to.
    var country: String?

    /// Whether a text there is a telephone number.
    var isPhone: Bool {
        let key = key.lowercased()
        return ["phone", "mobile", "msisdn", "whatsapp"].contains(where: key.contains)
            || ["tel", "cell", "fax", "telephone"].contains(key)
    }

    /// Whether a text there is an address, and not one that quotes addresses.
    var isAddress: Bool { isPhone || key.lowercased().contains("mail") }

    /// Whether an address there is that of whom the body is about.
    var isPrincipal: Bool { !isAside && isAddress }

    /// Whether an id there is that of the customer whom the body is about.
    var isCustomerID: Bool {
        if isAside { return false }
        return switch key {
        case "customer_id", "customerId", "customerID", "buyer_id", "buyerId": true
        case "id": parent == "customer" || parent == "buyer"
        default: false
        }
    }

    /// The place of JSON that a text here is: a customer may have written it. Amazon SNS puts the sender's own body there.
    var embedded: BodyPlace {
        var place = self
        place.isAside = isAside || key != "Message" || !parent.isEmpty
        return place
    }

    func inside(_ name: String, country: String?) -> BodyPlace {
        let lower = name.lowercased()
        let isAside =
            isAside
            || ["shipping", "recipient", "gift", "item", "note", "fulfillment", "refund", "staff", "merchant"]
                .contains(where: lower.contains)
        return BodyPlace(key: name, parent: key, isAside: isAside, country: country ?? self.country)
    }
}

/// A body in any form: JSON, a form, or text.
enum BodyForm {
    case json(JSONValue)
    /// The pairs of a form as they were sent, still encoded.
    case form([(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)])
    case text(String)

    init(_ body: [UInt8]) {
        let body = body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
        if let value = try? JSONValue(parsing: body) {
            self = .json(value)
        } else if Self.isForm(body) {
            self = .form(
                body.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { pair in
                    guard let sign = pair.firstIndex(of: UInt8(ascii: "=")) else {
                        return (pair, pair[pair.endIndex...])
                    }
                    return (pair[..<sign], pair[(sign + 1)...])
                })
        } else {
            self = .text(String(decoding: body, as: UTF8.self))
        }
    }

    /// A form has no white space and begins with a name.
    private static func isForm(_ body: [UInt8]) -> Bool {
        guard let sign = body.firstIndex(of: UInt8(ascii: "=")), sign > 0 else { return false }
        return body.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "\"") }
    }

    /// Visits every text with its place: strings, numbers that may identify somebody, keys.
    func walk(country: String?, _ see: (String, BodyPlace) -> Void) {
        var place = BodyPlace()
        place.country = country
        switch self {
        case .json(let value):
            place.country = Self.country(in: value, depth: 0) ?? country
            Self.walk(value, place, see)
        case .form(let pairs):
            for pair in pairs {
                let name = Self.text(pair.name)
                see(name, BodyPlace(key: "", parent: "", isAside: true, country: country))
                let text = Self.text(pair.value)
                let inside = place.inside(Self.lastName(of: name), country: nil)
                if let inner = Self.embedded(text) { Self.walk(inner, inside, see) } else { see(text, inside) }
            }
        case .text(let text): see(text, BodyPlace(key: "", parent: "", isAside: true, country: country))
        }
    }

    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: PercentText.decode(bytes, plusIsSpace: true), as: UTF8.self)
    }

    /// `email` of `customer[email]`.
    static func lastName(of name: String) -> String {
        name.split(whereSeparator: { "[].".contains($0) }).last.map(String.init) ?? name
    }

    private static func walk(_ value: JSONValue, _ place: BodyPlace, _ see: (String, BodyPlace) -> Void) {
        switch value {
        case .object(let object):
            let country = country(of: object)
            for member in object.members {
                if member.key.utf8.count > 5 { see(member.key, BodyPlace(key: "", parent: "", isAside: true)) }
                walk(member.value, place.inside(member.key, country: country), see)
            }
        case .array(let elements):
            for element in elements { walk(element, place, see) }
        case .string(let text):
            if let inner = embedded(text) { walk(inner, place.embedded, see) } else { see(text, place) }
        case .number(let number): if place.isPhone || place.isCustomerID { see(number.text, place) }
        default: break
        }
    }

    /// The JSON object or array that a text is, as in the field `payload` of a form; nil for other texts.
    static func embedded(_ text: String) -> JSONValue? {
        guard text.hasPrefix("{") || text.hasPrefix("[") else { return nil }
        return try? JSONValue(parsing: Array(text.utf8))
    }

    private static let countryKeys = ["country_code", "countryCode", "country_code_v2", "countryCodeV2", "country"]

    /// The two letters of the country that an object names.
    static func country(of object: JSONObject) -> String? {
        for key in countryKeys {
            if let text = object[key]?.string, text.utf8.count == 2,
                text.utf8.allSatisfy({ $0 | 0x20 >= 97 && $0 | 0x20 <= 122 })
            {
                return text
            }
        }
        return nil
    }

    /// The country of an order: that of its first address.
    private static func country(in value: JSONValue, depth: Int) -> String? {
        guard depth < 4, let object = value.object else { return nil }
        if let own = country(of: object) { return own }
        for member in object.members where member.value.object != nil {
            if let found = country(in: member.value, depth: depth + 1) { return found }
        }
        return nil
    }
}
