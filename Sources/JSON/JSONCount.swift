extension JSONText {
    /// The number of values at that place; counting stops above `limit`.
    func valueCount(_ place: Int, upTo limit: Int) -> Int {
        var count = 0
        for node in nodes[place..<Int(nodes[place].next)] where node.kind != .key {
            count += 1
            if count > limit { break }
        }
        return count
    }
}

extension JSONValue {
    /// The number of values in it, itself included; counting stops above `limit`.
    func count(upTo limit: Int) -> Int {
        var count = 1
        switch self {
        case .array(let elements):
            for value in elements where count <= limit { count += value.count(upTo: limit - count) }
        case .object(let object):
            for place in object.places where count <= limit {
                count += object.valueCount(at: place, upTo: limit - count)
            }
        case .null, .bool, .number, .string: break
        }
        return count
    }
}
