import JSON
import Postgres
import Providers
import Rules
import Settings
import Verification
import Webhooks

/// The call of the database function `record_2` (docs/database.md): one array per parameter, and one row of arrays
/// back.
enum RecordStatement {
    static let name = "record_2"

    static let types = [
        "int[]", "int[]", "text[]", "bytea[]", "bigint[]", "int[]", "text[]", "text[]", "text[]", "text[]", "text[]",
        "text[]", "text[]", "text[]", "int[]", "timestamptz[]", "bigint[]", "timestamptz[]", "int[]", "jsonb[]",
        "boolean[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]", "text[]",
        "bytea[]",
        "text[]", "text[]", "jsonb[]", "jsonb[]", "int[]", "jsonb[]", "int[]", "int[]", "text[]", "text[]", "text[]",
        "int[]", "int[]", "text[]", "bigint[]", "boolean[]", "text",
    ]

    static let sql = """
        select places, outcomes, event_ids, order_rows, heartbeat, clock_timestamp() as clock from hookledger.record_2(
            \(types.enumerated().map { "$\($0.offset + 1)::\($0.element)" }.joined(separator: ", ")))
        """

    // Closures, not key paths: those would copy the whole event for every column.
    static func parameters(_ batch: [Recordable]) -> [Parameter] {
        func texts(_ value: (Recordable) -> String?) -> Parameter { .texts(batch.map { value($0)?.storable }) }
        func integers(_ value: (Recordable) -> Int) -> Parameter {
            .integers(batch.map { Int32(clamping: value($0)) })
        }
        return [
            .integers(batch.indices.map { Int32($0 + 1) }),
            .integers(slots(batch)),
            texts { $0.source },
            .bytesArray(batch.map { $0.event.dedupeKey.bytes }),
            // A released or imported delivery repeats the same bytes whenever they came.
            .bigints(
                batch.map { [.released, .imported].contains($0.origin) ? nil : $0.event.dedupeKey.windowSeconds }),
            integers { $0.terms.repeatsPerDay },
            texts { $0.event.deliveryID },
            texts { $0.origin.rawValue },
            texts { $0.event.provider },
            texts { $0.event.providerType },
            texts { $0.event.type },
            texts { $0.event.subject },
            texts { $0.event.shopID },
            texts { $0.shopKey },
            .integers(batch.map { $0.terms.shopRule.rawValue }),
            .timestamps(batch.map { $0.event.occurredAt?.microseconds }),
            .bigints(batch.map { $0.event.sequence }),
            .timestamps(batch.map { $0.delivery.receivedAt.microseconds }),
            .integers(batch.map { Int32($0.timing.rawValue) }),
            .jsonbs(batch.map { $0.clockText }),
            .booleans(batch.map { $0.isTrusted }),
            texts { $0.normalized.verified.verdict.strength.rawValue },
            texts { $0.normalized.verified.verdict.scheme },
            texts { $0.normalized.verified.verdict.keyID },
            texts { $0.delivery.requestID },
            texts { $0.delivery.remoteAddress },
            texts { $0.delivery.method },
            texts { $0.delivery.path },
            texts { $0.delivery.query },
            .texts(batch.map { $0.headersText }),
            .bytesArray(batch.map { $0.delivery.body }),
            .texts(batch.map { $0.patch?.kind.rawValue }),
            .texts(batch.map { $0.patch?.id }),
            .jsonbs(batch.map { $0.patch?.fields }),
            .jsonbs(batch.map { $0.patch?.extra }),
            integers { $0.patch?.statusRank ?? 0 },
            .jsonbs(batch.map { $0.moreText }),
        ] + jobs(batch) + [.text(revision(batch))]
    }

    private static func slots(_ batch: [Recordable]) -> [Int32] {
        var known: [String: Int32] = [:]
        return batch.map { delivery in
            if let slot = known[delivery.source] { return slot }
            let slot = Int32(Slot(of: delivery.source).number)
            known[delivery.source] = slot
            return slot
        }
    }

    /// One number, or one a delivery: a batch can have deliveries from before and after a reload.
    private static func revision(_ batch: [Recordable]) -> String {
        func text(_ delivery: Recordable) -> String { delivery.revision?.number.map { "\($0)" } ?? "" }
        guard let first = batch.first, batch.contains(where: { $0.revision !== first.revision }) else {
            return batch.first.map(text) ?? ""
        }
        return "{" + batch.map { text($0).isEmpty ? "null" : text($0) }.joined(separator: ",") + "}"
    }

    /// The jobs of all deliveries, one after the other.
    private static func jobs(_ batch: [Recordable]) -> [Parameter] {
        let jobs = batch.enumerated().flatMap { place, delivery in delivery.jobs.map { (place: place + 1, job: $0) } }
        func texts(_ value: (PlannedJob) -> String?) -> Parameter { .texts(jobs.map { value($0.job)?.storable }) }
        return [
            .integers(jobs.map { Int32($0.place) }),
            .integers(jobs.map { Int32($0.job.record) }),
            texts { $0.action },
            texts { $0.kind.name },
            texts { $0.rule },
            .integers(jobs.map { _ in 0 }),
            .integers(jobs.map { Int32(clamping: $0.job.maxAttempts) }),
            texts { $0.share?.key },
            .bigints(jobs.map { $0.job.share?.delay }),
            .booleans(jobs.map { $0.job.share?.restarts ?? false }),
        ]
    }

    /// The receipts in the order of the batch; nil for a delivery that was left out: ``results(_:count:)``.
    /// - Throws: if the answer lacks a delivery.
    static func receipts(_ rows: Rows, count: Int) throws(PostgresError) -> [Receipt?] {
        try results(rows, count: count).map { try? $0.get() }
    }

    /// One result per delivery, in the order of the batch. ``RecordFailure/busy`` is one that was left out because another
    /// transaction holds one of its rows, ``RecordFailure/away`` one whose cell cannot be reached.
    /// - Throws: if the answer lacks a delivery.
    static func results(_ rows: Rows, count: Int) throws(PostgresError) -> [Result<Receipt, RecordFailure>] {
        let row = try rows.only()
        let places = try numbers(row, "places")
        let outcomes = try numbers(row, "outcomes")
        let events = try numbers(row, "event_ids")
        let orders = try numbers(row, "order_rows")
        var results = [Result<Receipt, RecordFailure>?](repeating: nil, count: count)
        for (place, (outcome, (event, order))) in zip(places, zip(outcomes, zip(events, orders))) {
            guard let place, results.indices.contains(Int(place) - 1) else { break }
            switch (outcome.flatMap(Outcome.init), event) {
            case (.busy, _): results[Int(place) - 1] = .failure(.busy)
            case (.away, _): results[Int(place) - 1] = .failure(.away)
            case (let outcome?, let event?):
                results[Int(place) - 1] = .success(
                    Receipt(eventID: event, orderRow: order, isDuplicate: outcome == .duplicate))
            default: break
            }
        }
        let complete = results.compactMap(\.self)
        guard complete.count == count else {
            throw PostgresError(message: "record_2() answered \(complete.count) of \(count) deliveries")
        }
        return complete
    }

    private enum Outcome: Int64 {
        case stored = 0
        case duplicate = 1
        case busy = 2
        /// From a router only; 3 is an outcome of the canary.
        case away = 4
    }

    /// An array of whole numbers, from its text form.
    private static func numbers(_ row: Row, _ column: String) throws(PostgresError) -> [Int64?] {
        try row.text(column).dropFirst().dropLast().split(separator: ",").map { Int64($0) }
    }
}
