import Postgres

/// The identity of a shape.
struct ShapeKey: Hashable, Sendable {
    let source: String
    let provider: String
    /// In the provider's words.
    let type: String
}

/// Reads and writes shapes.
enum StoredShape {
    /// What a source has sent so far.
    struct Sent {
        var events: Int64 = 0
        var types: Int64 = 0
    }

    static func sent(by sources: Set<String>, on connection: Connection) throws(PostgresError) -> [String: Sent] {
        var sent: [String: Sent] = [:]
        for row in try connection.query(ShapeSQL.sources, [.texts(sources.sorted())]) {
            sent[try row.text("source")] = Sent(events: try row.bigint("events"), types: try row.bigint("types"))
        }
        return sent
    }

    static func load(_ keys: [ShapeKey], on connection: Connection) throws(PostgresError) -> [ShapeKey: EventShape] {
        let rows = try connection.query(
            ShapeSQL.shapes, [.texts(keys.map(\.source)), .texts(keys.map(\.provider)), .texts(keys.map(\.type))])
        var heads: [(id: Int64, key: ShapeKey, events: Int64, isFull: Bool)] = []
        for row in rows {
            let key = ShapeKey(
                source: try row.text("source"), provider: try row.text("provider"), type: try row.text("type"))
            heads.append((try row.bigint("id"), key, try row.bigint("events"), try row.bool("is_full")))
        }
        var members: [Int64: [String: ShapeMember]] = [:]
        for row in try connection.query(ShapeSQL.members, [.bigints(heads.map(\.id))]) {
            var member = ShapeMember(firstAt: try row.bigint("first_at"), lastAt: try row.bigint("last_at"))
            member.present = try row.bigint("present")
            for (place, column) in columns.enumerated() { member.counts[place] = try row.bigint(column) }
            member.isMap = try row.bool("is_map")
            member.isGone = try row.bool("is_gone")
            members[try row.bigint("shape_id"), default: [:]][try row.text("path")] = member
        }
        var shapes: [ShapeKey: EventShape] = [:]
        for head in heads {
            shapes[head.key] = EventShape(events: head.events, members: members[head.id] ?? [:], isFull: head.isFull)
        }
        return shapes
    }

    /// In the order of ``ValueTypes/names``.
    private static let columns = ["objects", "lists", "texts", "numbers", "booleans", "nulls"]

    /// Writes what has changed in a shape.
    /// - Parameter lastAt: when its last event was received.
    /// - Returns: the id of the shape.
    static func keep(
        _ shape: EventShape, of key: ShapeKey, lastAt: Int64, on connection: Connection
    ) throws(PostgresError) -> Int64 {
        let id = try connection.query(
            ShapeSQL.keepShape,
            [
                .text(key.source), .text(key.provider), .text(key.type), .bigint(shape.events), .timestamp(lastAt),
                .boolean(shape.isFull),
            ]
        ).only().bigint("id")
        if !shape.removed.isEmpty {
            _ = try connection.query(ShapeSQL.removeMembers, [.bigint(id), .texts(shape.removed.sorted())])
        }
        let touched = shape.touched.sorted().compactMap { path in shape.members[path].map { (path, $0) } }
        if touched.isEmpty { return id }
        let members = touched.map(\.1)
        _ = try connection.query(
            ShapeSQL.keepMembers,
            [
                .bigint(id), .texts(touched.map(\.0)), .bigints(members.map(\.present)),
                .bigints(members.map(\.firstAt)), .bigints(members.map(\.lastAt)),
            ] + columns.indices.map { place in .bigints(members.map { $0.counts[place] }) } + [
                .booleans(members.map(\.isMap)), .booleans(members.map(\.isGone)),
            ])
        return id
    }
}
