import JSON
import Postgres
import Verification
import Webhooks

/// What becomes of events that say something of a person.
struct EventChanges {
    private var ids: [Int64] = []
    private var times: [Int64] = []
    private var bodies: [[UInt8]] = []
    private var keys: [[UInt8]?] = []
    /// What stays of the history of fields; nil for the fields that say nothing of a person.
    private var changes: [String?] = []
    /// What the bodies named before.
    private var values: [(event: Int64, values: Set<PersonValue>)] = []

    init(_ found: [PersonSearch.Found], _ matcher: PersonMatcher) {
        for event in found {
            let body = event.stored.verified.delivery.body
            let history = Self.scrubbed(event.changes, matcher)
            if event.isOwn {
                bodies.append(BodyReduction.reduce(body, of: matcher))
                changes.append(nil)
            } else {
                let clean = matcher.scrubbed(body: body)
                guard clean != nil || history != nil else { continue }
                bodies.append(clean ?? body)
                changes.append(history ?? event.changes ?? "{}")
            }
            ids.append(event.stored.id)
            times.append(event.stored.verified.delivery.receivedAt.microseconds)
            keys.append(event.stored.event?.dedupeKey.bytes)
            values.append((event.stored.id, PersonValue.all(in: BodyForm(body))))
        }
    }

    private static func scrubbed(_ changes: String?, _ matcher: PersonMatcher) -> String? {
        guard let changes, let value = try? JSONValue(parsing: Array(changes.utf8)) else { return nil }
        return matcher.scrubbed(value)?.storableText
    }

    /// Writes them, and takes what they named out of the index.
    func write(_ key: PersonKey?, on connection: Connection) throws(PostgresError) {
        if ids.isEmpty { return }
        _ = try connection.query(
            """
            select hookledger.redact_events(
                $1::bigint[], $2::timestamptz[], $3::bytea[], $4::bytea[], $5::jsonb[])
            """, [.bigints(ids), .timestamps(times), .bytesArray(bodies), .bytesArray(keys), .jsonbs(changes)])
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

/// Rows of others that quote the person: only the person's values go.
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
