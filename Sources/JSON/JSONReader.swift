extension JSONValue {
    /// How deep arrays and objects may be nested; a value that is neither has depth 0.
    public static let maximumDepth = 64

    /// Reads one JSON text (RFC 8259) that fills `bytes` but for white space.
    ///
    /// Strict UTF-8; a byte order mark before it is skipped (RFC 8259, section 8.1). Numbers keep their text; of a
    /// repeated key the last value is used; half of a surrogate pair (`\ud800` alone) reads as U+FFFD. Time and memory
    /// grow linearly with the input.
    /// - Parameter bytes: the text, such as the raw body of a delivery.
    /// - Throws: `JSONError` with the reason and the offset of the first byte that does not fit.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }
}

/// One pass over the bytes of a JSON text. Strings and numbers are read in files of their own.
struct JSONReader {
    let bytes: [UInt8]
    var position = 0
    /// The positions of characters that were not UTF-8, in ascending order, and the top members with them.
    var repairs: ArraySlice<Int> = []
    var repairedMembers: [String] = []

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
            if depth == 1, !repairs.isEmpty { noteRepairs(in: key) }
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
