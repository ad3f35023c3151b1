import JSON
import Rules
import Settings

extension PlannedJob {
    /// The job as a parameter of `replay_events()`.
    var stored: JSONValue {
        var job = JSONObject()
        job["action"] = .string(action)
        job["kind"] = .string(kind.name)
        job["rule"] = .string(rule)
        job["max_attempts"] = .number(JSONNumber(Int64(maxAttempts)))
        if record > 0 { job["record"] = .number(JSONNumber(Int64(record))) }
        if let share {
            job["unique_key"] = .string(share.key)
            job["delay_ms"] = .number(JSONNumber(share.delay))
            job["restarts"] = .bool(share.restarts)
        }
        return .object(job)
    }
}
