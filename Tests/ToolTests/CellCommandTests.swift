import Ledger
import LocalStack
import Platform
import Postgres
import StackSuite
import Testing

/// Whether Postgres has PL/Proxy here.
enum PLProxy {
    static let why: Comment = "PL/Proxy is not installed (postgresql-15-plproxy)"
    static let isThere: Bool = {
        let found = try? Connection(
            conninfo: SharedCluster.get().conninfo(), applicationName: "test"
        ).query("select exists (select from pg_available_extensions where name = 'plproxy')").only().bool(0)
        return found ?? false
    }()
}

/// `hookledger cells`: a router and three databases of one server.
@Suite(.place, .enabled(if: PLProxy.isThere, PLProxy.why))
struct CellCommandTests {
    private let folder: String
    private let router: String
    private let cells: [String]

    init() throws {
        folder = try Files.makeTemporaryFolder()
        router = try SharedCluster.freshDatabase()
        cells = try (0..<3).map { _ in try SharedCluster.migratedDatabase() }
        let sockets = try SharedCluster.get().layout.sockets
        // The last one as a URI.
        let host = sockets.replacing("/", with: "%2F")
        let entries = cells.map { name in
            name == cells.last
                ? "    \(name): \"postgresql:///\(name)?host=\(host)\"\n"
                : "    \(name): \"host=\(sockets) dbname=\(name)\"\n"
        }.joined()
        try Files.write(
            folder + "/hookledger.yaml",
            text: "database:\n  conninfo: \"host=\(sockets) dbname=\(router)\"\n  cells:\n\(entries)"
                + "sources:\n  shop: { providers: stripe, verification: none, paths: [/webhook/shop] }\n")
    }

    private func run(_ arguments: String..., cell: String? = nil) throws -> ChildOutput {
        var environment = [
            "PATH": Environment.value(of: "PATH") ?? "", "PGUSER": "postgres",
            "HOOKLEDGER_CONFIG": folder + "/hookledger.yaml",
        ]
        environment["HOOKLEDGER_CELL"] = cell
        return try ChildProcess.run(
            ChildCommand([Executable.folder() + "/hookledger"] + arguments, environment: environment))
    }

