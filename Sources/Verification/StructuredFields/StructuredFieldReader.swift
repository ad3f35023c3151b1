import Crypto

/// Reads the text of a structured field (RFC 8941, section 4.2), strictly and within bounds: a stranger chooses it.
///
/// Two things that the RFC lets pass are refused here, because they give one value two readings: a key or a parameter that
/// appears twice, and a byte sequence without its padding.
struct StructuredFieldReader {
    /// Texts that are longer are not read.
    static let longestText = 8192
    /// The most members of a dictionary.
    static let mostMembers = 32
    /// The most items of an inner list.
    static let mostItems = 32
    /// The most parameters of one item or list.
    static let mostParameters = 16

    /// The text is not a field of that type, or exceeds a bound.
    private struct Malformed: Error {}

    private let bytes: [UInt8]
    private var position = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// The dictionary of a text.
    /// - Returns: nil when it is none, or exceeds a bound.
    static func dictionary(_ text: String) -> FieldDictionary? {
        guard text.utf8.count <= longestText else { return nil }
        var reader = StructuredFieldReader(text)
        return try? reader.dictionary()
    }

    private mutating func dictionary() throws(Malformed) -> FieldDictionary {
        var dictionary = FieldDictionary()
        skip { $0 == 0x20 }
        while position < bytes.count {
            let key = try key()
            guard dictionary[key] == nil, dictionary.members.count < Self.mostMembers else { throw Malformed() }
            dictionary.members.append(FieldDictionary.Entry(key: key, value: try member()))
            skip { $0 == 0x20 || $0 == 0x09 }
            if position == bytes.count { break }
            guard next() == UInt8(ascii: ",") else { throw Malformed() }
            skip { $0 == 0x20 || $0 == 0x09 }
            // A comma at the end.
            guard position < bytes.count else { throw Malformed() }
        }
        return dictionary
    }

    private mutating func member() throws(Malformed) -> FieldMember {
        guard peek == UInt8(ascii: "=") else {
            return .item(FieldItem(value: .boolean(true), parameters: try parameters()))
        }
        position += 1
        return peek == UInt8(ascii: "(") ? .list(try innerList()) : .item(try item())
    }

    private mutating func innerList() throws(Malformed) -> InnerList {
        var list = InnerList()
        position += 1
        while true {
            skip { $0 == 0x20 }
            if peek == UInt8(ascii: ")") {
                position += 1
                list.parameters = try parameters()
                return list
            }
            guard list.items.count < Self.mostItems else { throw Malformed() }
            list.items.append(try item())
            guard peek == 0x20 || peek == UInt8(ascii: ")") else { throw Malformed() }
        }
    }

    private mutating func item() throws(Malformed) -> FieldItem {
        FieldItem(value: try bareItem(), parameters: try parameters())
    }

    private mutating func parameters() throws(Malformed) -> FieldParameters {
        var parameters = FieldParameters()
        while peek == UInt8(ascii: ";") {
            position += 1
            skip { $0 == 0x20 }
            let name = try key()
            guard parameters[name] == nil, parameters.all.count < Self.mostParameters else { throw Malformed() }
            var value = BareItem.boolean(true)
            if peek == UInt8(ascii: "=") {
                position += 1
                value = try bareItem()
            }
            parameters.all.append(FieldParameters.Parameter(name: name, value: value))
        }
        return parameters
    }

    private mutating func key() throws(Malformed) -> String {
        guard let first = peek, Self.isLower(first) || first == UInt8(ascii: "*") else { throw Malformed() }
        return taken { Self.isLower($0) || Self.isDigit($0) || "_-.*".utf8.contains($0) }
    }

    private mutating func bareItem() throws(Malformed) -> BareItem {
        guard let first = peek else { throw Malformed() }
        switch first {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: ":"): return .bytes(try byteSequence())
        case UInt8(ascii: "?"): return .boolean(try boolean())
        case UInt8(ascii: "-"): return try number()
        case _ where Self.isDigit(first): return try number()
        case _ where Self.isLetter(first) || first == UInt8(ascii: "*"):
            return .token(taken { Self.isTokenByte($0) })
        default: throw Malformed()
        }
    }

    private mutating func string() throws(Malformed) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = next(), escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") else {
                    throw Malformed()
                }
                text.append(escaped)
            case 0x20...0x7E: text.append(byte)
            default: throw Malformed()
            }
        }
        throw Malformed()
    }

    private mutating func byteSequence() throws(Malformed) -> [UInt8] {
        position += 1
        let text = taken { $0 != UInt8(ascii: ":") }
        guard next() == UInt8(ascii: ":"), let bytes = Base64.decode(text) else { throw Malformed() }
        return bytes
    }

    private mutating func boolean() throws(Malformed) -> Bool {
        position += 1
        switch next() {
        case UInt8(ascii: "1"): return true
        case UInt8(ascii: "0"): return false
        default: throw Malformed()
        }
    }

    /// An integer of 15 digits at most, or a decimal of 12 and 3 at most; without leading zeros, so that it has one
    /// spelling.
    private mutating func number() throws(Malformed) -> BareItem {
        let sign = peek == UInt8(ascii: "-") ? "-" : ""
        position += sign.utf8.count
        let whole = taken(while: Self.isDigit)
        guard !whole.isEmpty, whole == "0" || !whole.hasPrefix("0") else { throw Malformed() }
        guard peek == UInt8(ascii: ".") else {
            guard whole.utf8.count <= 15, let value = Int64(sign + whole) else { throw Malformed() }
            return .integer(value)
        }
        position += 1
        let rest = taken(while: Self.isDigit)
        guard whole.utf8.count <= 12, (1...3).contains(rest.utf8.count) else { throw Malformed() }
        var fraction = rest[...]
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        return .decimal("\(sign)\(whole).\(fraction)")
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    private mutating func skip(while isSkipped: (UInt8) -> Bool) {
        while let byte = peek, isSkipped(byte) { position += 1 }
    }

    private mutating func taken(while isPart: (UInt8) -> Bool) -> String {
        let start = position
        skip(while: isPart)
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || "!#$%&'*+-.^_`|~:/".utf8.contains(byte)
    }
}
