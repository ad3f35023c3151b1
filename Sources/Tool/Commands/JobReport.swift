import JSON
import Jobs
import Platform
import Postgres

/// Everything about one job, for a person or a program.
enum JobReport {
    private static let attempts = TextTable([
        .init("attempt"), .init("outcome"), .init("started_at", "started"), .init("duration"), .init("destination"),
        .init("status"), .init("reason"),
    ])
    private static let effects = TextTable([
        .init("effect_key", "effect"), .init("state"), .init("external_id", "their id"), .init("answer"),
        .init("started_at", "begun"),
    ])
    private static let shown = [
        "action", "kind", "rule", "source", "order_id", "event_id", "created_at", "run_at", "first_failed_at",
        "attempt", "max_attempts", "uncounted", "note", "last_error",
    ]

    static func show(_ id: Int64, _ shape: TableShape, asJSON: Bool, on connection: Connection) throws {
        guard let history = try JobQueries.history(of: id, on: connection) else {
            throw NotFound("there is no job \(id)")
        }
        if asJSON { return Console.say(JSONValue.object(history).text) }
        Console.say("job \(id): \(state(history["job"]))")
        for key in shown {
            guard let value = history["job"]?[key], value != .null else { continue }
            Console.say("  \(key): \(shape.text(key, value))")
        }
        section("Attempts", attempts, history["attempts"], shape)
        section("Effects", effects, history["effects"], shape)
    }

    private static func state(_ job: JSONValue?) -> String {
        let state = job?["state"]?.string
        return state == "dead" ? "dead letter" : state ?? "over"
    }

    private static func section(_ heading: String, _ table: TextTable, _ rows: JSONValue?, _ shape: TableShape) {
        let rows = rows?.array?.compactMap(\.object) ?? []
        if !rows.isEmpty { Console.say("\n\(heading)\n\(table.text(rows, shape))") }
    }
}

/// A list of jobs that has ended before the end of the jobs.
enum JobPageText {
    /// Tells on standard error how to continue.
    static func tellNext(_ page: JobQueries.Page) {
        guard let next = page.next else { return }
        let looked = page.searched.map { "looked at \(Plural.text($0, "job")); " } ?? ""
        StandardError.write("\(looked)continue with --after \(next)")
    }
}
