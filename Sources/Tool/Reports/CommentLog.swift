import JSON
import Postgres
import Webhooks

/// The view `comment_log`, or a part of it, as of one moment: totals and lines fit each other.
struct CommentLog {
    private let connection: Connection
    private let filter: [Parameter]

    init(_ connection: Connection, source: String?, since: Timestamp?, until: Timestamp?) {
        self.connection = connection
        filter = [.text(source), .timestamp(since?.microseconds), .timestamp(until?.microseconds)]
    }

    /// Takes the moment; the connection is for this log alone from here on.
    func begin() throws(PostgresError) { try connection.execute("begin isolation level repeatable read read only") }

    /// The guide's analysis.
    func totals() throws(PostgresError) -> CommentTotals {
        var totals = CommentTotals()
        let rows = try connection.query(ReportsSQL.commentTotals, filter)
        for row in rows {
            totals.add(
                type: try row.text("event_type"), action: try row.text("action"), count: try row.bigint("count"),
                from: try row.text("first"), to: try row.text("last"))
        }
        return totals
    }

    /// Returns all lines, oldest first, a few at a time to bound the memory.
    func lines(_ take: ([String]) throws -> Void) throws {
        _ = try connection.query(ReportsSQL.commentLines, filter)
        while true {
            let rows = try connection.query("fetch 1000 from comment_lines")
            if rows.isEmpty { return }
            try take(rows.map { row in try Self.line(row) })
        }
    }

    private static func line(_ row: Row) throws(PostgresError) -> String {
        let value: JSONValue = [
            "timestamp": .string(try row.text(0)), "event_type": .string(try row.text(1)),
            "comment_id": .string(try row.text(2)),
            "video_id": try row.optionalText(3).map(JSONValue.string) ?? .null, "action": .string(try row.text(4)),
        ]
        return value.text
    }
}
