import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// A router and its cells, all databases of one server, and a writer at the router that may do no more than the responder may.
struct CellFixture {
    /// Whether Postgres has PL/Proxy here (Debian: postgresql-15-plproxy).
    static let hasPLProxy: Bool = {
        let found = try? Connection(
            conninfo: SharedCluster.get().conninfo(), applicationName: "hookledger-tests"
        ).query("select exists (select from pg_available_extensions where name = 'plproxy')").only().bool(0)
        return found ?? false
    }()
    static let why: Testing.Comment = "PL/Proxy is not installed (postgresql-15-plproxy)"

    let router: String
    let names: [String]
    let superuser: Connection
    let cells: [String: Connection]
    private let conninfos: [String: String]
    let writer: LedgerWriter

    /// - Parameters:
    ///   - count: cells; all but the last `empty` have their share of the slots.
    ///   - server: that of the last cell, if it is to have one of its own.
    ///   - deadline: how long one call of the writer may take.
    init(_ count: Int, empty: Int = 0, on server: PostgresCluster? = nil, deadline: Duration = .seconds(20)) throws {
        router = try SharedCluster.freshDatabase()
        superuser = try LedgerFixture.connection(LedgerFixture.conninfo(router, "postgres"))
        let folder = try Executable.share(of: Executable.current()) + "/sql"
        _ = try Migrator.apply(SchemaFiles(folder: folder, kind: .router), over: superuser)
        var cells: [String: Connection] = [:]
        var conninfos: [String: String] = [:]
        var names: [String] = []
        for place in 0..<count {
            let own = place == count - 1 ? server : nil
            let name = try own.map { try Self.migrated("cell_apart", $0, folder) } ?? SharedCluster.migratedDatabase()
            let home = try own ?? SharedCluster.get()
            conninfos[name] = home.conninfo(database: name)
            let connection = try LedgerFixture.connection(home.conninfo(database: name))
            try CellState.begin(name, isFirst: place == 0, on: connection)
            try CellMap.add(name, conninfo: home.conninfo(user: "hookledger_ingest", database: name), on: superuser)
            if place == 0 { try CellMap.note(Array(0..<Slot.count), in: name, on: superuser) }
            cells[name] = connection
            names.append(name)
        }
        (self.cells, self.names, self.conninfos) = (cells, names, conninfos)
        writer = try LedgerWriter(conninfo: LedgerFixture.ingestConninfo(router), deadline: deadline)
        for name in names.dropFirst().dropLast(empty) {
            for part in try SlotPlan.fairShare(of: map, for: name) { try move(part.slots, from: part.cell, to: name) }
        }
    }

    private static func migrated(_ name: String, _ server: PostgresCluster, _ sql: String) throws -> String {
        try server.createDatabase(name)
        _ = try Migrator.apply(
            SchemaFiles(folder: sql), over: LedgerFixture.connection(server.conninfo(database: name)))
        return name
    }

    /// The slots of each cell, as the router has them.
    var map: [String: [Int]] { get throws { try CellMap(on: superuser).slots } }

    /// The cell of a source.
    func cell(of source: String) throws -> String {
        try superuser.query("select cell from slots where slot = source_slot($1::text)", [.text(source)]).only().text(0)
    }

    @discardableResult
    func move(_ slots: [Int], from old: String, to new: String) throws -> SlotMove.Report {
        try SlotMove(slots, from: end(old), to: end(new), router: superuser).run()
    }

    /// A cell of a move.
    func end(_ name: String) throws -> SlotMove.End {
        (name, try #require(cells[name]), try LedgerFixture.connection(#require(conninfos[name])))
    }

    /// Records one delivery.
    func record(_ recordable: Recordable) throws -> Receipt {
        try #require(writer.record([recordable]).first).get()
    }

    /// The one value of a query at a cell, as text; nil for SQL null.
    func value(_ sql: String, in cell: String) throws -> String? {
        try #require(cells[cell]).query("select (\(sql))::text").only().optionalText(0)
    }

    /// The sum of a count over all cells.
    func total(_ sql: String) throws -> Int {
        try names.reduce(0) { sum, name in sum + (Int(try value(sql, in: name) ?? "") ?? 0) }
    }

    /// Lets nobody log in to a cell, and ends all sessions; or lets them again.
    func set(_ cell: String, away: Bool) throws {
        try superuser.execute("alter database \(cell) allow_connections \(!away)")
        if away {
            try superuser.execute(
                """
                select pg_terminate_backend(pid, 20000) from pg_stat_activity
                where datname = '\(cell)' and usename in ('hookledger_ingest', 'hookledger_api')
                """)
        }
    }
}
