import JSON
import Webhooks

/// A sender's order lines.
struct LineItems: Sendable {
    /// The members that can hold a line's own id.
    let idKeys: [String]
    /// The other members.
    let map: FieldMap<OrderItemField>

    /// No real order has more lines, and each becomes a row.
    private static let most = 1000

    /// The lines, under the keys of `OrderItemField`.
    ///
    /// Every line gets an id that is unique in its order: its own, or `#` and its place when it has none or shares it.
    /// Nulls among the lines are skipped. What does not fit its form goes to the line's `extra`: 10,000 values for all
    /// lines together.
    /// - Returns: nil if it is not a list of at most 1,000 objects.
    @Sendable func items(_ value: JSONValue) -> JSONValue? {
        guard let elements = value.list?.filter({ $0 != .null }), elements.count <= Self.most else { return nil }
        let objects = elements.compactMap(\.object)
        guard objects.count == elements.count else { return nil }
        var taken = Set(objects.flatMap { object in idKeys.compactMap { object[$0]?.identifierText } })
        var used: Set<String> = []
        var room = 10_000
        var unread: [String] = []
        var lines = objects.enumerated().map { place, object in
            var reader = FieldReader(object)
            var line = JSONObject()
            for key in idKeys where line[OrderItemField.lineID] == nil {
                guard let id = object[key]?.identifierText, used.insert(id).inserted else { continue }
                line[OrderItemField.lineID] = .string(id)
                reader.drop(key)
            }
            for key in idKeys where object[key] == .null { reader.drop(key) }
            if line[OrderItemField.lineID] == nil {
                var id = "#\(place + 1)"
                while !taken.insert(id).inserted { id += "'" }
                line[OrderItemField.lineID] = .string(id)
            }
            for member in JSONObject(map.read(&reader)).members { line[member.key] = member.value }
            line.keep(reader.extra(within: &room))
            for name in reader.unread where !unread.contains(name) { unread.append(name) }
            return JSONValue.object(line)
        }
        var mark = JSONObject()
        mark.hand(on: unread)
        if !mark.isEmpty { lines.append(.object(mark)) }
        return .array(lines)
    }
}
