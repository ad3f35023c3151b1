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
    /// Where the text of a string, key or number begins. For a container: the number of elements or members.
    var start: UInt32
    /// Where the text ends. For an object: where its table is in `JSONText.tables`; `noTable` without one.
    var end: UInt32
    /// Of a value: the place of the first node that is not part of it. Of a key: the place of its value.
    var next: UInt32

    static let noTable = UInt32.max

    var length: Int { Int(end &- start) }
    var range: Range<Int> { Int(start)..<Int(end) }
}
