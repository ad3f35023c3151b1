import Webhooks

/// An e-mail address with an optional name, as header fields and envelopes need it.
struct MailAddress: Sendable, Hashable {
    /// `local@domain`; letters beyond ASCII need a server with SMTPUTF8 (RFC 6531).
    let address: String
    /// The name shown, any text without control characters; nil for none.
    let name: String?

    /// The domain.
    var domain: String { String(address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...]) }

    /// Reads `local@domain` or `Name <local@domain>`. Refuses whatever could end a header field or add a recipient:
    /// line breaks and other control characters, lists, comments, quoted local parts (RFC 5321 section 4.1.2 allows
    /// those; no shop needs them).
    init?(_ text: String) {
        guard !text.unicodeScalars.contains(where: { $0.value < 32 || (0x7F...0x9F).contains($0.value) }) else {
            return nil
        }
        let text = String(text.trimmed)
        if text.last == ">", let open = text.lastIndex(of: "<") {
            let inner = text[text.index(after: open)...].dropLast()
            self.init(address: String(inner), name: String(text[..<open].trimmed))
        } else {
            self.init(address: text, name: nil)
        }
    }

    /// - Returns: nil when the address is none, or the name holds control characters.
    init?(address: String, name: String?) {
        guard Self.isAddress(address) else { return nil }
        if let name, name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 || "<>".contains("\($0)") })
        {
            return nil
        }
        self.address = address
        self.name = name?.isEmpty == false ? name : nil
    }

    /// The address as a header field has it.
    var header: String { name.map { "\(HeaderText.phrase($0)) <\(address)>" } ?? address }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, parts[0].utf8.count <= 64 else {
            return false
        }
        return parts[0].unicodeScalars.allSatisfy(isAtom) && parts[1].unicodeScalars.allSatisfy(isHost)
            && !parts[1].isEmpty
            && parts[1].first != "." && parts[1].last != "."
    }

    private static func isHost(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 48...57, 65...90, 97...122, 45, 46: true
        case 0x80...: isLetter(scalar)
        default: false
        }
    }

    /// Letters, marks and digits of every script: no sign that looks like a space or turns the direction of the text.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .titlecaseLetter, .nonspacingMark,
            .spacingMark, .decimalNumber:
            true
        default: false
        }
    }

    /// "atext" of RFC 5322 section 3.2.3 and of RFC 6532, and the dot.
    private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
        isHost(scalar) || "!#$%&'*+/=?^_`{|}~".unicodeScalars.contains(scalar)
    }
}
