extension JSONValue {
    /// This value as compact JSON text in UTF-8: no white space, members in order, numbers in their literal text.
    public func serialized() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(128)
        append(to: &out)
        return out
    }

    /// This value as compact JSON text.
    public var text: String { String(decoding: serialized(), as: UTF8.self) }

    /// This value as compact JSON text that Postgres takes as `jsonb` without an error: `storable.text`, in one pass.
    public var storableText: String {
        var out: [UInt8] = []
        append(to: &out, storable: true)
        return String(decoding: out, as: UTF8.self)
    }

    /// An object with these members as compact JSON text that Postgres takes as `jsonb`, without making the object.
    /// - Parameter members: each key once, in any order.
    public static func storableText(ofMembers members: [JSONObject.Member]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        out.append(UInt8(ascii: "{"))
        for member in members {
            if out.count > 1 { out.append(UInt8(ascii: ",")) }
            append(member.key, to: &out, storable: true)
            out.append(UInt8(ascii: ":"))
            member.value.append(to: &out, storable: true)
        }
        out.append(UInt8(ascii: "}"))
        return String(decoding: out, as: UTF8.self)
    }

    /// An array of pairs of texts, `[["a","1"],["b","2"]]`, as compact JSON text that Postgres takes as `jsonb`.
    public static func storableText(ofPairs pairs: [(String, String)]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        for (first, second) in pairs {
            out.append(contentsOf: (out.isEmpty ? "[[" : ",[").utf8)
            append(first, to: &out, storable: true)
            out.append(UInt8(ascii: ","))
            append(second, to: &out, storable: true)
            out.append(UInt8(ascii: "]"))
        }
        out.append(contentsOf: (out.isEmpty ? "[]" : "]").utf8)
        return String(decoding: out, as: UTF8.self)
    }

    func append(to out: inout [UInt8], storable: Bool = false) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let truth): out.append(contentsOf: (truth ? "true" : "false").utf8)
        case .number(let number):
            if storable, !number.isStorable {
                Self.append(number.text, to: &out)
            } else {
                out.append(contentsOf: number.text.utf8)
            }
        case .string(let text): Self.append(text, to: &out, storable: storable)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (position, element) in elements.enumerated() {
                if position > 0 { out.append(UInt8(ascii: ",")) }
                element.append(to: &out, storable: storable)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let object):
            if let (text, place) = object.read { return text.append(place, to: &out, storable: storable) }
            out.append(UInt8(ascii: "{"))
            for (position, member) in object.members.enumerated() {
                if position > 0 { out.append(UInt8(ascii: ",")) }
                Self.append(member.key, to: &out, storable: storable)
                out.append(UInt8(ascii: ":"))
                member.value.append(to: &out, storable: storable)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func needsEscapes(_ text: String) -> Bool {
        let bytes = text.utf8.span
        // Without an early end and without branches: so the compiler looks at many bytes at once.
        var found: UInt8 = 0
        for place in bytes.indices {
            let byte = bytes[place]
            found |= (byte < 0x20 ? 1 : 0) | (byte == 0x7F ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5C ? 1 : 0)
        }
        return found != 0
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    static func append(_ text: String, to out: inout [UInt8], storable: Bool = false) {
        out.append(UInt8(ascii: "\""))
        defer { out.append(UInt8(ascii: "\"")) }
        // Nearly every string is copied as a whole.
        guard needsEscapes(text) else { return out.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
            case 0x0A: out.append(contentsOf: "\\n".utf8)
            case 0x0D: out.append(contentsOf: "\\r".utf8)
            case 0x09: out.append(contentsOf: "\\t".utf8)
            case 0 where storable: out.append(contentsOf: "\u{FFFD}".utf8)
            case 0..<0x20, 0x7F:
                out.append(contentsOf: "\\u00".utf8)
                out.append(hexDigits[Int(byte >> 4)])
                out.append(hexDigits[Int(byte & 15)])
            default: out.append(byte)
            }
        }
    }
}

extension JSONText {
    /// Writes the value at that place, for the most part by copying its texts.
    func append(_ place: Int, to out: inout [UInt8], storable: Bool) {
        let node = nodes[place]
        if isCompact, isStorable || !storable { return out.append(contentsOf: bytes[node.whole]) }
        switch node.kind {
        case .array:
            out.append(UInt8(ascii: "["))
            var element = place + 1
            while element < node.next {
                if element > place + 1 { out.append(UInt8(ascii: ",")) }
                append(element, to: &out, storable: storable)
                element = Int(nodes[element].next)
            }
            out.append(UInt8(ascii: "]"))
        case .object:
            out.append(UInt8(ascii: "{"))
            for (number, key) in JSONObject(self, place).places.enumerated() {
                if number > 0 { out.append(UInt8(ascii: ",")) }
                append(key, to: &out, storable: storable)
                out.append(UInt8(ascii: ":"))
                append(Int(nodes[key].next), to: &out, storable: storable)
            }
            out.append(UInt8(ascii: "}"))
        case .number where storable && !isStorable: value(place).append(to: &out, storable: true)
        case .number, .null, .no, .yes: out.append(contentsOf: bytes[node.range])
        case .string, .key:
            guard node.marks.contains(.isPlain) else {
                return JSONValue.append(string(node), to: &out, storable: storable)
            }
            out.append(UInt8(ascii: "\""))
            out.append(contentsOf: bytes[node.range])
            out.append(UInt8(ascii: "\""))
        }
    }
}
