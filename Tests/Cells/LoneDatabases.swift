import FaultSupport
import Ledger
import LocalStack
import Platform
import Postgres

/// What the cells are measured against: one database, the same as if there were no cells, and two cells that are alone, of which one
/// is behind a router of its own.
struct LoneDatabases: Sendable {
    let server: PostgresCluster
    let plain = "plain"
    let before = "before"
    let cellServer: PostgresCluster
    let direct = "direct"
    let behind = "behind"
    let router = "router_of_one"

    init(_ installation: Installation) throws {
        server = try installation.start("single", database: plain)
        try server.createDatabase(before, template: plain)
        try Self.forgetCells(in: Self.connect(server, before))
        cellServer = try installation.start("alone", database: direct)
        try cellServer.createDatabase(behind, template: direct)
        for name in [direct, behind] { try CellState.begin(name, isFirst: true, on: Self.connect(cellServer, name)) }
        try installation.router.createDatabase(router)
        try installation.run(["migrate", "--router", "--database", installation.router.conninfo(database: router)])
        let leading = try Self.connect(installation.router, router)
        try CellMap.add(
            behind, conninfo: cellServer.conninfo(user: "hookledger_ingest", database: behind), on: leading)
        try CellMap.note(Array(0..<Slot.count), in: behind, on: leading)
    }

    /// Takes out of the door what only cells need.
    private static func forgetCells(in connection: Connection) throws {
        for (name, texts) in [
            ("record_2", [("exists (select from cell_identity)", "false"), (" + v_slot[g]", "")]),
            ("make_jobs", [("exists (select from cell_identity)", "false")]),
        ] {
            var door = try connection.query("select pg_get_functiondef('hookledger.\(name)'::regproc)").only().text(0)
            for (needed, instead) in texts {
                guard door.contains(needed) else { throw RunFailure("\(name) does not contain '\(needed)'") }
                door = door.replacing(needed, with: instead)
            }
            try connection.execute(door)
        }
    }

    private static func connect(_ server: PostgresCluster, _ database: String) throws -> Connection {
        try Connection(
            conninfo: server.conninfo(database: database), applicationName: "cells",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(60))
    }

    func stop() {
        server.stop()
        cellServer.stop()
    }
}
