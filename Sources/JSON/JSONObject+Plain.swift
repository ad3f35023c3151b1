/// What can be known of a member without making its value. A value that was made here is not looked at: then the answer
/// is no.
extension JSONObject {
    /// The number of bytes of a string that is written as it stands, without any escapes; nil for every other value.
    public func plainTextLength(at place: Int) -> Int? {
        guard let node = valueNode(at: place)?.node, node.kind == .string, node.marks == .isPlain else { return nil }
        return node.length
    }

    /// Whether the text of a string or number has printable ASCII characters only.
    public func isPrintable(at place: Int) -> Bool {
        guard let (text, node) = valueNode(at: place) else { return false }
        let bytes = text.bytes
        return bytes.span.extracting(node.range).isPrintableASCII
    }

    /// The number of bytes of a number without sign and exponent, and whether it is written without a point; nil for
    /// every other value.
    public func plainNumber(at place: Int) -> (length: Int, isWhole: Bool)? {
        guard let (text, node) = valueNode(at: place), node.kind == .number else { return nil }
        var isWhole = true
        for position in node.range {
            switch text.bytes[position] {
            case 48...57: break
            case UInt8(ascii: "."): isWhole = false
            default: return nil
            }
        }
        return (node.length, isWhole)
    }

    private func valueNode(at place: Int) -> (text: JSONText, node: JSONNode)? {
        guard let text = read?.text else { return nil }
        return (text, text.nodes[Int(text.nodes[place].next)])
    }
}

extension Span<UInt8> {
    /// Whether all bytes are printable ASCII characters.
    public var isPrintableASCII: Bool {
        // Without an early end: so the compiler looks at many bytes at once.
        var other: UInt8 = 0
        for place in indices { other |= self[place] &- 0x20 < 0x5F ? 0 : 1 }
        return other == 0
    }
}
