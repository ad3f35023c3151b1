import JSON
import Postgres
import Providers
import Verification
import Webhooks

/// The call of the database function `record` (sql/functions/04_record.sql): one array per parameter.
enum RecordStatement {
    static let name = "record"

    static let sql = """
        select ord, event_id, order_row, is_duplicate from hookledger.record(
            $1::text[], $2::bytea[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::timestamptz[], $11::bigint[], $12::timestamptz[], $13::text[], $14::text[], $15::text[],
            $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::jsonb[], $22::bytea[], $23::text[],
            $24::jsonb[], $25::jsonb[], $26::int[], $27::jsonb[], $28::text[], $29::bytea[])
        """

    static func parameters(_ batch: [Recordable]) -> [Parameter] {
        func texts(_ value: (Recordable) -> String?) -> Parameter { .texts(batch.map { value($0)?.storable }) }
        return [
            texts(\.source),
            .bytesArray(batch.map(\.event.dedupeKey.bytes)),
            .bigints(batch.map(\.event.dedupeKey.windowSeconds)),
            texts(\.origin.rawValue),
            texts(\.event.provider),
            texts(\.event.providerType),
            texts(\.event.type),
            texts(\.event.subject),
            texts(\.event.shopID),
            .timestamps(batch.map { $0.event.occurredAt?.microseconds }),
            .bigints(batch.map(\.event.sequence)),
            .timestamps(batch.map(\.delivery.receivedAt.microseconds)),
            texts(\.normalized.verified.verdict.strength.rawValue),
            texts(\.normalized.verified.verdict.scheme),
            texts(\.normalized.verified.verdict.keyID),
            texts(\.delivery.requestID),
            texts(\.delivery.remoteAddress),
            texts(\.delivery.method),
            texts(\.delivery.path),
            texts(\.delivery.query),
            .jsonbs(batch.map(\.headersText)),
            .bytesArray(batch.map(\.delivery.body)),
            .texts(batch.map(\.patch?.id)),
            .jsonbs(batch.map(\.patch?.fields)),
            .jsonbs(batch.map(\.patch?.extra)),
            .integers(batch.map { Int32(clamping: $0.patch?.statusRank ?? 0) }),
            .jsonbs(batch.map(\.jobsText)),
            .texts(batch.map(\.patch?.kind.rawValue)),
            .bytesArray(batch.map(\.normalized.bodyHash)),
        ]
    }

    /// The receipts in the order of the batch.
    /// - Throws: when the answer does not hold one row per delivery.
    static func receipts(_ rows: Rows, count: Int) throws(PostgresError) -> [Receipt] {
        var receipts = [Receipt?](repeating: nil, count: count)
        for row in rows {
            let place = try row.int("ord") - 1
            guard receipts.indices.contains(place) else { break }
            receipts[place] = Receipt(
                eventID: try row.bigint("event_id"), orderRow: try row.optionalBigint("order_row"),
                isDuplicate: try row.bool("is_duplicate"))
        }
        let complete = receipts.compactMap(\.self)
        guard complete.count == count else {
            throw PostgresError(message: "record() answered \(complete.count) of \(count) deliveries")
        }
        return complete
    }
}
