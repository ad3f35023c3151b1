import JSON
import Postgres
import Verification
import Webhooks

/// The changes of events that mention a person.
struct EventChanges {
    private var ids: [Int64] = []
    private var times: [Int64] = []
    private var bodies: [[UInt8]] = []
    private var keys: [[UInt8]?] = []
    /// The rest of the history of fields; nil to keep the non-personal fields.
    private var changes: [String?] = []
    /// The names that the bodies lost.
    private var values: [(event: Int64, values: Set<PersonValue>)] = []
    /// The rest of the history of further records.
    private var further: [(event: Int64, number: Int, changes: String?)] = []

    init(_ found: [PersonSearch.Found], _ matcher: PersonMatcher) {
        for event in found { add(event, matcher) }
    }

    private mutating func add(_ found: PersonSearch.Found, _ matcher: PersonMatcher) {
        let (stored, parts) = (found.stored, found.event.parts)
        let body = stored.verified.delivery.body
        let own: Set<PersonDocument>
        var left: [UInt8]?
        switch found.share {
        case .all:
            own = Set(found.event.rows)
            left = BodyReduction.reduce(body, of: matcher)
        case .parts(let names):
            own = Set(names.keys)
            let reduced = BodyReduction.reduce(body, onlyOf: Set(names.values), of: matcher)
            left = matcher.scrubbed(body: reduced ?? body) ?? reduced
        case .quotation:
            own = []
            left = matcher.scrubbed(body: body)
        }
        let isWhole = found.share == .all
        var isChanged = left != nil
        var ownHistory: String?
        for part in parts {
            let isOwn = isWhole || part.document.map(own.contains) == true
            // nil keeps the non-personal fields.
            let clean = isOwn ? nil : Self.scrubbed(part.changes, matcher)
            guard isOwn || clean != nil else {
                if part.number == 0 { ownHistory = part.changes ?? "{}" }
                continue
            }
            isChanged = true
            if part.number == 0 { ownHistory = clean } else { further.append((stored.id, part.number, clean)) }
        }
        guard isChanged else { return }
        bodies.append(left ?? body)
        changes.append(ownHistory)
        ids.append(stored.id)
        times.append(stored.verified.delivery.receivedAt.microseconds)
        keys.append(stored.event?.dedupeKey.bytes)
        // What the body says of others is still to be found by them.
        let gone = PersonValue.all(in: BodyForm(body)).subtracting(PersonValue.all(in: BodyForm(left ?? body)))
        values.append((stored.id, gone))
    }

    private static func scrubbed(_ changes: String?, _ matcher: PersonMatcher) -> String? {
        guard let changes, let value = try? JSONValue(parsing: Array(changes.utf8)) else { return nil }
        return matcher.scrubbed(value)?.storableText
    }

    /// Writes them, and removes their names from the index.
    func write(_ key: PersonKey?, on connection: Connection) throws(PostgresError) {
        if ids.isEmpty { return }
        _ = try connection.query(
            """
            select hookledger.redact_events(
                $1::bigint[], $2::timestamptz[], $3::bytea[], $4::bytea[], $5::jsonb[])
            """, [.bigints(ids), .timestamps(times), .bytesArray(bodies), .bytesArray(keys), .jsonbs(changes)])
        if !further.isEmpty {
            _ = try connection.query(
                "select hookledger.redact_event_records($1::bigint[], $2::int[], $3::jsonb[])",
                [
                    .bigints(further.map(\.event)), .integers(further.map { Int32($0.number) }),
                    .jsonbs(further.map(\.changes)),
                ])
        }
        guard let key else { return }
        var gone = IndexEntries()
        for (event, values) in values { gone.add(key.hashes(values.filter(\.isPersonal)), .event, event) }
        try gone.forget(on: connection)
    }
}

/// Entries of the index, as columns.
struct IndexEntries {
    private var hashes: [[UInt8]] = []
    private var kinds: [Int16] = []
    private var ids: [Int64] = []

    mutating func add(_ hashes: [[UInt8]], _ kind: PersonDocument.Kind, _ id: Int64) {
        for hash in hashes {
            self.hashes.append(hash)
            kinds.append(kind.rawValue)
            ids.append(id)
        }
    }

    func forget(on connection: Connection) throws(PostgresError) {
        if hashes.isEmpty { return }
        _ = try connection.query(
            "select hookledger.forget_person_keys($1::bytea[], $2::smallint[], $3::bigint[])",
            [.bytesArray(hashes), .smallints(kinds), .bigints(ids)])
    }
}

/// Other people's rows that quote the person: only the person's values are removed.
enum RowScrub {
    static func clean(
        _ rows: Set<PersonDocument>, _ matcher: PersonMatcher, on connection: Connection
    ) throws(PostgresError) {
        if rows.isEmpty { return }
        func ids(_ kind: PersonDocument.Kind) -> Parameter {
            .bigints(rows.filter { $0.kind == kind }.map(\.id).sorted())
        }
        let pages = try connection.query(
            """
            select * from hookledger.person_rows(null, '{}', '{}', $1::bigint[], $2::bigint[], $3::bigint[])
            """, [ids(.order), ids(.customer), ids(.comment)])
        var changed: [(PersonDocument.Kind, Int64, data: JSONValue, extra: JSONValue)] = []
        for line in pages {
            let row = try PersonRowPage(line)
            let (data, extra) = (matcher.scrubbed(row.data), matcher.scrubbed(row.extra))
            if data != nil || extra != nil {
                changed.append((row.kind, row.id, data ?? row.data, extra ?? row.extra))
            }
        }
        if changed.isEmpty { return }
        _ = try connection.query(
            "select hookledger.replace_person_rows($1::smallint[], $2::bigint[], $3::jsonb[], $4::jsonb[])",
            [
                .smallints(changed.map(\.0.rawValue)), .bigints(changed.map(\.1)),
                .jsonbs(changed.map(\.data.storableText)), .jsonbs(changed.map(\.extra.storableText)),
            ])
    }
}
