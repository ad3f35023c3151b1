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

    private static let condition = """
        ($1::text is null or source = $1) and ($2::timestamptz is null or "timestamp" >= $2)
            and ($3::timestamptz is null or "timestamp" < $3)
        """

    /// The form that the guide's own program reads.
    private static func text(_ moment: String) -> String {
        "to_char(\(moment) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')"
    }

    /// Takes the moment; the connection is for this log alone from here on.
    func begin() throws(PostgresError) { try connection.execute("begin isolation level repeatable read read only") }

    /// The guide's analysis.
    func totals() throws(PostgresError) -> CommentTotals {
        var totals = CommentTotals()
        let rows = try connection.query(
            """
            select event_type, action, count(*) as count, \(Self.text("min(\"timestamp\")")) as first,
                \(Self.text("max(\"timestamp\")")) as last
            from comment_log where \(Self.condition) group by event_type, action order by event_type, action
            """, filter)
        for row in rows {
            totals.add(
                type: try row.text("event_type"), action: try row.text("action"), count: try row.bigint("count"),
                from: try row.text("first"), to: try row.text("last"))
        }
        return totals
    }

    /// Returns all lines, oldest first, a few at a time to bound the memory.
    func lines(_ take: ([String]) throws -> Void) throws {
        _ = try connection.query(
            """
            declare comment_lines no scroll cursor for
            select \(Self.text("\"timestamp\"")), event_type, comment_id, video_id, action
            from comment_log where \(Self.condition) order by "timestamp", event_id
            """, filter)
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
