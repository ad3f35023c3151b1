import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// One cell is restored from a backup that is older than the others and than the router (docs/scaling.md).
@Suite(.blocking, .enabled(if: PLProxy.isThere, PLProxy.why)) struct CellRestoreTests {
    /// After the backup, one source comes to the second cell, and another one leaves it.
    private static let (comer, goer) = ("comer", "goer")

    private let stand: CellStand
    private let name: String

    init() throws {
        stand = try CellStand()
        name = stand.cells[1]
    }

    /// - Returns: what the command printed.
    @discardableResult
    private func done(_ arguments: [String], cell: String? = nil, config: String? = nil) throws -> String {
        let end = try stand.run(arguments, cell: cell, config: config)
        #expect(end.succeeded, "\(arguments): \(end.text)\(end.errorText)")
        return end.text
    }

    private func message(_ order: String, of source: String, at received: Timestamp = Guide.now) throws -> Recordable {
        try Guide.recordable(
            Guide.body("order_created", order: order, status: "UNPAID", at: 1_764_000_000, total: "9.50"),
            at: received, source: source)
    }

    /// - Parameter there: the restored database.
    private func count(_ sql: String, _ there: Connection) throws -> Int {
        try there.query("select count(*) \(sql)").only().int(0)
    }

    @Test func itsSlotsItsReceiptsAndItsJobsArePutRight() throws {
        try done(["cells", "move", Self.comer, stand.cells[0]])
        try done(["cells", "move", Self.goer, name])
        let old = try message("other-old", of: "other")
        let gone = try message("goer-1", of: Self.goer)
        for delivery in [old, gone, try message("comer-1", of: Self.comer)] { try stand.record(delivery) }
        try done(["backup", stand.folder + "/backup-{cell}"])
        // What the backup does not know.
        let new = try message("other-new", of: "other")
        try stand.record(new)
        #expect(try done(["cells", "move", Self.comer, name]).contains("Back up"))
        try done(["cells", "move", Self.goer, stand.cells[0]])
        try stand.record(message("goer-2", of: Self.goer))

        let folder = try Files.makeTemporaryFolder("hl-cell", mode: 0o711)
        defer { try? Files.remove(folder) }
        var options = PostgresCluster.Options()
        (options.durable, options.removedWithThisProcess, options.openToAllUsers) = (false, true, true)
        let fresh = try PostgresCluster(folder: folder, options: options)
        try fresh.start()
        defer { fresh.stop() }
        try fresh.createDatabase(name, template: "template0")
        let conninfo = fresh.conninfo(database: name)
        let restored = try done(["restore", "\(stand.folder)/backup-\(name)", "--database", conninfo], cell: name)
        #expect(restored.contains("Every table has the rows of the backup"), "\(restored)")

        let moved = stand.folder + "/moved.yaml"
        let before = try "host=\(SharedCluster.get().layout.sockets) dbname=\(name)"
        let place = "host=\(fresh.layout.sockets) dbname=\(name)"
        try Files.write(moved, text: Files.readText(stand.folder + "/hookledger.yaml").replacing(before, with: place))
        let there = try Connection(
            conninfo: conninfo, applicationName: "test", settings: [("search_path", "hookledger")])
        // A router with an old map would send deliveries there.
        let lone = try LedgerWriter(
            conninfo: fresh.conninfo(user: "hookledger_ingest", database: name), deadline: .seconds(20))
        try checkSlots(moved, there, lone)

        // What the backup has is known; what came after it is not, and its job is in doubt.
        #expect(try stand.record(old).isDuplicate)
        #expect(try !stand.record(new).isDuplicate)
        #expect(try count("from jobs as j where is_in_doubt(j.job_id)", there) == 1)
        #expect(try stand.record(gone).isDuplicate)
        try stand.record(message("comer-2", of: Self.comer))
        #expect(try count("from events where source = '\(Self.comer)'", there) == 1)
        let waiting = try count("from jobs", there)
        let released = try done(["restore", "--release"], cell: name, config: moved)
        #expect(released.contains("\(waiting) jobs run again"), "\(released)")
        #expect(try count("from jobs as j where in_doubt", there) > 0)
        #expect(try done(["cells", "check", "--rows"], config: moved).contains("agree with the router"))
    }

    /// The slot that has left is in two cells, and the one that has come is in none.
    private func checkSlots(_ config: String, _ there: Connection, _ lone: LedgerWriter) throws {
        let (come, left) = (Slot(of: Self.comer).number, Slot(of: Self.goer).number)
        let added = try done(["cells", "add", name], config: config)
        #expect(added.contains("hold the slots \(left)"), "\(added)")
        // The router goes on to send deliveries to where the rows are.
        #expect(try stand.value("select cell from slots where slot = \(left)", in: stand.router) == stand.cells[0])
        let early = try stand.run(["restore", "--release"], cell: name, config: config)
        #expect(early.status == .exited(2) && early.errorText.contains("cells check --repair"), "\(early.errorText)")
        let check = try stand.run(["cells", "check"], config: config)
        #expect(check.status == .exited(1))
        #expect(check.text.contains("still holds the slots \(left)"), "\(check.text)")
        #expect(check.text.contains("no cell holds the slots \(come)"), "\(check.text)")

        // What a router with an old map has sent there since is nowhere else.
        _ = try #require(lone.record([message("goer-3", of: Self.goer, at: SystemClock.now)]).first).get()
        let kept = try stand.run(["cells", "check", "--repair"], config: config)
        #expect(kept.status == .exited(1) && kept.text.contains("--repair --discard"), "\(kept.text)\(kept.errorText)")
        #expect(try count("from events where source = '\(Self.goer)'", there) == 2)
        #expect(try stand.run(["cells", "check", "--discard"], config: config).status == .exited(64))
        let repair = try stand.run(["cells", "check", "--repair", "--discard"], config: config)
        #expect(repair.text.contains("forgotten their rows"), "\(repair.text)\(repair.errorText)")
        #expect(try count("from events where source = '\(Self.goer)'", there) == 0)
        // Without such deliveries nothing is lost, and nobody is asked.
        try there.execute("insert into cell_slots (slot, changed_at) values (\(left), '2026-01-01')")
        let plain = try stand.run(["cells", "check", "--repair"], config: config)
        #expect(plain.text.contains("forgotten their rows"), "\(plain.text)\(plain.errorText)")
        #expect(try stand.value("select count(*) from events where source = '\(Self.goer)'", in: stand.router) == "2")

        let held = try stand.run(["cells", "move", "--lost", Self.goer, name], config: config)
        #expect(held.status == .exited(64) && held.errorText.contains("not lost"), "\(held.errorText)")
        try done(["cells", "move", "--lost", Self.comer, name], config: config)
    }
}
