import JSON
import Webhooks

/// A sender's order lines.
struct LineItems: Sendable {
    /// The members that can hold a line's own id.
    let idKeys: [String]
    /// The other members.
    let map: FieldMap<OrderItemField>

    /// More lines than that are no order of this world, and each becomes a row.
    private static let most = 1000

    /// The lines, under the keys of `OrderItemField`.
    ///
    /// Every line gets an id that is unique in its order: its own, or `#` and its place when it has none or shares it.
    /// What does not fit its form goes to the line's `extra`: 10,000 values for all lines together.
    /// - Returns: nil for what is no array of at most 1,000 objects.
    func items(_ value: JSONValue) -> JSONValue? {
        guard let elements = value.array, elements.count <= Self.most else { return nil }
        let objects = elements.compactMap(\.object)
        guard objects.count == elements.count else { return nil }
        var taken = Set(objects.flatMap { object in idKeys.compactMap { object[$0]?.identifierText } })
        var used: Set<String> = []
        var room = 10_000
        return .array(
            objects.enumerated().map { place, object in
                var reader = FieldReader(object)
                let own = reader.take(idKeys) { id in
                    id.identifierText.flatMap { used.insert($0).inserted ? .string($0) : nil }
                }
                var line = JSONObject()
                line[OrderItemField.lineID] = own == .null ? nil : own
                if line[OrderItemField.lineID] == nil {
                    var id = "#\(place + 1)"
                    while !taken.insert(id).inserted { id += "'" }
                    line[OrderItemField.lineID] = .string(id)
                }
                for member in JSONObject(map.read(&reader)).members { line[member.key] = member.value }
                line.keep(reader.extra(within: &room))
                return .object(line)
            })
    }
}
