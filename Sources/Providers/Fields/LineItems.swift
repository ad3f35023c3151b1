import JSON
import Webhooks

/// A sender's order lines.
struct LineItems: Sendable {
    private let idKeys: [String]
    /// The other members, before and behind the id.
    private let before: FieldMap<OrderItemField>
    private let behind: FieldMap<OrderItemField>

    private static let idName = JSONKey(OrderItemField.lineID.rawValue)
    private static let extraName = JSONKey(JSONObject.extra)

    /// - Parameters:
    ///   - idKeys: the members that can hold a line's own id.
    ///   - map: the other members, none of which is in two rows.
    init(idKeys: [String], map: FieldMap<OrderItemField>) {
        self.idKeys = idKeys
        (before, behind) = map.split(at: .lineID)
    }

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
        var composer = JSONComposer(objects: objects.count, size: 256)
        for (place, object) in objects.enumerated() {
            var reader = FieldReader(object)
            var ownID: String?
            for key in idKeys {
                guard let value = object[key] else { continue }
                if value.isNull {
                    reader.drop(key)
                } else if ownID == nil, let id = value.identifierText, used.insert(id).inserted {
                    ownID = id
                    reader.drop(key)
                }
            }
            if ownID == nil {
                var ids = taken ?? Set(objects.flatMap { object in idKeys.compactMap { object[$0]?.identifierText } })
                var id = "#\(place + 1)"
                while !ids.insert(id).inserted { id += "'" }
                ownID = id
                taken = ids
            }
            composer.begin()
            before.write(&reader, to: &composer)
            if let ownID { composer.write(.string(ownID), as: Self.idName) }
            behind.write(&reader, to: &composer)
            let extra = reader.extra(within: &room)
            if !extra.isEmpty { composer.write(.object(extra.object), as: Self.extraName) }
            composer.end()
            for name in reader.unread where !unread.contains(name) { unread.append(name) }
        }
        var lines = composer.finished()
        var mark = JSONObject()
        mark.hand(on: unread)
        if !mark.isEmpty { lines.append(.object(mark)) }
        return .array(lines)
    }
}
