import JSON
public import Postgres
import Rules
import Webhooks

/// Reads what jobs are about.
public enum SubjectLoader {
    /// The subjects of those jobs, by job id. A job whose event is gone (its partition was dropped) is not among them.
    ///
    /// - Parameters:
    ///   - needs: what each job's action and conditions want to see, in the order of `jobs`; the rest of its subject is
    ///     empty.
    ///   - budget: once this many bytes of bodies are loaded, further ones are left out: see `JobEvent.isBodyLeftOut`.
    public static func load(
        _ jobs: [Job], needs: [SubjectNeeds], budget: Int = .max, on connection: Connection
    ) throws(PostgresError) -> [Int64: JobSubject] {
        let wanted = Wanted(jobs, needs)
        let rows = try wanted.rows(budget: budget, on: connection)
        let places = try recordPlaces(rows)
        let records = try places.isEmpty ? [:] : loadRecords(places, connection)
        var subjects = [Int64: JobSubject](minimumCapacity: jobs.count)
        for row in rows {
            var cells = row.cells
            let place = try Int(cells.bigint()) - 1
            let read = try Read(&cells, wanted.keys[place], needs: wanted.needs[place], records)
            for job in wanted.jobs[place] {
                subjects[job.id] = JobSubject(job: job, event: read.event, order: read.order, record: read.record)
            }
        }
        return subjects
    }

    /// What rows are to be read: one for all jobs of an event and an order.
    private struct Wanted {
        struct Key: Hashable {
            let event: Int64
            let receivedAt: Int64
            let order: Int64?
        }

        private(set) var keys: [Key] = []
        private(set) var needs: [SubjectNeeds] = []
        private(set) var jobs: [[Job]] = []

        init(_ jobs: [Job], _ needs: [SubjectNeeds]) {
            var places = [Key: Int](minimumCapacity: jobs.count)
            for (job, need) in zip(jobs, needs) {
                let key = Key(event: job.eventID, receivedAt: job.eventReceivedAt, order: job.orderRow)
                if let place = places[key] {
                    self.needs[place].formUnion(need)
                    self.jobs[place].append(job)
                } else {
                    places[key] = keys.count
                    keys.append(key)
                    self.needs.append(need)
                    self.jobs.append([job])
                }
            }
        }

        func rows(budget: Int, on connection: Connection) throws(PostgresError) -> Rows {
            let all = needs.reduce(into: SubjectNeeds()) { $0.formUnion($1) }
            let hasBodies = all.contains(.body)
            let (name, text) = WorkSQL.subjects(all)
            try connection.prepare(name, text)
            let parameters: [Parameter] = [
                .timestamps(keys.map(\.receivedAt)), .bigints(keys.map(\.event)), .bigints(keys.map(\.order)),
                .integers(needs.map(\.rawValue)),
            ]
            // One plan serves all calls of a session: making one for all partitions costs more than reading thirty jobs. It
            // probes indexes, even if the tables were empty when it was made.
            try connection.renewPlans(before: keys.count)
            return try connection.transaction { () throws(PostgresError) in
                try connection.execute(
                    "set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off")
                return try connection.queryPrepared(
                    name, parameters + (hasBodies ? [.bigint(Int64(budget))] : []), format: .binary)
            }
        }
    }

    /// A row of ``WorkSQL/subjects(_:)``, read in the order of its columns.
    private struct Read {
        var event: JobEvent
        let order: StoredRecord?
        let record: StoredRecord?

