public import Postgres

/// Lists of comments, conversations, messages and manual operations. Rows are JSON objects; in a paged list they have
/// ids, and the next page has smaller ids.
public enum RecordQueries {
    /// Comments, newest first.
    public static func comments(
        source: String?, of sources: [String]? = nil, moderation: String?, before: Int64?, limit: Int,
        on connection: Connection
    ) throws(PostgresError) -> RowPage {
        var conditions = Conditions()
        conditions.add("source = $?::text", source) { .text($0) }
        conditions.add("source = any ($?::text[])", sources) { .texts($0) }
        conditions.add("moderation = $?::text", moderation) { .text($0) }
        let isFiltered = source != nil || sources != nil || moderation != nil
        return try page(
            of: "comment_list", conditions, isFiltered: isFiltered, before: before, limit: limit, on: connection)
    }

    /// One comment; nil when there is none.
    public static func comment(_ id: Int64, on connection: Connection) throws(PostgresError) -> JSONText? {
        try connection.jsonRows("select * from hookledger.comment_list where id = $1::bigint", [.bigint(id)]).first
    }

    /// The provider's id of a comment, and its source; nil if there is none.
    public static func commentName(
        _ id: Int64, on connection: Connection
    ) throws(PostgresError) -> (source: String, id: String)? {
        let sql = "select source, comment_id from hookledger.comment_list where id = $1::bigint"
        guard let row = try connection.query(sql, [.bigint(id)]).first else { return nil }
        return (try row.text("source"), try row.text("comment_id"))
    }

    /// Conversations, the newest first.
    public static func conversations(
        source: String?, of sources: [String]? = nil, before: Int64?, limit: Int, on connection: Connection
    ) throws(PostgresError) -> RowPage {
        var conditions = Conditions()
        conditions.add("source = $?::text", source) { .text($0) }
        conditions.add("source = any ($?::text[])", sources) { .texts($0) }
        return try page(
            of: "conversation_list", conditions, isFiltered: source != nil || sources != nil, before: before,
            limit: limit, on: connection)
    }

    /// A page of a view that is sorted by id; a filter looks no further than a step.
    private static func page(
        of view: String, _ filter: Conditions, isFiltered: Bool, before: Int64?, limit: Int, on connection: Connection
    ) throws(PostgresError) -> RowPage {
        let end =
            isFiltered ? try RowPage.end(of: view, before: before, step: SearchStep.rows, on: connection) : nil
        var conditions = filter
        conditions.add("id < $?::bigint", before) { .bigint($0) }
        conditions.add("id >= $?::bigint", end?.id) { .bigint($0) }
        let rows = try connection.identifiedRows(
            "select * from hookledger.\(view) where \(conditions.sql) order by id desc limit \(limit + 1)",
            conditions.parameters)
        return RowPage(rows, limit: limit, end: end)
    }

    /// Messages of a conversation, in order; nil when there is no such conversation.
    public static func messages(
        of conversation: Int64, in sources: [String]? = nil, after: Int64, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [JSONText]? {
        let found = try connection.query(
            """
            select from hookledger.conversation_list
            where id = $1::bigint and ($2::text[] is null or source = any ($2))
            """, [.bigint(conversation), .optionalTexts(sources)])
        if found.isEmpty { return nil }
        return try connection.jsonRows(
            """
            select id, role, message_type, content, order_id, created_at, delivered_at
            from hookledger.conversation_messages where conversation_id = $1::bigint and id > $2::bigint
            order by id limit \(limit)
            """, [.bigint(conversation), .bigint(after)])
    }

    /// Manual operations, newest first.
    public static func operatorActions(
        subject: String?, before: Int64?, limit: Int, on connection: Connection
    ) throws(PostgresError) -> RowPage {
        var conditions = Conditions()
        conditions.add("subject = $?::text", subject) { .text($0) }
        // An index finds a subject.
        return try page(
            of: "operator_actions", conditions, isFiltered: false, before: before, limit: limit, on: connection)
    }

    /// The jobs' rows of the view queue_depth, times in seconds.
    /// - Parameter sources: the jobs of these; nil for all.
    public static func queueDepth(
        of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        if let sources {
            return try connection.jsonRows(
                """
                select action, kind, sum(due) as due, sum(waiting) as waiting, sum(running) as running, sum(dead) as dead,
                    coalesce(sum(held), 0) as held,
                    extract(epoch from now() - min(oldest_at)) as oldest_seconds, min(as_of) as as_of
                from hookledger.queue_depth_of_sources where source = any ($1::text[])
                group by action, kind order by action
                """, [.texts(sources)])
        }
        return try connection.jsonRows(
            """
            select action, kind, due, waiting, running, dead, held, extract(epoch from oldest) as oldest_seconds, as_of
            from hookledger.queue_depth order by action
            """)
    }

    /// When a batch processor was last active, as RFC 3339 by the database; nil if never.
    public static func batchSeen(on connection: Connection) throws(PostgresError) -> String? {
        try connection.query("select to_jsonb(seen_at) #>> '{}' from hookledger.batch_activity").only().optionalText(0)
    }
}
