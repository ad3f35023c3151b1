import JSON

extension ReferenceReader {
    /// Reads a number (RFC 8259 section 6): its text, unchanged.
    mutating func number() throws(JSONError) -> JSONNumber {
        let start = position
        _ = skip(UInt8(ascii: "-"))
        if !skip(UInt8(ascii: "0")) { try digits() }
        if skip(UInt8(ascii: ".")) { try digits() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = JSONNumber(literal: text) else { throw failure(.invalidNumber) }
        return number
    }

    /// Moves over one digit or more.
    private mutating func digits() throws(JSONError) {
        guard let first = next else { throw failure(.unexpectedEnd) }
        guard (48...57).contains(first) else { throw failure(.invalidNumber) }
        while let byte = next, (48...57).contains(byte) { position += 1 }
    }
}
