/// The statements of reports.
enum ReportsSQL {
    /// What the log is narrowed to: source, since, until.
    static let condition = """
        ($1::text is null or source = $1) and ($2::timestamptz is null or "timestamp" >= $2)
            and ($3::timestamptz is null or "timestamp" < $3)
        """

    /// A moment in the form that the guide's own program reads.
    static func text(_ moment: String) -> String {
        """
        to_char(\(moment) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
        """
    }

    /// For the session of a report, which reads all of its range: after many events came at once, the statistics of Postgres say
    /// for a while that there are few, and a nested loop would read all for each.
    static let plans = "set enable_nestloop = off"

    /// The guide's analysis.
    static let commentTotals = """
        select event_type, action, count(*) as count, \(text("min(\"timestamp\")")) as first,
            \(text("max(\"timestamp\")")) as last
        from comment_log where \(condition) group by event_type, action order by event_type, action
        """

    /// All lines, the oldest first.
    static let commentLines = """
        declare comment_lines no scroll cursor for
        select \(text("\"timestamp\"")), event_type, comment_id, video_id, action
        from comment_log where \(condition) order by "timestamp", event_id
        """
}
