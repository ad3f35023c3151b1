import Postgres

/// An effect that is about to be had.
struct EffectStart: Sendable {
    var key: String
    var job: Job
    /// SHA-256 of the request.
    var requestHash: [UInt8]
}

/// What the table `effects` says when an effect is about to be had.
enum EffectState: Sendable, Hashable {
    /// It is new; the row that says so is committed. Now the call may go out.
    case begun
    /// It has happened before.
    case done
    /// It was begun before, by this job or by one that is over, and nobody wrote how it ended.
    case doubtful
    /// It was begun before, and was given to a person to decide.
    case uncertain
    /// Another job that is still open has begun it.
    case busy
    /// The job was given to another claim: nothing was written.
    case leaseLost
}

/// Keeps effects on the world outside from happening twice: a row is committed before the call goes out, so that
/// whoever comes after a crash knows that it may have gone out.
enum Effects {
    private static let begin = """
        with input as materialized (
            select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[],
                $7::timestamptz[], $8::bigint[], $9::bytea[])
                as t (key, job_id, token, action, kind, event_id, event_received_at, order_row, hash)),
        held as materialized (
            select i.* from input i
            where exists (select from hookledger.jobs j where j.job_id = i.job_id and j.lease_token = i.token)),
        begun as (
            insert into hookledger.effects (effect_key, action, kind, state, job_id, event_id, event_received_at,
                order_row, request_hash)
            select key, action, kind, 'started', job_id, event_id, event_received_at, order_row, hash
            from held order by key
            on conflict (effect_key) do nothing
            returning effect_key, job_id),
        taken as (
            update hookledger.effects e set job_id = h.job_id, started_at = now()
            from held h where e.effect_key = h.key and e.state = 'started' and (e.job_id = h.job_id
                or not exists (select from hookledger.jobs o where o.job_id = e.job_id and o.state in (0, 1)))
            returning e.effect_key, e.job_id)
        select i.job_id, h.job_id is not null as held, b.job_id is not null as begun, t.job_id is not null as taken,
            e.state
        from input i
        left join held h on h.job_id = i.job_id
        left join begun b on b.effect_key = i.key and b.job_id = i.job_id
        left join taken t on t.effect_key = i.key and t.job_id = i.job_id
        left join hookledger.effects e on e.effect_key = i.key
        """

    /// $1 job ids, $2 order rows, $3 keys, $4 the place of each key. A key may be that of another shop's order of the same
    /// id: the order of the effect decides.
    private static let findKept = """
        select distinct on (i.job_id) i.job_id, i.key
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[]) as i (job_id, order_row, key, place)
        join hookledger.effects e on e.effect_key = i.key
            and (e.order_row is null or e.order_row is not distinct from i.order_row)
        order by i.job_id, i.place
        """

    /// Under which of its earlier keys the effect of each job is kept.
    ///
    /// - Parameter jobs: each with its keys, of which the first that is kept counts.
    static func kept(
        _ jobs: [(job: Job, keys: [String])], on connection: Connection
    ) throws(PostgresError) -> [Int64: String] {
        let keys = jobs.flatMap { one in one.keys.enumerated().map { (one.job, $0.element, Int32($0.offset)) } }
        try connection.prepare("kept_effects", findKept)
        var kept: [Int64: String] = [:]
        for row in try connection.queryPrepared(
            "kept_effects",
            [
                .bigints(keys.map(\.0.id)), .bigints(keys.map(\.0.orderRow)), .texts(keys.map(\.1)),
                .integers(keys.map(\.2)),
            ])
        {
            kept[try row.bigint("job_id")] = try row.text("key")
        }
        return kept
    }

    /// Begins effects, all in one committed statement.
    ///
    /// - Returns: the state of each, by job id. Only after `begun`, or after what the action's doubt allows, may the
    ///   request be sent.
    static func begin(
        _ starts: [EffectStart], on connection: Connection
    ) throws(PostgresError) -> [Int64: EffectState] {
        try connection.prepare("begin_effects", begin)
        let rows = try connection.queryPrepared(
            "begin_effects",
            [
                .texts(starts.map(\.key)), .bigints(starts.map(\.job.id)), .bigints(starts.map(\.job.leaseToken)),
                .texts(starts.map(\.job.action)), .texts(starts.map(\.job.kind)), .bigints(starts.map(\.job.eventID)),
                .timestamps(starts.map(\.job.eventReceivedAt)), .bigints(starts.map(\.job.orderRow)),
                .bytesArray(starts.map(\.requestHash)),
            ])
        var states: [Int64: EffectState] = [:]
        for row in rows {
            states[try row.bigint("job_id")] = try state(row)
        }
        return states
    }

    private static func state(_ row: Row) throws(PostgresError) -> EffectState {
        if try !row.bool("held") { return .leaseLost }
        if try row.bool("begun") { return .begun }
        if try row.bool("taken") { return .doubtful }
        return switch try row.optionalText("state") {
        case "done": .done
        case "uncertain": .uncertain
        // Begun by an open job, or by a statement that committed after this one's snapshot.
        default: .busy
        }
    }
}