    @Test func cellsAreAddedMovedAndChecked() throws {
        defer { try? Files.remove(folder) }
        // Not before the database is a router.
        let early = try run("cells", "add", cells[0])
        #expect(early.status == .exited(64) && early.errorText.contains("migrate --router"), "\(early.errorText)")
        #expect(try run("migrate", "--router").succeeded)
        // Later runs know it.
        #expect(try run("migrate").text.contains("Nothing to apply"))
        #expect(try run("migrate", "--router", cell: cells[0]).status == .exited(64))
        #expect(try run("cells").text.contains("no cells"))

        #expect(try run("cells", "add", cells[0], "--dry-run").text.contains("would be the first cell"))
        #expect(try run("cells", "add", cells[0]).text.contains("all 1024 slots"))
        #expect(try run("cells", "add", cells[1], "--dry-run").text.contains("from \(cells[0]): 512 slots (512-1023)"))
        let second = try run("cells", "add", cells[1])
        #expect(second.succeeded && second.text.contains("512 slots moved from \(cells[0])"), "\(second.errorText)")
        #expect(try run("cells", "add", cells[2], "--empty").succeeded)
        let moved = try run("cells", "move", "7", "600-609", cells[2])
        #expect(moved.succeeded, "\(moved.errorText)")
        #expect(
            moved.text.contains("1 slot moved from \(cells[0])")
                && moved.text.contains("10 slots moved from \(cells[1])"))
        #expect(try run("cells", "move", "7", cells[2]).text.contains("are in \(cells[2])"))
        let named = try run("cells", "move", "shop", cells[2])
        #expect(
            named.succeeded && named.text.contains("Sources of these slots: shop."), "\(named.text)\(named.errorText)")
        let list = try run("cells", "list").text
        #expect(list.contains("600-609"), "\(list)")
        let check = try run("cells", "check", "--rows")
        #expect(
            check.succeeded && check.text.contains("3 cells and 1024 slots agree"), "\(check.text)\(check.errorText)")

        // A router that was made again learns from the cells.
        let superuser = try Connection(
            conninfo: SharedCluster.get().conninfo(database: router), applicationName: "test",
            settings: [("search_path", "hookledger")])
        try superuser.execute("select map_slots('{7}', '\(cells[0])')")
        let stale = try run("cells", "check")
        #expect(stale.status == .exited(1) && stale.text.contains("check --repair"), "\(stale.text)")
        #expect(try run("cells", "check", "--repair").succeeded)
        #expect(try run("cells", "check").succeeded)
    }

    /// Whatever a move has left that was killed, a command ends it, and `check` says which.
    @Test func whatAMoveHasLeftIsEnded() throws {
        defer { try? Files.remove(folder) }
        #expect(try run("migrate", "--router").succeeded)
        #expect(try run("cells", "add", cells[0]).succeeded)
        for name in cells.dropFirst() { #expect(try run("cells", "add", name, "--empty").succeeded) }
        func set(_ sql: String, in cell: Int) throws {
            try Connection(
                conninfo: SharedCluster.get().conninfo(database: cells[cell]), applicationName: "test",
                settings: [("search_path", "hookledger")]
            ).execute(sql)
        }
        let close = "update cell_slots set state = 'closed' where slot in (7, 9, 11)"
        try set(close, in: 0)
        try set("insert into cell_slots (slot) values (7), (9)", in: 2)
        // They have arrived in the third cell; the router does not know.
        let other = try run("cells", "move", "7", cells[1])
        #expect(other.status == .exited(64), "\(other.text)")
        #expect(other.errorText.contains("hookledger cells move 7 \(cells[2]) ends that move"), "\(other.errorText)")
        let found = try run("cells", "check").text
        #expect(found.contains("is not finished: hookledger cells move 7 9 \(cells[2])"), "\(found)")
        let ended = try run("cells", "move", "7", cells[2])
        #expect(ended.succeeded, "\(ended.errorText)")
        // The router knows of this one, and the old cell has not forgotten it.
        #expect(try run("cells", "check", "--repair").text.contains("is not finished"))
        let late = try run("cells", "move", "9", cells[2])
        #expect(late.succeeded, "\(late.errorText)")
        // This one had not begun to copy.
        let back = try run("cells", "move", "11", cells[0])
        #expect(back.succeeded && back.text.contains("The slots 11 are open in \(cells[0]) again."), "\(back)")
        let end = try run("cells", "check")
        #expect(end.succeeded, "\(end.text)")
    }

    @Test func mistakesAreNamed() throws {
        defer { try? Files.remove(folder) }
        #expect(try run("migrate", "--router").succeeded)
        #expect(try run("cells", "add", cells[0]).succeeded)
        for (arguments, reason) in [
            (["add", "elsewhere"], "there is no cell"), (["move", "0", cells[0]], "slot 0 cannot be moved"),
            (["move", "1024", cells[0]], "from 1 to 1023"), (["move", "5", "elsewhere"], "has no cell"),
            (["move", "5"], "at least one source or slot"), (["each"], "after --"),
        ] {
            let end = try ChildProcess.run(
                ChildCommand(
                    [Executable.folder() + "/hookledger", "cells"] + arguments,
                    environment: [
                        "PATH": "/usr/bin", "PGUSER": "postgres", "HOOKLEDGER_CONFIG": folder + "/hookledger.yaml",
                    ]))
            #expect(end.status == .exited(64) && end.errorText.contains(reason), "\(arguments): \(end.errorText)")
        }
        #expect(try run("status", cell: "elsewhere").errorText.contains("no cell of database.cells"))
    }

    @Test func eachRunsOnEveryCell() throws {
        defer { try? Files.remove(folder) }
        let all = try run("cells", "each", "--", "retention", "--dry-run", "--json")
        #expect(all.succeeded, "\(all.errorText)")
        #expect(all.text.split(separator: "}\n").count == 3)
        for name in cells { #expect(all.errorText.contains("== \(name)")) }
        // One that fails does not keep the command from the others.
        try Connection(conninfo: SharedCluster.get().conninfo(), applicationName: "test")
            .execute("alter database \(cells[1]) rename to \(cells[1])_away")
        let some = try run("cells", "each", "--", "retention", "--dry-run", "--json")
        #expect(some.status == .exited(70) || some.status == .exited(69), "\(some.status)")
        #expect(some.errorText.contains("\(cells[1]): the command ended with"))
        #expect(some.text.split(separator: "}\n").count == 2)
    }
}
