import Platform
import Postgres

/// An effect that is about to happen.
package struct EffectStart: Sendable {
    package var key: String
    package var job: Job
    /// SHA-256 of the request.
    package var requestHash: [UInt8]
}

/// What the table `effects` says when an effect is about to happen.
package enum EffectState: Sendable, Hashable {
    /// It is new; the row that says so is committed. Now the call may go out.
    case begun
    /// It has happened before.
    case done
    /// This job or an earlier one began it, and its outcome is unknown.
    case doubtful
    /// It is new here, but its event was also received before a restore, with another id.
    case received
    /// It was begun before; a person must decide whether it happened.
    case uncertain
    /// Another job that is still open has begun it.
    case busy
    /// The job was given to another claim: nothing was written.
    case leaseLost
}

/// Keeps effects on the world outside from happening twice: a row is committed before the call goes out, so that
/// whoever comes after a crash knows that it may have gone out.
enum Effects {
    /// Under which of its earlier keys the effect of each job is kept.
    ///
    /// - Parameter jobs: each with its keys, of which the first that is kept counts.
    static func kept(
        _ jobs: [(job: Job, keys: [String])], on connection: Connection
    ) throws(PostgresError) -> [Int64: String] {
        let keys = jobs.flatMap { one in one.keys.enumerated().map { (one.job, $0.element, Int32($0.offset)) } }
        try connection.prepare("kept_effects", EffectsSQL.kept)
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
        if Mutation.isOn("effect-without-row") {
            return Dictionary(starts.map { ($0.job.id, .begun) }, uniquingKeysWith: { first, _ in first })
        }
        try connection.prepare("begin_effects", EffectsSQL.begin)
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
            let id = try row.bigint(0)
            switch try row.text(1) {
            case "begun": states[id] = .begun
            case "taken": states[id] = Mutation.isOn("doubtful-effect-is-new") ? .begun : .doubtful
            case "again": states[id] = .received
            default:
                let state = earlier(try row.optionalText(2))
                states[id] = states[id] ?? state
            }
        }
        for start in starts where states[start.job.id] == nil { states[start.job.id] = .leaseLost }
        return states
    }

    private static func earlier(_ state: String?) -> EffectState {
        switch state {
        case "done": Mutation.isOn("done-effect-is-new") ? .begun : .done
        case "uncertain": .uncertain
        // Begun by an open job, or by a statement that committed after this one's snapshot.
        default: .busy
        }
    }
}
