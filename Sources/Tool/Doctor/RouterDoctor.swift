import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// The router of several cells. Each cell is checked like a database of its own.
struct RouterDoctor {
    let settings: Settings
    /// The folder of the SQL files as they ship; nil when it is not there.
    let sql: String?

    func findings() -> [Finding] {
        do throws(PostgresError) {
            let connection = try DatabaseDoctor.connect(settings, .operator)
            guard try SchemaFiles.Kind(of: connection) == .router else {
                return [
                    Finding(
                        "router", .failed, "the configuration has cells, and its database is no router",
                        advice: "hookledger migrate --router makes one; the cells belong to database.cells")
                ]
            }
            let map = try CellMap(on: connection)
            return [try migrations(connection), slots(map), names(map), try missing(connection)]
        } catch {
            return [Finding("router", .failed, "\(error)", advice: "hookledger migrate --router")]
        }
    }

    private func migrations(_ connection: Connection) throws(PostgresError) -> Finding {
        guard let sql, let files = try? SchemaFiles(folder: sql, kind: .router) else {
            return Finding("router", .skipped, "the SQL files that ship with this program were not found")
        }
        let (applied, known) = (try connection.query(DoctorSQL.version).only().bigint(0), Int64(files.migrations.count))
        if applied == known { return Finding("router", .ok, "the schema is at version \(applied)") }
        return Finding(
            "router", .failed, "the schema is at version \(applied), this program knows \(known)",
            advice: applied < known ? "hookledger migrate" : "install the newer program")
    }

    private func slots(_ map: CellMap) -> Finding {
        let count = map.cells.reduce(0) { $0 + $1.slots.count }
        if count == Slot.count { return Finding("slots", .ok, "each slot has its cell") }
        return Finding(
            "slots", .failed, "\(Slot.count - count) slots have no cell: deliveries of their sources are not stored",
            advice: "hookledger cells add, or hookledger cells check --repair")
    }

    private func names(_ map: CellMap) -> Finding {
        let (known, named) = (Set(map.cells.map(\.name)), Set(settings.database.cells.map(\.name)))
        let unknown = known.symmetricDifference(named).sorted().joined(separator: ", ")
        if unknown.isEmpty { return Finding("cells", .ok, "\(Plural.text(known.count, "cell"))") }
        return Finding(
            "cells", .warning, "the router and database.cells do not agree on \(unknown)",
            advice: "hookledger cells add, or add it to database.cells")
    }

    private func missing(_ connection: Connection) throws(PostgresError) -> Finding {
        let missing = try connection.query(DoctorSQL.missingCells).map { (row) throws(PostgresError) in
            try row.text(0)
        }
        if missing.isEmpty { return Finding("missing cells", .ok, "all cells answer") }
        return Finding(
            "missing cells", .failed, missing.joined(separator: "; "),
            advice: "their deliveries are spooled or answered 503 until they answer")
    }
}
