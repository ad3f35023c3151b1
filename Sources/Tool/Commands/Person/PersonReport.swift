import JSON
import Ledger
import Postgres

/// What a request about a person would touch, for people and programs.
enum PersonReport {
    /// Looks without changing anything.
    static func look(
        _ person: Person, _ request: PersonRequest, _ key: PersonKey?, on connection: Connection
    ) throws -> (plan: PersonPlan, texts: [(kind: String, count: Int64)], foundSomething: Bool) {
        var redaction = Redaction(of: person, for: request, key: key)
        while !redaction.isReady {
            redaction = try connection.transaction { [redaction] () throws(PostgresError) in
                var next = redaction
                try next.look(on: connection)
                return next
            }
        }
        return (redaction.plan, try redaction.quotingTexts(on: connection), redaction.foundSomething)
    }

    /// Shows what would be touched and why; values of the person or of others are not among it.
    /// - Throws: `NotFound` when nothing would be.
    static func show(
        _ person: Person, _ request: PersonRequest, _ key: PersonKey?, asJSON: Bool, on connection: Connection
    ) throws {
        let (plan, texts, foundSomething) = try look(person, request, key, on: connection)
        if asJSON {
            var object = plan.json.object ?? JSONObject()
            object["texts"] = .object(
                texts.reduce(into: JSONObject()) { $0[$1.kind] = .number(JSONNumber($1.count)) })
            Console.say(JSONValue.object(object).text)
        } else {
            for line in plan.lines { Console.say("\(line.what)  \(line.why)") }
            for text in texts { Console.say("\(text.count) \(text.kind)  quote the person") }
            for miss in plan.report.nearMisses {
                Console.say(
                    "\(miss)  looks like the person and is left alone: the last 8 digits of a number are the same")
            }
            Console.say(plan.report.text)
        }
        if !foundSomething && texts.isEmpty { throw NotFound("nothing is stored of this person") }
    }

    /// The document for people: a heading for each kind, a line for each thing.
    static func text(of document: JSONValue) -> String {
        var lines: [String] = []
        for member in document.object?.members ?? [] {
            guard let values = member.value.array else {
                lines.append("\(member.key): \(member.value.string ?? member.value.text)")
                continue
            }
            lines.append("\(member.key) (\(values.count))")
            lines += values.map { "  " + ($0.string ?? $0.text) }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
