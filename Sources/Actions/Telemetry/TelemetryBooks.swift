import Jobs
import Postgres
import Settings

/// How far spans were sent, in the table `telemetry_progress`: a lease keeps other runs and other hosts away, and a worker that
/// lost it changes nothing.
struct TelemetryBooks {
    let connection: Connection
    /// What is older is dropped.
    let maxAge: Duration

    /// The spans that one look reads at most, of each sort. Attempts have no index in the order of their transactions, so a look for
    /// few costs as much as one for many.
    static let mostOfLook: Int64 = 4096

    /// Where a round is.
    struct Position: Sendable, Hashable {
        var transaction: String
        var event: Int64
        var finish: Int64
        var job: Int64
        var attempt: Int
    }

    /// The row as it was read.
    struct Place: Sendable {
        let turn: Int64
        let seen: String
        let seenAt: Int64
        let target: String
        let targetAt: Int64
        let isUnderWay: Bool
        let position: Position
        let isBusy: Bool
        let isOfAnotherHistory: Bool
        let isTooOld: Bool
        let isStale: Bool
        /// Whether the collector took nothing at the last try.
        let isFailing: Bool
    }

    /// Spans in their order, each with the position behind it.
    struct Page: Sendable {
        var spans: [(span: Span, isSampled: Bool, position: Position)] = []
        /// Whether nothing of the round is behind it.
        var isLast = true
    }

    /// - Returns: nil before the first turn, which begins with what is written from now on.
    func place() throws(PostgresError) -> Place? {
        guard let row = try connection.query(TelemetrySQL.position, [age]).first else {
            _ = try connection.query(TelemetrySQL.begin)
            return nil
        }
        return Place(
            turn: try row.bigint("turn"), seen: try row.text("seen"), seenAt: try row.timestamp("seen_at"),
            target: try row.text("target"), targetAt: try row.timestamp("target_at"),
            isUnderWay: try row.bool("is_under_way"),
            position: Position(
                transaction: try row.text("after_transaction"), event: try row.bigint("after_event"),
                finish: try row.timestamp("after_finish"), job: try row.bigint("after_job"),
                attempt: try row.int("after_attempt")),
            isBusy: try row.bool("is_busy"), isOfAnotherHistory: try row.bool("is_of_another_history"),
            isTooOld: try row.bool("is_too_old"), isStale: try row.bool("is_stale"),
            isFailing: try row.bool("is_failing"))
    }

    /// The next spans: deliveries before attempts, so that a parent is mostly there before its children.
    /// - Parameter isSampled: whether a trace is sent.
    func page(_ place: Place, _ isSampled: (EventTrace) -> Bool) throws(PostgresError) -> Page {
        var page = Page()
        var position = place.position
        let deliveries = try connection.query(
            TelemetrySQL.deliveries,
            [
                .text(place.seen), .text(place.target), .text(position.transaction), .bigint(position.event),
                .bigint(Self.mostOfLook),
            ])
        for row in deliveries {
            let facts = try Self.delivery(row)
            position.transaction = try row.text("transaction")
            position.event = facts.eventID
            page.spans.append((facts.span, isSampled(facts.trace), position))
        }
        let attempts = try connection.query(
            TelemetrySQL.attempts,
            [
                .text(place.seen), .text(place.target), .timestamp(place.seenAt), .timestamp(position.finish),
                .bigint(position.job), .integer(Int32(position.attempt)), .bigint(Self.mostOfLook),
            ])
        for row in attempts {
            let facts = try Self.attempt(row)
            (position.finish, position.job, position.attempt) = (facts.finishedAt, facts.jobID, facts.attempt)
            page.spans.append((facts.span, isSampled(facts.trace), position))
        }
        page.isLast = deliveries.count < Self.mostOfLook && attempts.count < Self.mostOfLook
        return page
    }

    /// - Returns: the turn that further changes name; nil if another worker was first.
    func lease(_ place: Place) throws(PostgresError) -> Int64? {
        try connection.query(
            TelemetrySQL.lease, [.bigint(place.turn), .text(place.target), .timestamp(place.targetAt)]
        ).first?.bigint(0)
    }

    /// Nothing is left of the round, and no worker is at it.
    func moveSeen(_ place: Place) throws(PostgresError) {
        _ = try connection.query(
            TelemetrySQL.moveSeen, [.bigint(place.turn), .text(place.target), .timestamp(place.targetAt)])
    }

    /// Begins with what is written from now on.
    func beginAgain(_ place: Place) throws(PostgresError) {
        _ = try connection.query(TelemetrySQL.beginAgain, [.bigint(place.turn)])
    }

    /// - Returns: whether the lease still holds.
    func moveOn(
        _ turn: Int64, to position: Position, taken: Bool, refusal: String? = nil
    ) throws(PostgresError) -> Bool {
        try connection.query(
            TelemetrySQL.moveOn,
            [
                .bigint(turn), .text(position.transaction), .bigint(position.event), .timestamp(position.finish),
                .bigint(position.job), .integer(Int32(position.attempt)), .boolean(taken), .text(refusal),
            ]
        ).first != nil
    }

    func endRound(_ turn: Int64) throws(PostgresError) {
        _ = try connection.query(TelemetrySQL.endRound, [.bigint(turn)])
    }

    func release(_ turn: Int64) throws(PostgresError) {
        _ = try connection.query(TelemetrySQL.release, [.bigint(turn)])
    }

    /// - Returns: whether the collector took spans before.
    func postpone(_ turn: Int64, seconds: Int64, reason: String) throws(PostgresError) -> Bool {
        try connection.query(TelemetrySQL.postpone, [.bigint(turn), .bigint(seconds), .text(reason)]).first?
            .bool("is_first") ?? false
    }

    /// Skips what is too old.
    /// - Returns: how many spans.
    func drop(_ place: Place) throws(PostgresError) -> Int64 {
        try connection.query(TelemetrySQL.drop, [.bigint(place.turn), age]).first?.bigint("spans") ?? 0
    }

    private var age: Parameter { .interval(maxAge.wholeMilliseconds * 1000) }

    private static func delivery(_ row: Row) throws(PostgresError) -> DeliveryFacts {
        let (id, requestID) = (try row.bigint("id"), try row.text("request_id"))
        return DeliveryFacts(
            eventID: id,
            trace: EventTrace(parents: try row.optionalText("parents"), requestID: requestID, eventID: id),
            receivedAt: try row.timestamp("received_at"), storedAt: try row.timestamp("stored_at"),
            source: try row.text("source"), provider: try row.text("provider"), type: try row.text("type"),
            origin: try row.text("origin"), method: try row.text("method"), verification: try row.text("verification"),
            disposition: try row.text("disposition"), requestID: requestID)
    }

    private static func attempt(_ row: Row) throws(PostgresError) -> AttemptFacts {
        let event = try row.bigint("event_id")
        return AttemptFacts(
            jobID: try row.bigint("job_id"), attempt: try row.int("attempt"), action: try row.text("action"),
            kind: try row.text("kind"), rule: try row.text("rule"), eventID: event,
            // An event that is no longer stored leaves attempts in a trace of their own.
            trace: EventTrace(
                parents: try row.optionalText("parents"), requestID: try row.optionalText("request_id") ?? "",
                eventID: event),
            startedAt: try row.timestamp("started_at"), finishedAt: try row.timestamp("finished_at"),
            outcome: try row.text("outcome"), destination: try row.optionalText("destination"),
            status: try row.optionalBigint("status").map { Int($0) })
    }
}
