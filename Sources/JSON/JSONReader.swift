extension JSONValue {
    /// How deep arrays and objects may be nested; a value that is neither has depth 0.
    public static let maximumDepth = 64

    /// Reads one JSON text (RFC 8259) that fills `bytes` but for white space.
    ///
    /// Strict UTF-8; a byte order mark before it is skipped (RFC 8259, section 8.1). Numbers keep their text; of a
    /// repeated key the last value is used; half of a surrogate pair (`\ud800` alone) reads as U+FFFD. Time and memory
    /// grow linearly with the input. Objects keep `bytes`, and make their values when they are asked for.
    /// - Parameter bytes: the text, such as the raw body of a delivery; less than 4 GiB.
    /// - Throws: `JSONError` with the reason and the offset of the first byte that does not fit.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes)
        self = try reader.document().value(0)
    }
}

/// One pass over the bytes of a JSON text, which makes its nodes. Strings, numbers and objects are read in files of
/// their own.
struct JSONReader {
    /// Grows only while a composer writes.
    var bytes: [UInt8]
    var position = 0
    /// See `JSONText`.
    var nodes: [JSONNode] = []
    var keys: [UInt8] = []
    var tables: [UInt32] = []
    var isStorable = true
    var isCompact = true
    /// The positions of characters that were not UTF-8, in ascending order, and the top members with them.
    var repairs: ArraySlice<Int> = []
    var repairedMembers: [String] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The byte at the position; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func document() throws(JSONError) -> JSONText {
        precondition(bytes.count < UInt32.max, "a text of 4 GiB has no places in 32 bits")
        nodes.reserveCapacity(bytes.count / 12 + 4)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        try value(depth: 0)
        skipWhiteSpace()
        if next != nil { throw failure(.trailingBytes) }
        return JSONText(
            bytes: bytes, nodes: nodes, keys: keys, tables: tables, isStorable: isStorable, isCompact: isCompact)
    }

    mutating func value(depth: Int) throws(JSONError) {
        skipWhiteSpace()
        switch next {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(48...57): try number()
        default: throw unexpected()
        }
    }

    private mutating func array(depth: Int) throws(JSONError) {
        let place = try open(.array, depth: depth)
        skipWhiteSpace()
        if skip(UInt8(ascii: "]")) { return close(place, elements: 0) }
        var count: UInt32 = 0
        while true {
            try value(depth: depth)
            count += 1
            skipWhiteSpace()
            if skip(UInt8(ascii: "]")) { return close(place, elements: count) }
            guard skip(UInt8(ascii: ",")) else { throw unexpected() }
        }
    }

    /// Begins an array or object.
    /// - Returns: the place of its node.
    mutating func open(_ kind: JSONNode.Kind, depth: Int) throws(JSONError) -> Int {
        guard depth <= JSONValue.maximumDepth else { throw failure(.tooDeep) }
        nodes.append(JSONNode(kind: kind, start: UInt32(position), end: 0, next: 0))
        position += 1
        return nodes.count - 1
    }

    /// Ends an array or object, whose bracket has been read.
    mutating func close(_ place: Int, elements: UInt32 = JSONNode.noTable) {
        nodes[place].end = UInt32(position)
        nodes[place].next = UInt32(nodes.count)
        nodes[place].more = elements
    }

    /// Adds a value that is no container, whose text is from `start` up to `end`.
    mutating func add(_ kind: JSONNode.Kind, _ marks: JSONNode.Marks = [], from start: Int, to end: Int) {
        nodes.append(
            JSONNode(
                kind: kind, marks: marks, start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count + 1)))
    }

    private mutating func word(_ word: String, _ kind: JSONNode.Kind) throws(JSONError) {
        let start = position
        for byte in word.utf8 {
            guard skip(byte) else { throw unexpected() }
        }
        add(kind, from: start, to: position)
    }

    mutating func skipWhiteSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
            isCompact = false
        }
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
