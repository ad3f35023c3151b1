import JSON
import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres
import StackSuite
import TestThreads
import Testing
import Webhooks

/// What commands do where the configuration names cells (docs/scaling.md).
@Suite(.blocking, .serialized, .enabled(if: PLProxy.isThere, PLProxy.why)) struct CellScopeTests {
    let stand: CellStand

    init() throws { stand = try CellStand.shared.get() }

    func run(_ arguments: String...) throws -> ChildOutput { try stand.run(arguments) }

    /// In which cells the query has a row.
    func cells(where sql: String) throws -> [Bool] {
        try stand.cells.map { try stand.value("select exists (\(sql))", in: $0) == "true" }
    }

    @Test func aPauseReachesEveryCell() throws {
        let paused = try run("pause", "shop", "--reason", "stock-taking")
        #expect(paused.succeeded, "\(paused.errorText)")
        for cell in stand.cells { #expect(paused.errorText.contains("== \(cell)")) }
        #expect(try cells(where: "select from pauses where name = 'shop'") == [true, true])
        let list = try run("pause", "--json").text.split(separator: "\n")
        #expect(list.count == 1 && list[0].contains("stock-taking"), "\(list)")
        #expect(
            try stand.value("select count(*) from operator_actions where action = 'pause'", in: stand.router) == "2")
        // Where it is in some cells only, its end is no failure.
        #expect(try stand.run(["resume", "shop"], cell: stand.cells[0]).succeeded)
        #expect(try run("resume", "shop").succeeded)
        #expect(try cells(where: "select from pauses") == [false, false])
        #expect(try run("resume", "shop").status == .exited(1))
    }

    @Test func whatIsOfEachCellRunsInEach() throws {
        for (arguments, marks) in [
            (["retention", "--dry-run", "--json"], 2), (["orders", "rebuild", "--check", "--json"], 2),
            (["replay", "--since", "2020-01-01", "--dry-run"], 0), (["status", "--json"], 2),
            (["person", "retention", "--dry-run"], 0), (["credentials", "list"], 0),
        ] {
            let end = try stand.run(arguments)
            #expect(end.succeeded, "\(arguments): \(end.errorText)")
            for cell in stand.cells { #expect(end.errorText.contains("== \(cell)"), "\(arguments): \(end.errorText)") }
            #expect(end.text.split(separator: "\n").count { $0.hasPrefix("{") } >= marks, "\(arguments): \(end.text)")
        }
    }

    @Test func whatIsOfASourceRunsInItsCell() throws {
        for (arguments, cell) in [
            (["orders", "rebuild", "--source", "other", "--check"], 1), (["orders", "accept", "shop"], 0),
            (["replay", "--source", "other", "--dry-run"], 1),
            (["reconcile", "other"], 1),
        ] {
            let end = try stand.run(arguments)
            #expect(end.errorText.contains("== \(stand.cells[cell])"), "\(arguments): \(end.errorText)")
            #expect(!end.errorText.contains("== \(stand.cells[1 - cell])"), "\(arguments): \(end.errorText)")
        }
    }

    @Test func anEventIsReplayedInItsCell() throws {
        let id = try #require(try stand.value("select max(id) from events", in: stand.cells[1]))
        let other = try #require(try stand.value("select max(id) from events", in: stand.cells[0]))
        let end = try run("events", "replay", id, "--reason", "a test")
        #expect(end.succeeded && end.errorText.contains("== \(stand.cells[1])"), "\(end.errorText)")
        #expect(try cells(where: "select from replays where event_id = \(id)") == [false, true])
        let both = try run("events", "replay", id, other)
        #expect(both.status == .exited(64) && both.errorText.contains("several cells"), "\(both.errorText)")
    }

    @Test func aPersonIsForgottenWhereverTheyAre() throws {
        var more = JSONObject()
        more["buyer_email"] = "jo@example.com"
        let body = Guide.body("order_created", order: "person-1", status: "UNPAID", at: 1_764_000_000, more: more)
        try stand.record(Guide.recordable(body, source: "other"))
        #expect(try cells(where: "select from orders where email = 'jo@example.com'") == [false, true])
        let export = try run("person", "export", "--email", "jo@example.com", "--json")
        #expect(export.succeeded && export.text.contains("jo@example.com"), "\(export.errorText)")
        let forgotten = try run("person", "forget", "--email", "jo@example.com", "--reason", "asked", "--yes")
        #expect(forgotten.succeeded, "\(forgotten.errorText)")
        #expect(try cells(where: "select from orders where email = 'jo@example.com'") == [false, false])
        #expect(
            try run("person", "forget", "--email", "jo@example.com", "--reason", "asked", "--yes").status == .exited(1))
    }

    @Test func filesAreOfOneCellEach() throws {
        for arguments in [
            ["events", "export", "--since", "2020-01-01", "--out", stand.folder + "/one"],
            ["backup", stand.folder + "/one"],
            ["person", "export", "--email", "a@example.com", "--out", stand.folder + "/one"],
        ] {
            let end = try stand.run(arguments)
            #expect(end.status == .exited(64) && end.errorText.contains("{cell}"), "\(arguments): \(end.errorText)")
        }
        let end = try run("events", "export", "--since", "2020-01-01", "--out", stand.folder + "/export-{cell}")
        #expect(end.succeeded, "\(end.errorText)")
        for cell in stand.cells { #expect(Files.exists(stand.folder + "/export-" + cell)) }
    }

    @Test func whatCannotWorkSaysWhatToDo() throws {
        for (arguments, reason) in [
            (["listen", "3000"], "HOOKLEDGER_CELL=NAME"), (["audit"], "not made for cells"),
            (["comments", "allow", "1"], "--source"),
        ] {
            let end = try stand.run(arguments)
            #expect(end.status == .exited(64) && end.errorText.contains(reason), "\(arguments): \(end.errorText)")
        }
    }

    @Test func listsWorkAtTheRouter() throws {
        for arguments in [
            ["events", "list"], ["events", "list", "--source", "other"], ["orders", "list"],
            ["orders", "show", "other-1"],
            ["shops", "list"], ["comments", "list"], ["jobs"], ["dead", "list"], ["refusals", "list"], ["sources"],
            ["token", "list"], ["report"],
        ] {
            let end = try stand.run(arguments)
            #expect(end.succeeded, "\(arguments): \(end.errorText)\(end.text)")
            #expect(!end.errorText.contains("== "), "\(arguments): \(end.errorText)")
        }
        #expect(try run("orders", "list").text.contains("shop-1") && run("orders", "list").text.contains("other-2"))
    }

    @Test func theDoctorChecksRouterAndCells() throws {
        let end = try run("doctor", "--json")
        func found(_ check: String, _ grade: String) -> Int {
            end.text.split(separator: "\n").count {
                $0.contains("\"check\":\"\(check)\"") && $0.contains("\"grade\":\"\(grade)\"")
            }
        }
        #expect(
            found("router", "ok") == 1 && found("slots", "ok") == 1 && found("missing cells", "ok") == 1, "\(end.text)")
        #expect(found("migrations", "ok") == 2 && found("rights", "ok") == 2, "\(end.text)")
    }

    @Test func theWatchLooksAtEachCell() throws {
        let end = try run("watch", "--json", "--state", stand.folder + "/watched")
        for cell in stand.cells {
            let line = "The batch processor of \(cell) has never reported"
            #expect(end.text.contains(line), "\(end.text)\(end.errorText)")
        }
    }

    @Test func importsGoThroughTheRouter() throws {
        let folder = stand.folder + "/carried-{cell}"
        #expect(try run("events", "export", "--since", "2020-01-01", "--out", folder).succeeded)
        let carried = folder.replacing("{cell}", with: stand.cells[1])
        let end = try run("events", "import", carried)
        #expect(end.succeeded && end.text.contains("duplicate"), "\(end.text)\(end.errorText)")
    }
}
