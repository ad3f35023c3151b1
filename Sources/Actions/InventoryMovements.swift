import Jobs
import Postgres
import Webhooks

/// Movements of the inventory for one order, in an open transaction (sql/functions/02_inventory.sql).
struct InventoryMovements {
    /// A line of an order.
    struct Line {
        let id: String
        let productID: String?
        let variantID: String?
        let sku: String?
        let quantity: Int64
    }

    /// What a movement that happened now has left.
    struct Moved {
        /// The sku, else the product.
        let name: String
        let left: Double
        let leftText: String
        /// How many were taken; negative when they came back.
        let taken: Double
    }

    private let order: JobOrder
    private let job: Job
    private let occurredAt: Timestamp
    private let connection: Connection

    init(_ order: JobOrder, job: Job, occurredAt: Timestamp, on connection: Connection) {
        self.order = order
        self.job = job
        self.occurredAt = occurredAt
        self.connection = connection
    }

    /// Takes what was not taken before.
    func sell(_ lines: [Line]) throws(PostgresError) -> [Moved] {
        try move(lines.map { ($0, "-\($0.quantity)") }, reason: "sold")
    }

    /// Puts back what was taken, and was not put back before.
    func giveBack(_ lines: [Line]) throws(PostgresError) -> [Moved] {
        let rows = try connection.query(
            "select movement_key, (-delta)::text as delta from hookledger.inventory_movements where movement_key = any ($1::text[])",
            [.texts(lines.map { key($0, "sold") })])
        var taken: [String: String] = [:]
        for row in rows { taken[try row.text("movement_key")] = try row.text("delta") }
        return try move(
            lines.compactMap { line in taken[key(line, "sold")].map { (line, $0) } }, reason: "returned")
    }

    private func key(_ line: Line, _ reason: String) -> String {
        "\(order.source):\(order.orderID):\(line.id):\(reason)"
    }

    private func move(_ lines: [(line: Line, delta: String)], reason: String) throws(PostgresError) -> [Moved] {
        guard !lines.isEmpty else { return [] }
        let rows = try connection.query(
            """
            select m.movement_key, m.quantity::text as left_text, m.quantity as left from hookledger.move_inventory(
                $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[], $7::text[],
                $8::timestamptz[], $9::bigint[], $10::bigint[]) as m
            where m.is_new
            """,
            [
                .texts(lines.map { key($0.line, reason) }), .texts(lines.map { _ in order.source }),
                .texts(lines.map(\.line.productID)), .texts(lines.map(\.line.variantID)), .texts(lines.map(\.line.sku)),
                .numerics(lines.map(\.delta)), .texts(lines.map { _ in reason }),
                .timestamps(lines.map { _ in occurredAt.microseconds }), .bigints(lines.map { _ in order.row }),
                .bigints(lines.map { _ in job.id }),
            ])
        let byKey = Dictionary(lines.map { (key($0.line, reason), $0) }, uniquingKeysWith: { first, _ in first })
        var moved: [Moved] = []
        for row in rows {
            guard let (line, delta) = byKey[try row.text("movement_key")] else { continue }
            moved.append(
                Moved(
                    name: line.sku ?? line.productID ?? line.id, left: try row.double("left"),
                    leftText: try row.text("left_text"), taken: -(Double(delta) ?? 0)))
        }
        return moved
    }
}
