import JSON
import Rules

extension PlannedJob {
    /// The job as `record()` takes it.
    var stored: JSONValue {
        ["action": .string(action), "kind": .string(kind), "rule": .string(rule)]
    }
}
