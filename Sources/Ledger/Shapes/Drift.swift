public import Postgres

/// Learns the shapes of bodies from stored events, and notices what changes in them (docs/drift.md).
///
/// A portion is one transaction with the position up to which events were read, in the order of the transactions that wrote
/// them. So late commits are not missed, a killed process continues where it was, and each event is learned once, however many
/// hosts there are.
public struct Drift {
    private let connection: Connection
    private let alarm: Bool

    /// The events that one portion reads.
    static let portion = 500
    /// The bytes of bodies that one portion reads at most, beside the first.
    private static let bytes: Int64 = 8 << 20
    /// The most types of a source; events of further ones are not learned.
    static let mostTypes: Int64 = 500

    /// - Parameters:
    ///   - alarm: whether changes raise alerts.
    ///   - connection: of the role `hookledger_batch`.
    public init(alarm: Bool, over connection: Connection) {
        self.alarm = alarm
        self.connection = connection
    }

    /// A change that was noticed.
    public struct Change: Sendable, Hashable {
        /// The source.
        public let source: String
        /// The type in the provider's words.
        public let type: String
        /// `shape_changes.change`
        public let change: String
        /// The member; empty for a new type.
        public let path: String
        /// The types of its values before; nil for none.
        public let before: String?
        /// The same in the example.
        public let after: String?
        /// The example.
        public let eventID: Int64
    }

    /// What a portion did.
    public enum Step: Sendable, Equatable {
        /// Events were read; there may be more.
        case read([Change])
        /// All committed events were read.
        case upToDate
        /// Another process is at it.
        case busy
    }

    /// Continues until every event is read, or the caller stops it.
    /// - Returns: the changes.
    public func run(until shouldStop: () -> Bool = { false }) throws(PostgresError) -> [Change] {
        var changes: [Change] = []
        while !shouldStop() {
            guard case .read(let more) = try step() else { break }
            changes += more
        }
        return changes
    }

    /// Takes the next portion.
    public func step() throws(PostgresError) -> Step {
        try connection.transaction { () throws(PostgresError) in
            var position = try connection.query(ShapeSQL.lock).first
            if position == nil {
                _ = try connection.query(ShapeSQL.begin)
                position = try connection.query(ShapeSQL.lock).first
            }
            guard let position else { return .busy }
            return try turn(position)
        }
    }

    private func turn(_ position: Row) throws(PostgresError) -> Step {
        let going = try position.optionalText("target")
        let target: String
        if let going {
            target = going
        } else {
            target = try connection.query("select pg_current_snapshot()::text").only().text(0)
        }
        let page = try Self.page(
            seen: try position.text("seen"), target: target,
            after: going == nil ? ("0", 0) : (try position.text("after_transaction"), try position.bigint("after_id")),
            on: connection)
        guard let last = page.last else {
            // Without new events nothing is written.
            if going != nil { _ = try connection.query(ShapeSQL.endRound) }
            return .upToDate
        }
        if going == nil { _ = try connection.query(ShapeSQL.beginRound, [.text(target)]) }
        let changes = try learn(page.filter { $0.body != nil })
        _ = try connection.query(ShapeSQL.moveOn, [.text(last.transaction), .bigint(last.id)])
        return .read(changes)
    }

    private struct Read {
        let id: Int64
        let receivedAt: Int64
        let key: ShapeKey
        /// nil if it teaches nothing.
        let body: [UInt8]?
        let transaction: String
    }

    private static func page(
        seen: String, target: String, after: (transaction: String, id: Int64), on connection: Connection
    ) throws(PostgresError) -> [Read] {
        let rows = try connection.query(
            ShapeSQL.page,
            [
                .text(seen), .text(target), .text(after.transaction), .bigint(after.id), .bigint(Int64(portion)),
                .bigint(bytes),
            ])
        return try rows.map { (row) throws(PostgresError) in
            Read(
                id: try row.bigint("id"), receivedAt: try row.timestamp("received_at"),
                key: ShapeKey(
                    source: try row.text("source"), provider: try row.text("provider"),
                    type: String(try row.text("provider_type").prefix(200))),
                body: try row.optionalBytes("body"), transaction: try row.text("transaction"))
        }
    }

    private func learn(_ events: [Read]) throws(PostgresError) -> [Change] {
        if events.isEmpty { return [] }
        let groups = Dictionary(grouping: events, by: \.key)
        let keys = groups.keys.sorted { ($0.source, $0.provider, $0.type) < ($1.source, $1.provider, $1.type) }
        var shapes = try StoredShape.load(keys, on: connection)
        var sent = try StoredShape.sent(by: Set(keys.map(\.source)), on: connection)
        var changes: [ShapeKey: [(ShapeChange, Read)]] = [:]
        for event in events {
            let key = event.key
            var source = sent[key.source] ?? StoredShape.Sent()
            var shape = shapes.removeValue(forKey: key)
            if shape == nil {
                guard source.types < Self.mostTypes else { continue }
                source.types += 1
                if source.events >= EventShape.quiet {
                    changes[key, default: []].append((ShapeChange(kind: .newType), event))
                }
                shape = EventShape()
            }
            source.events += 1
            sent[key.source] = source
            guard var shape, let body = event.body else { continue }
            for change in shape.learn(BodyShape(body)) { changes[key, default: []].append((change, event)) }
            shapes[key] = shape
        }
        var all: [Change] = []
        for key in keys {
            guard let shape = shapes[key], let last = groups[key]?.last else { continue }
            let id = try StoredShape.keep(shape, of: key, lastAt: last.receivedAt, on: connection)
            let found = changes[key] ?? []
            try keep(found, of: key, shape: id)
            all += found.map { change, event in
                Change(
                    source: key.source, type: key.type, change: change.kind.rawValue, path: change.path,
                    before: change.before, after: change.after, eventID: event.id)
            }
        }
        return all
    }

    private func keep(_ changes: [(ShapeChange, Read)], of key: ShapeKey, shape: Int64) throws(PostgresError) {
        if changes.isEmpty { return }
        _ = try connection.query(
            ShapeSQL.keepChanges,
            [
                .text(key.source), .text(key.provider), .text(key.type), .bigint(shape),
                .texts(changes.map(\.0.path)), .texts(changes.map(\.0.kind.rawValue)), .texts(changes.map(\.0.before)),
                .texts(changes.map(\.0.after)), .bigints(changes.map(\.1.id)),
                .timestamps(changes.map(\.1.receivedAt)), .boolean(alarm),
            ])
    }
}
