import Platform
import Postgres

extension Blow {
    /// A person's transaction keeps a table from everybody who writes.
    static let lockTable = Blow("table locked", weight: 4) { stand, chance in
        let table = ["receipts", "events", "orders", "jobs", "effects"].randomElement(using: &chance) ?? "orders"
        return try hold(stand, "lock table hookledger.\(table) in exclusive mode", &chance)
    }

    /// A person's transaction keeps the newest orders.
    static let lockRow = Blow("rows locked", weight: 4) { stand, chance in
        try hold(
            stand, "select from hookledger.orders order by id desc limit 20 for update", &chance)
    }

    private static func hold(_ stand: Stand, _ sql: String, _ chance: inout SplitMix64) throws -> Bool {
        guard let session = try? stand.pair.connect() else { return false }
        defer { session.close() }
        guard (try? session.execute("begin; set local lock_timeout = '2s'; \(sql)")) != nil else { return false }
        SystemClock.sleep(milliseconds: .random(in: 500...2500, using: &chance))
        return true
    }
}
