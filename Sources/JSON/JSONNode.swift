/// One value or key of a text that was read (`JSONText`).
///
/// The nodes follow the order of the text: an array is followed by its elements, an object by its members, each a key
/// and the value behind it.
struct JSONNode: Sendable {
    enum Kind: UInt8, Sendable { case null, no, yes, number, string, key, array, object }

    struct Marks: OptionSet, Sendable {
        let rawValue: UInt8
        /// A string with escapes.
        static let isEscaped = Marks(rawValue: 1)
        /// A string that is written as it was read.
        static let isPlain = Marks(rawValue: 2)
        /// A key with escapes: its bytes are in `JSONText.keys`.
        static let isDecoded = Marks(rawValue: 4)
        /// A repetition of an earlier key, which has taken over the value.
        static let isHidden = Marks(rawValue: 8)
    }

    var kind: Kind
    var marks: Marks = []
    /// Where the text begins; that of a string or key behind its quote.
    var start: UInt32
    /// Where the text ends; that of a string or key before its quote.
    var end: UInt32
    /// Of a value: the place of the first node that is not part of it. Of a key: the place of its value.
    var next: UInt32
    /// Of an object: where its table is in `JSONText.tables`; `noTable` without one. Of an array: the number of elements.
    var more = JSONNode.noTable

    static let noTable = UInt32.max

    var length: Int { Int(end &- start) }
    var range: Range<Int> { Int(start)..<Int(end) }
    /// With the quotes of a string.
    var whole: Range<Int> { kind == .string ? Int(start) - 1..<Int(end) + 1 : range }
}
