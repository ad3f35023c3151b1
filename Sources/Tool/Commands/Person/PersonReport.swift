import JSON
import Ledger
import Postgres

/// The effect of a request about a person, for people and programs.
enum PersonReport {
    /// The effect of a request.
    struct Look {
        /// The redaction after its search, before any change.
        let redaction: Redaction
        let texts: [(kind: String, count: Int64)]
        /// Deliveries in aside/ of the spool of this host.
        let aside: [JSONValue]

        var foundSomething: Bool { redaction.foundSomething || !texts.isEmpty || !aside.isEmpty }
    }

    /// Looks without changing anything.
    static func look(
        _ person: Person, _ request: PersonRequest, _ key: PersonKey?, _ aside: SpoolAside, on connection: Connection
    ) throws -> Look {
        var redaction = Redaction(of: person, for: request, key: key)
        while !redaction.isLookedThrough {
            redaction = try connection.transaction { [redaction] () throws(PostgresError) in
                var next = redaction
                try next.look(on: connection)
                return next
            }
        }
        return Look(
            redaction: redaction, texts: try redaction.quotingTexts(on: connection), aside: try aside.json())
    }

    /// Shows the matches with reasons, without any values of persons.
    /// - Throws: `NotFound` if there are none.
    static func show(_ look: Look, asJSON: Bool) throws {
        let plan = look.redaction.plan
        let files = look.aside.compactMap { $0["file"]?.string }
        if asJSON {
            var object = plan.json.object ?? JSONObject()
            object["texts"] = .object(
                look.texts.reduce(into: JSONObject()) { $0[$1.kind] = .number(JSONNumber($1.count)) })
            object["aside"] = .array(files.map(JSONValue.string))
            Console.say(JSONValue.object(object).text)
        } else {
            for line in plan.lines { Console.say("\(line.what)  \(line.why)") }
            for text in look.texts { Console.say("\(text.count) \(text.kind)  quote the person") }
            for file in files { Console.say("aside/\(file)  a delivery in it names the person") }
            for miss in plan.report.nearMisses {
                Console.say("\(miss)  resembles the person: a near miss, left alone")
            }
            Console.say(plan.report.text)
        }
        if !look.foundSomething { throw NotFound("nothing is stored of this person") }
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
