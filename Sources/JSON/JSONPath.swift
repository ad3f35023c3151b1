extension JSONValue {
    /// The value at a path whose steps are keys, or positions in arrays.
    /// - Returns: nil when there is none.
    public func value(at path: [String]) -> JSONValue? {
        var value: JSONValue? = self
        for step in path {
            if case .array(let elements) = value {
                guard let position = Int(step), elements.indices.contains(position) else { return nil }
                value = elements[position]
            } else {
                value = value?[step]
            }
        }
        return value
    }

    /// Sets the value at a path. Objects on the way are made where they are missing or null; of an array an element
    /// must be there.
    /// - Returns: whether there is such a place; if not, nothing changes.
    public mutating func set(_ value: JSONValue, at path: [String]) -> Bool { set(value, at: path[...]) }

    private mutating func set(_ value: JSONValue, at path: ArraySlice<String>) -> Bool {
        guard let step = path.first else {
            self = value
            return true
        }
        switch self {
        case .object(var object):
            var inner = object[step] ?? .null
            guard inner.set(value, at: path.dropFirst()) else { return false }
            object[step] = inner
            self = .object(object)
        case .array(var elements):
            guard let position = Int(step), elements.indices.contains(position),
                elements[position].set(value, at: path.dropFirst())
            else { return false }
            self = .array(elements)
        case .null:
            var object = JSONValue.object(JSONObject())
            guard object.set(value, at: path) else { return false }
            self = object
        default: return false
        }
        return true
    }
}
