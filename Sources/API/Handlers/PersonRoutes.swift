import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// Export and erasure of a person's data.
enum PersonRoutes {
    private static let whom: Set<String> = ["emails", "phones", "customers", "source", "reason", "dry_run"]

    static let all = [
        Route.post("/api/v2/persons/export", export, scope: .admin, members: whom).ofOneCell,
        Route.post("/api/v2/persons/forget", forget, scope: .admin, members: whom).ofOneCell,
    ]

    /// The time limit of a search, in microseconds; longer ones need the command line.
    private static let longest: Int64 = 4_000_000
    /// How many events and rows a request may change.
    private static let most = 5000

    @Sendable private static func export(_ call: Call) throws(Problem) -> Answer {
        let (person, request) = try ask(call)
        let key = key(call.settings)
        if try call.input().flag("dry_run") { return try plan(person, request, key, call) }
        var export = DataExport(of: person, for: request, key: key)
        let end = SystemClock.wallMicroseconds() + longest
        while !export.isReady {
            export = try step(call) { [export] connection throws(PostgresError) in
                var next = export
                try next.step(on: connection)
                return next
            }
            try check(end, export.report, isReady: export.isReady && !export.isTooLarge)
        }
        let found = export.foundSomething
        let spool = call.settings.spool
        let (made, asked) = try step(call) { [export] connection throws(PostgresError) in
            let made = try export.document(on: connection)
            if !found, spool == nil, made.counts.allSatisfy({ $0.count == 0 }) { return (made, Int64?.none) }
            try export.log(made.counts, on: connection)
            let asked = spool == nil ? nil : try AsideRequests.ask(.copy, of: person, request, on: connection)
            return (made, asked)
        }
        if !found, made.counts.allSatisfy({ $0.count == 0 }), spool == nil { throw .notFound("This person") }
        let aside = asked.map { "writes them to \(AsideRequests.file($0, in: call.settings.copies)), if there are any" }
        return .ok(
            .object([
                "document": JSONText(made.document), "search": JSONText(export.report.json),
                "aside": Self.aside(aside),
            ]))
    }

    @Sendable private static func forget(_ call: Call) throws(Problem) -> Answer {
        let (person, request) = try ask(call)
        let key = key(call.settings)
        if try call.input().flag("dry_run") { return try plan(person, request, key, call) }
        let (looked, texts) = try look(person, request, key, call)
        let hasSpool = call.settings.spool != nil
        // The files in aside/ may still contain something.
        guard looked.foundSomething || !texts.isEmpty || hasSpool else { throw .notFound("This person") }
        guard looked.plan.lines.count <= most else {
            throw Problem(
                409, "too_much", "This person has too much data for one request; use hookledger person forget")
        }
        var redaction = looked
        while !redaction.isReady {
            redaction = try step(call) { [redaction] connection throws(PostgresError) in
                var next = redaction
                try next.step(on: connection)
                return next
            }
        }
        let answer = try step(call) { [redaction] connection throws(PostgresError) in
            if hasSpool { try AsideRequests.ask(.forget, of: person, request, on: connection) }
            return try redaction.finish(on: connection)
        }
        return .ok(
            .object([
                "done": .string(answer), "search": JSONText(redaction.report.json),
                "aside": aside(hasSpool ? "takes them out" : nil),
            ]))
    }

    /// The handling of deliveries in aside/ of the spool: the API reads no files and leaves them to the batch
    /// processor.
    /// - Parameter deed: what it does with them; nil without a spool.
    private static func aside(_ deed: String?) -> JSONText {
        .string(
            deed.map {
                "deliveries of this person in aside/ of the spool are not in this response: each host's batch processor "
                    + "searches for them and \($0)"
            })
    }

    private static func plan(
        _ person: Person, _ request: PersonRequest, _ key: PersonKey?, _ call: Call
    ) throws(Problem) -> Answer {
        let (looked, texts) = try look(person, request, key, call)
        var object = looked.plan.json.object ?? JSONObject()
        object["texts"] = .object(texts.reduce(into: JSONObject()) { $0[$1.kind] = .number(JSONNumber($1.count)) })
        object["aside"] =
            call.settings.spool == nil
            ? .null : .string("not searched: the API cannot read the files in aside/ of the spool")
        return .ok(JSONText(.object(object)))
    }

    private static func look(
        _ person: Person, _ request: PersonRequest, _ key: PersonKey?, _ call: Call
    ) throws(Problem) -> (Redaction, [(kind: String, count: Int64)]) {
        var redaction = Redaction(of: person, for: request, key: key)
        let end = SystemClock.wallMicroseconds() + longest
        while !redaction.isLookedThrough {
            redaction = try step(call) { [redaction] connection throws(PostgresError) in
                var next = redaction
                try next.look(on: connection)
                return next
            }
            try check(end, redaction.report, isReady: redaction.isLookedThrough)
        }
        let texts = try call.store { [redaction] connection throws(PostgresError) in
            try redaction.quotingTexts(on: connection)
        }
        return (redaction, texts)
    }

    private static func step<T>(_ call: Call, _ body: (Connection) throws(PostgresError) -> T) throws(Problem) -> T {
        try call.store { connection throws(PostgresError) in
            try connection.transaction { () throws(PostgresError) in try body(connection) }
        }
    }

    /// A request that cannot be answered whole is not answered in part.
    private static func check(_ end: Int64, _ report: SearchReport, isReady: Bool) throws(Problem) {
        if isReady || SystemClock.wallMicroseconds() < end { return }
        throw Problem(
            409, "takes_too_long",
            "This takes longer than a request is allowed (\(report.text)); use hookledger person on the host")
    }

    private static func ask(_ call: Call) throws(Problem) -> (Person, PersonRequest) {
        let input = try call.input()
        let source = try input.text("source")
        if let source, call.settings.source(named: source) == nil { throw .notFound("Source \(source)") }
        var person = Person(source: source)
        person.emails = try input.texts("emails")
        person.phones = try input.texts("phones")
        person.customerIDs = try input.texts("customers")
        person.country = source.flatMap { call.settings.source(named: $0)?.country }
        let reason = try input.reason()
        if person.emails.isEmpty && person.phones.isEmpty && person.customerIDs.isEmpty {
            throw .invalid("emails", "or phones or customers must name somebody")
        }
        guard person.namesSomebody else {
            throw Problem(404, "not_found", "This names nobody: \(person.faults.joined(separator: ", "))")
        }
        if source == nil, !person.customerIDs.isEmpty {
            let ids = person.customerIDs
            let sources = try call.store { connection throws(PostgresError) in
                try PersonSources.having(ids, on: connection)
            }
            if sources.count > 1 {
                throw Problem(
                    409, "several_sources", "Name one of these as source: \(sources.joined(separator: ", "))",
                    parameter: "source")
            }
        }
        return (person, PersonRequest(actor: call.actor, reason: reason))
    }

    private static func key(_ settings: Settings) -> PersonKey? {
        (try? KeyFile.existing(settings.keys.person)).flatMap(\.self).map { PersonKey($0) }
    }
}
