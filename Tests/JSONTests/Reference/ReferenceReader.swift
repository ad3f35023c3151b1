import JSON

/// A plain recursive reader that makes every value at once: the one that `JSONValue(parsing:)` must agree with.
struct ReferenceReader {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The byte at the position; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func document() throws(JSONError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value(depth: 0)
        skipWhiteSpace()
        if next != nil { throw failure(.trailingBytes) }
        return value
    }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipWhiteSpace()
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case .some(UInt8(ascii: "-")), .some(48...57): return .number(try number())
        default: throw unexpected()
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= JSONValue.maximumDepth else { throw failure(.tooDeep) }
        position += 1
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if skip(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            skipWhiteSpace()
            if skip(UInt8(ascii: "]")) { return elements }
            guard skip(UInt8(ascii: ",")) else { throw unexpected() }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= JSONValue.maximumDepth else { throw failure(.tooDeep) }
        position += 1
        var object = JSONObject()
        skipWhiteSpace()
        if skip(UInt8(ascii: "}")) { return object }
        while true {
            skipWhiteSpace()
            guard next == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try string()
            skipWhiteSpace()
            guard skip(UInt8(ascii: ":")) else { throw unexpected() }
            object[key] = try value(depth: depth)
            skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { return object }
            guard skip(UInt8(ascii: ",")) else { throw unexpected() }
        }
    }

    private mutating func word(_ word: String) throws(JSONError) {
        for byte in word.utf8 {
            guard skip(byte) else { throw unexpected() }
        }
    }

    private mutating func skipWhiteSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    func failure(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: position) }

    /// No allowed token is at this position.
    func unexpected() -> JSONError { failure(next == nil ? .unexpectedEnd : .unexpectedByte) }
}
