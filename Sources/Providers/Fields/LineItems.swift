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
        guard let elements = value.list?.filter({ !$0.isNull }), elements.count <= Self.most else { return nil }
        let objects = elements.compactMap(\.object)
        guard objects.count == elements.count else { return nil }
        // The ids that the lines themselves have, for those that get one here.
        var taken: Set<String>?
        var used: Set<String> = []
        var room = 10_000
        var unread: [String] = []
        var lines = objects.enumerated().map { place, object in
            var reader = FieldReader(object)
            var line = Fields<OrderItemField>()
            for key in idKeys {
                guard let value = object[key] else { continue }
                if value.isNull {
                    reader.drop(key)
                } else if line.isEmpty, let id = value.identifierText, used.insert(id).inserted {
                    line[.lineID] = .string(id)
                    reader.drop(key)
                }
            }
            if line.isEmpty {
                var ids = taken ?? Set(objects.flatMap { object in idKeys.compactMap { object[$0]?.identifierText } })
                var id = "#\(place + 1)"
                while !ids.insert(id).inserted { id += "'" }
                line[.lineID] = .string(id)
                taken = ids
            }
            map.read(&reader, into: &line)
            var whole = JSONObject(distinct: line.members)
            whole.keep(reader.extra(within: &room))
            for name in reader.unread where !unread.contains(name) { unread.append(name) }
            return JSONValue.object(whole)
        }
        var mark = JSONObject()
        mark.hand(on: unread)
        if !mark.isEmpty { lines.append(.object(mark)) }
        return .array(lines)
    }
}
