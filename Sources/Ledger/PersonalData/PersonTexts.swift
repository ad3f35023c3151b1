import JSON
import Platform
import Postgres
import Webhooks

/// Texts around events that quote the person: attempts, jobs, effects, refusals, messages, the operator log.
struct PersonTexts: Sendable {
    /// One of them.
    struct Found: Sendable {
        let kind: String
        let id: Int64
        let place: Int32
        let at: Int64
        let body: String
        /// The text without the person's values.
        let clean: String
    }

    let found: [Found]

    /// Finds them. The statement only finds candidates; each text is judged by full values.
    init(of person: Person, _ matcher: PersonMatcher, on connection: Connection) throws(PostgresError) {
        guard !matcher.emails.isEmpty || !matcher.phones.isEmpty else {
            found = []
            return
        }
        var found: [Found] = []
        let rows = try connection.query(
            "select * from hookledger.person_texts($1, $2::text[], $3::text[])",
            [
                .text(person.source), .texts(matcher.emails.sorted()),
                .texts(Set(matcher.phones.map(\.lastDigits)).sorted()),
            ])
        for row in rows {
            let body = try row.text("body")
            guard let clean = Self.clean(body, matcher) else { continue }
            found.append(
                Found(
                    kind: try row.text("kind"), id: try row.bigint("id"),
                    place: Int32(clamping: try row.bigint("place")),
                    at: try row.timestamp("at"), body: body, clean: clean))
        }
        self.found = found
    }

    /// A text may be a body in any form, or contain one line by line.
    private static func clean(_ text: String, _ matcher: PersonMatcher) -> String? {
        if let clean = matcher.scrubbed(text) { return clean }
        for line in text.lines() {
            if let clean = matcher.scrubbed(body: Array(line.utf8)) { return String(decoding: clean, as: UTF8.self) }
        }
        return matcher.scrubbed(body: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Removes the person's values from them.
    /// - Returns: how many of each kind.
    func redact(on connection: Connection) throws(PostgresError) -> [(kind: String, count: Int64)] {
        if found.isEmpty { return [] }
        _ = try connection.query(
            "select hookledger.redact_texts($1::text[], $2::bigint[], $3::int[], $4::timestamptz[], $5::text[])",
            [
                .texts(found.map(\.kind)), .bigints(found.map(\.id)), .integers(found.map(\.place)),
                .timestamps(found.map(\.at)), .texts(found.map(\.clean)),
            ])
        return counts
    }

    var counts: [(kind: String, count: Int64)] {
        Dictionary(grouping: found, by: \.kind).map { ($0.key, Int64($0.value.count)) }.sorted { $0.0 < $1.0 }
    }

    /// For a copy of the person's data.
    var json: JSONValue {
        .array(
            found.map { one in
                [
                    "kind": .string(one.kind), "at": .string(Timestamp(microseconds: one.at).rfc3339),
                    "text": .string(one.body),
                ]
            })
    }
}
