/// A JSON text as it was read: its bytes, and flat nodes that say where its values are. A `String` is made only of
/// what is asked for, so that reading a body costs one pass and two allocations, whatever it holds.
final class JSONText: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]
    /// The keys that have escapes, decoded.
    let keys: [UInt8]
    /// The tables of objects with many members (`JSONTable`).
    let tables: [UInt32]
    /// Whether `JSONValue.storable` would change nothing.
    let isStorable: Bool
    /// Whether each value is written as it stands: without white space, with the writer's own escapes, each key once.
    let isCompact: Bool

    init(bytes: [UInt8], nodes: [JSONNode], keys: [UInt8], tables: [UInt32], isStorable: Bool, isCompact: Bool) {
        self.bytes = bytes
        self.nodes = nodes
        self.keys = keys
        self.tables = tables
        self.isStorable = isStorable
        self.isCompact = isCompact
    }

    /// The value at that place. Objects in it remain views of this text.
    func value(_ place: Int) -> JSONValue {
        let node = nodes[place]
        switch node.kind {
        case .null: return .null
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .number: return .number(number(node))
        case .string, .key: return .string(string(node))
        case .object: return .object(JSONObject(self, place))
        case .array:
            var elements: [JSONValue] = []
            elements.reserveCapacity(Int(node.more))
            var place = place + 1
            while place < node.next {
                elements.append(value(place))
                place = Int(nodes[place].next)
            }
            return .array(elements)
        }
    }

    func number(_ node: JSONNode) -> JSONNumber {
        JSONNumber(checked: String(decoding: bytes[node.range], as: UTF8.self))
    }

    /// The text of a string or key.
    func string(_ node: JSONNode) -> String {
        if node.marks.contains(.isEscaped) {
            return String(decoding: JSONEscapes.decode(bytes, node.range), as: UTF8.self)
        }
        return String(decoding: node.marks.contains(.isDecoded) ? keys[node.range] : bytes[node.range], as: UTF8.self)
    }

    /// The place of the key in an object; nil if it has no such member.
    func place(of key: Span<UInt8>, in object: Int) -> Int? {
        let node = nodes[object]
        guard node.more == JSONNode.noTable else {
            return JSONTable.place(of: key, tables, at: Int(node.more), nodes, bytes, keys)
        }
        var place = object + 1
        while place < node.next {
            let other = nodes[place]
            if other.length == key.count, JSONTable.isKey(other, key, bytes, keys) { return place }
            place = Int(nodes[place + 1].next)
        }
        return nil
    }
}
