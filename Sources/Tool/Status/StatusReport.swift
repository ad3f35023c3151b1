import Actions
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// The state of a receiver on one screen.
struct StatusReport {
    /// All values.
    let values: JSONObject
    private let sources: SourceActivity
    private let programs: [ConfigurationInUse]

    init(_ settings: Settings, on connection: Connection) throws(PostgresError) {
        let text = try connection.query(StatusSQL.overview).only().text("overview")
        var values = (try? JSONValue(parsing: Array(text.utf8)))?.object ?? JSONObject()
        sources = try SourceActivity(settings, on: connection)
        programs = try ConfigurationInUse.all(on: connection)
        let unnoted = try TokenStore.unnoted(TokenUse.expected(settings), on: connection)
        let invalid = Set(
            (values["tokens_not_valid"]?.array?.compactMap(\.string) ?? []) + unnoted.map { "\($0.source): missing" })
        values["tokens_not_valid"] = .array(invalid.sorted().map(JSONValue.string))
        values["version"] = .string(Version.text)
        values["events_24h"] = .number(JSONNumber(sources.sum("events_24h")))
        values["refusals_24h"] = .number(JSONNumber(sources.sum("refusals_24h")))
        values["sources"] = .array(sources.rows.map { .object($0) })
        values["programs"] = .array(programs.map(\.json))
        if let spool = settings.spool {
            let waiting = (try? Files.list(spool))?.count { $0.hasSuffix(".hooks") }
            values["spool_files"] = waiting.map { .number(JSONNumber(Int64($0))) } ?? .null
            values["spool_free_bytes"] = DiskSpace.free(of: spool).map { .number(JSONNumber($0)) } ?? .null
        }
        self.values = values
    }

    /// A line for each topic.
    func text(_ time: TimeShape) -> String {
        let lines: [(String, String)] = [
            ("version", "\(Version.text), schema \(number("schema")), Postgres \(values["postgres"]?.string ?? "?")"),
            ("configuration", configuration), ("deliveries", deliveries), ("silent", silence), ("queue", queue),
            ("paused", paused(time)),
            ("dead letters", number("dead") == 0 ? "none" : "\(number("dead")): hookledger dead list"),
            ("batch processor", batch), ("tokens", tokens),
            ("partitions", "ready for the next \(Plural.text(Int(number("partition_days")), "day"))"), ("disk", disk),
        ]
        return lines.map { $0 + String(repeating: " ", count: 17 - $0.count) + $1 }.joined(separator: "\n")
    }

    private func number(_ key: String) -> Int64 { values[key]?.integer ?? 0 }

    private var configuration: String {
        guard let revision = values["revision"]?.integer else { return "no program has reported one" }
        let others = programs.filter { !$0.isNewest }.map { "\($0.program) on \($0.host) uses \($0.revision ?? 0)" }
        let refused = programs.filter { $0.refusal != nil }.map { "\($0.program) on \($0.host) refused a newer one" }
        let users = Set(programs.filter(\.isNewest).map(\.program)).sorted().joined(separator: ", ")
        return (["revision \(revision), used by \(users.isEmpty ? "none" : users)"] + others + refused)
            .joined(separator: "; ")
    }

    private var deliveries: String {
        "\(number("in_5_minutes")) in 5 min, \(number("in_an_hour")) in 1 h, \(number("events_24h")) in 24 h; "
            + "\(number("refusals_24h")) refused in 24 h"
    }

    private var silence: String {
        let silent = sources.silent.map { "\($0.source) for \(TimeText.short($0.seconds))" }
        return silent.isEmpty ? "none of \(Plural.text(sources.rows.count, "source"))" : silent.joined(separator: ", ")
    }

    private var queue: String {
        let oldest = values["oldest_seconds"]?.seconds.map { "; the oldest waits for \(TimeText.short($0))" }
        return
            "\(number("due")) due, \(number("waiting")) waiting, \(number("running")) running, \(number("held")) held"
            + (oldest ?? "")
    }

    private func paused(_ time: TimeShape) -> String {
        let pauses = values["paused"]?.array?.compactMap(\.object) ?? []
        if pauses.isEmpty { return "nothing" }
        return pauses.map { pause in
            let end = pause["until"]?.string.map { " until \(time.text($0))" }
            return
                "\(pause["kind"]?.string ?? "") \(pause["name"]?.string ?? "")\(end ?? "") by \(pause["paused_by"]?.string ?? "?")"
                + ", \(Plural.text(Int(pause["waiting_jobs"]?.integer ?? 0), "job"))"
                + (pause["reason"]?.string.map { ": \($0)" } ?? "")
        }.joined(separator: "; ")
    }

    private var batch: String {
        if values["is_held"] == .bool(true) { return "held: the database was restored (hookledger restore --release)" }
        guard let seen = values["batch_seen_seconds"]?.seconds else { return "it has never run" }
        return "reported \(TimeText.short(seen)) ago, \(Plural.text(Int(number("batch_runs")), "run")) at work"
    }

    private var tokens: String {
        let others = values["tokens_not_valid"]?.array?.compactMap(\.string) ?? []
        return (["\(number("tokens_valid")) valid"] + others).joined(separator: "; ")
    }

    private var disk: String {
        var text = "database \(DiskSpace.text(number("database_bytes")))"
        if let files = values["spool_files"]?.integer {
            text += files == 0 ? "; spool empty" : "; \(Plural.text(Int(files), "file")) in the spool"
        }
        if let free = values["spool_free_bytes"]?.integer { text += ", \(DiskSpace.text(free)) free" }
        return text
    }
}

extension ConfigurationInUse {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["host"] = .string(host)
        object["program"] = .string(program)
        object["pid"] = .number(JSONNumber(Int64(pid)))
        object["revision"] = revision.map { .number(JSONNumber(Int64($0))) } ?? .null
        object["is_newest"] = .bool(isNewest)
        object["refusal"] = refusal.map { .string($0) } ?? .null
        return .object(object)
    }
}
