import Jobs
import Postgres
import Rules
import Webhooks

/// Movements of the inventory for one order, in an open transaction (sql/functions/02_inventory.sql).
struct InventoryMovements {
    /// A line of an order.
    struct Line {
        /// Its own id, else what stands for one (``Inventory``).
        let id: String
        let hasOwnID: Bool
        let productID: String?
        let variantID: String?
        let sku: String?
        /// A number above 0, as text.
        let quantity: String
    }

    /// What a movement that happened now has left.
    struct Moved {
        /// The sku, else the product.
        let name: String
        let left: Double
        let leftText: String
        /// How many were taken.
        let taken: Double
    }

    private let order: StoredRecord
    private let job: Job
    private let occurredAt: Timestamp
    private let connection: Connection

    init(_ order: StoredRecord, job: Job, occurredAt: Timestamp, on connection: Connection) {
        self.order = order
        self.job = job
        self.occurredAt = occurredAt
        self.connection = connection
    }

    /// Takes what was not taken before.
    func sell(_ lines: [Line]) throws(PostgresError) -> [Moved] {
        guard lines.contains(where: { !$0.hasOwnID }), try isSoldByPlace() else { return try take(lines) }
        return try take(lines.filter(\.hasOwnID))
    }

    /// Puts back all that was taken for the order and was not put back before, whatever its lines say by now.
    ///
    /// - Returns: how many lines came back.
    func giveBack() throws(PostgresError) -> Int {
        try connection.query(
            "select hookledger.return_inventory($1::bigint, $2::timestamptz, $3::bigint)",
            [.bigint(order.row), .timestamp(occurredAt.microseconds), .bigint(job.id)]
        ).only().int(0)
    }

    private func key(_ id: String) -> String { "\(EffectKeys.order(order)):\(id):sold" }

    /// The lines that were not taken while the order had no shop, under the keys of then.
    private func untaken(_ lines: [Line]) throws(PostgresError) -> [Line] {
        if order.shopKey.isEmpty { return lines }
        let keys = lines.map { "\(order.source):\(order.id):\($0.id):sold" }
        var taken: Set<String> = []
        for row in try connection.query(
            ActionsSQL.takenMovements, [.texts(keys), .bigint(order.row)])
        {
            taken.insert(try row.text(0))
        }
        return zip(lines, keys).filter { !taken.contains($0.1) }.map(\.0)
    }

    /// Lines without an id were once known by `#` and their place alone. An order of which some were taken so has nothing
    /// more taken for such lines, under whatever key.
    private func isSoldByPlace() throws(PostgresError) -> Bool {
        try connection.query(
            ActionsSQL.isSoldByPlace, [.bigint(order.row)]
        ).only().bool(0)
    }

    private func take(_ all: [Line]) throws(PostgresError) -> [Moved] {
        let lines = try untaken(all)
        guard !lines.isEmpty else { return [] }
        let rows = try connection.query(
            """
            select m.movement_key, m.quantity::text as left_text, m.quantity as left from hookledger.move_inventory(
                $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[], $7::text[],
                $8::timestamptz[], $9::bigint[], $10::bigint[]) as m
            where m.is_new
            """,
            [
                .texts(lines.map { key($0.id) }), .texts(lines.map { _ in order.source }),
                .texts(lines.map(\.productID)), .texts(lines.map(\.variantID)), .texts(lines.map(\.sku)),
                .numerics(lines.map { "-\($0.quantity)" }), .texts(lines.map { _ in "sold" }),
                .timestamps(lines.map { _ in occurredAt.microseconds }), .bigints(lines.map { _ in order.row }),
                .bigints(lines.map { _ in job.id }),
            ])
        let byKey = Dictionary(lines.map { (key($0.id), $0) }, uniquingKeysWith: { first, _ in first })
        var moved: [Moved] = []
        for row in rows {
            guard let line = byKey[try row.text("movement_key")] else { continue }
            moved.append(
                Moved(
                    name: line.sku ?? line.productID ?? line.id, left: try row.double("left"),
                    leftText: try row.text("left_text"), taken: Double(line.quantity) ?? 1))
        }
        return moved
    }
}
