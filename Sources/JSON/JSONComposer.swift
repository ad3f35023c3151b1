/// Makes objects of another text's members and of new ones: it writes their compact text, which Postgres takes as `jsonb`,
/// and its nodes. So most values are copied from text to text without being made, and the objects are views of the new
/// text, which is later copied as a whole.
public struct JSONComposer {
    /// Reads what is made of values; the rest gets its nodes here.
    private var text: JSONReader
    /// The places of the objects.
    private var objects: [Int] = []
    private var isOpen = false

    /// - Parameters:
    ///   - count: about how many objects there will be.
    ///   - size: about how many bytes each of them has.
    public init(objects count: Int, size: Int) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * size)
        text = JSONReader(bytes)
        text.nodes.reserveCapacity(count * size / 12)
        objects.reserveCapacity(count)
    }

    /// Begins an object, after the end of the one before.
    public mutating func begin() {
        precondition(!isOpen, "an object is part of another one as a value only")
        isOpen = true
        objects.append(text.nodes.count)
        text.nodes.append(JSONNode(kind: .object, start: UInt32(text.bytes.count), end: 0, next: 0))
        text.bytes.append(UInt8(ascii: "{"))
    }

    /// Ends the object.
    public mutating func end() {
        precondition(isOpen, "no object has been begun")
        isOpen = false
        text.bytes.append(UInt8(ascii: "}"))
        text.position = text.bytes.count
        text.close(objects[objects.count - 1])
    }

    /// Adds a member with the value at that place of another object, which is one that ``JSONObject/plainTextLength(at:)``
    /// or ``JSONObject/plainNumber(at:)`` knows.
    /// - Parameters:
    ///   - key: one that the object does not have. Objects with many members take long to be searched.
    ///   - asText: whether a number becomes a string of its text.
    public mutating func copy(_ place: Int, of other: JSONObject, as key: JSONKey, asText: Bool = false) {
        guard let source = other.read?.text else { return write(other.value(at: place), as: key) }
        let node = source.nodes[Int(source.nodes[place].next)]
        let isText = asText || node.kind == .string
        begin(key)
        if isText { text.bytes.append(UInt8(ascii: "\"")) }
        let start = text.bytes.count
        text.bytes.append(contentsOf: source.bytes[node.range])
        text.add(isText ? .string : node.kind, isText ? .isPlain : [], from: start, to: text.bytes.count)
        if isText { text.bytes.append(UInt8(ascii: "\"")) }
    }

    /// Adds a member with that value.
    /// - Parameter key: see ``copy(_:of:as:asText:)``.
    public mutating func write(_ value: JSONValue, as key: JSONKey) {
        begin(key)
        text.position = text.bytes.count
        value.append(to: &text.bytes, storable: true)
        do {
            try text.value(depth: 0)
        } catch {
            preconditionFailure("what was written is no JSON: \(error)")
        }
    }

    private mutating func begin(_ key: JSONKey) {
        precondition(isOpen, "a member is part of an object")
        if text.nodes.count > objects[objects.count - 1] + 1 { text.bytes.append(UInt8(ascii: ",")) }
        let start = text.bytes.count + 1
        text.bytes.append(contentsOf: key.text)
        text.add(.key, .isPlain, from: start, to: text.bytes.count - 2)
    }

    /// The objects, in order.
    public func finished() -> [JSONValue] {
        // Written by the one writer, it stands as that writer would write it again.
        let whole = JSONText(
            bytes: text.bytes, nodes: text.nodes, keys: text.keys, tables: text.tables, isStorable: true,
            isCompact: true)
        return objects.map { .object(JSONObject(whole, $0)) }
    }
}