        init(
            _ cells: inout Cells, _ key: Wanted.Key, needs: SubjectNeeds, _ records: [RecordPlace: StoredRecord]
        ) throws(PostgresError) {
            event = JobEvent(
                id: key.event, receivedAt: Timestamp(microseconds: key.receivedAt), source: try cells.text(),
                provider: try cells.text(), providerType: try cells.text(), type: try cells.text(),
                subject: try cells.optionalText(), shopID: try cells.optionalText(),
                occurredAt: try cells.optionalTimestamp().map { Timestamp(microseconds: $0) },
                requestID: try cells.text())
            record = try RecordPlace(kind: cells.optionalText(), row: cells.optionalBigint()).flatMap { records[$0] }
            let verification = try cells.text()
            event.origin = try cells.text()
            event.trust = EventTrust(verification: verification, origin: event.origin)
            event.orderRow = try cells.optionalBigint()
            let disposition = try cells.text()
            let changes = try cells.optionalText()
            if needs.contains(.change) {
                event.change = EventChange(disposition: disposition, changes: object(changes ?? "{}"))
            }
            order = try Self.order(&cells)
            event.body = try cells.optionalBytes() ?? []
            event.isBodyLeftOut = try cells.bool()
            if needs.contains(.trace) {
                event.trace = EventTrace(
                    parents: try cells.optionalText(), requestID: event.requestID, eventID: event.id)
            }
        }

        private static func order(_ cells: inout Cells) throws(PostgresError) -> StoredRecord? {
            let row = try cells.optionalBigint()
            let (source, id, shop) = (try cells.optionalText(), try cells.optionalText(), try cells.optionalText())
            let (data, extra) = (try cells.optionalText(), try cells.optionalText())
            let (clocks, refunded) = (try cells.optionalText(), try cells.optionalText())
            guard let row, let source, let id, let shop else { return nil }
            var order = StoredRecord(
                row: row, source: source, id: id, shopKey: shop, fields: data.map(object) ?? JSONObject(),
                extra: extra.map(object) ?? JSONObject())
            if let refunded { order.fields["refunded_amount"] = .string(refunded) }
            order.unverified = unverified(clocks, order.fields, order.extra)
            return order
        }
    }

    private static func recordPlaces(_ rows: Rows) throws(PostgresError) -> Set<RecordPlace> {
        var places: Set<RecordPlace> = []
        for row in rows {
            if let place = try RecordPlace(kind: row.optionalText(at: 9), row: row.optionalBigint(at: 10)) {
                places.insert(place)
            }
        }
        return places
    }

    private static func loadRecords(
        _ places: Set<RecordPlace>, _ connection: Connection
    ) throws(PostgresError) -> [RecordPlace: StoredRecord] {
        var found: [RecordPlace: StoredRecord] = [:]
        for kind in RecordKind.allCases where kind != .order {
            let ids = places.filter { $0.kind == kind }.map(\.row).sorted()
            if ids.isEmpty { continue }
            for row in try connection.query(WorkSQL.records(kind.rawValue), [.bigints(ids)]) {
                var cells = row.cells
                let (place, id) = (RecordPlace(kind: kind, row: try cells.bigint()), try cells.text())
                let (fields, extra) = (object(try cells.text()), object(try cells.text()))
                found[place] = StoredRecord(
                    kind, row: place.row, id: id, fields: fields, extra: extra,
                    unverified: unverified(try cells.optionalText(), fields, extra))
            }
        }
        return found
    }

    private static func unverified(_ clocks: String?, _ fields: JSONObject, _ extra: JSONObject) -> Set<String> {
        clocks.map { UnverifiedFields.names(fields, extra: extra, clocks: object($0)) } ?? []
    }

    private static func object(_ text: String) -> JSONObject {
        (try? JSONValue(parsing: Array(text.utf8)))?.object ?? JSONObject()
    }
}

/// Where the row of a product, customer or comment is.
private struct RecordPlace: Hashable {
    let kind: RecordKind
    let row: Int64

    init(kind: RecordKind, row: Int64) {
        self.kind = kind
        self.row = row
    }

    /// - Returns: nil when the event is about none.
    init?(kind: String?, row: Int64?) {
        guard let kind = kind.flatMap(RecordKind.init(rawValue:)), let row else { return nil }
        self.init(kind: kind, row: row)
    }
}
