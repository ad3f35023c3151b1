import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// Whether Postgres has PL/Proxy here (Debian: postgresql-15-plproxy).
private let hasPLProxy: Bool = {
    let found = try? APIFixture.connect("postgres", "postgres").query(
        "select exists (select from pg_available_extensions where name = 'plproxy')"
    ).only().bool(0)
    return found ?? false
}()

/// The API on a router of two cells.
@Suite(.blocking, .enabled(if: hasPLProxy, "PL/Proxy is not installed (postgresql-15-plproxy)")) struct RouterTests {
    private let fixture: APIFixture
    private let cells: [String]
    private let events: [Int64]
    private let token: String

    init() throws {
        let router = try SharedCluster.freshDatabase()
        let superuser = try APIFixture.connect(router, "postgres")
        let folder = try Executable.share(of: Executable.current()) + "/sql"
        _ = try Migrator.apply(SchemaFiles(folder: folder, kind: .router), over: superuser)
        var cells: [String] = []
        // Each of the two sources in a cell of its own.
        let split = Slot(of: "other").number
        try #require(split != Slot(of: "shop").number)
        for slots in [(0..<Slot.count).filter { $0 != split }, [split]] {
            let name = try SharedCluster.migratedDatabase()
            let cell = try APIFixture.connect(name, "postgres")
            try CellState.begin(name, isFirst: false, on: cell)
            try cell.execute(
                "insert into cell_slots (slot) values \(slots.map { "(\($0))" }.joined(separator: ", "))")
            try CellMap.add(
                name, conninfo: SharedCluster.get().conninfo(user: "hookledger_ingest", database: name), on: superuser)
            try CellMap.note(slots, in: name, on: superuser)
            cells.append(name)
        }
        try CellMap.arrangeViews(on: superuser)
        self.cells = cells
        fixture = try APIFixture(of: router, cells: cells)
        events = try fixture.store([
            fixture.order("1", "AWAITING_SHIPMENT"), fixture.order("2", "AWAITING_SHIPMENT", source: "other"),
            fixture.order("3"),
        ])
        token = try fixture.token(.admin)
    }

    private func answer(_ target: String, _ method: String = "GET", body: String = "") -> Answer {
        fixture.answer(fixture.request(method, target, token: token, body: body))
    }

    private func set(_ cell: String, away: Bool) throws {
        let superuser = try APIFixture.connect("postgres", "postgres")
        try superuser.execute("alter database \(cell) allow_connections \(!away)")
        guard away else { return }
        try superuser.execute("select pg_terminate_backend(pid, 20000) from pg_stat_activity where datname = '\(cell)'")
    }

    @Test func listsHaveTheRowsOfAllCells() throws {
        for target in [
            "/api/v2/events", "/api/v2/events?source=shop", "/api/v2/events?state=pending", "/api/v2/events?q=UNPAID",
            "/api/v2/orders", "/api/v2/orders?processed=false", "/api/v2/orders?processed=true", "/api/v2/jobs",
        ] {
            let outcome = fixture.api.answer(
                fixture.request("GET", target, token: token), over: fixture.connection)
            #expect(outcome.answer.status == 200, "\(target): \(outcome.fault ?? outcome.answer.text)")
            #expect(try outcome.answer.json()["data"]?.array?.isEmpty == false, "\(target)")
            #expect(outcome.answer.header("hookledger-missing-cells") == nil, "\(target)")
        }
        let events = try fixture.get("/api/v2/events", token: token)
        #expect(events["data"]?.array?.count == 3)
        #expect(events["live"]?.isNull == true)
        #expect(try fixture.get("/api/v2/orders", token: token)["data"]?.array?.count == 3)
        #expect(try fixture.get("/api/v2/jobs", token: token)["data"]?.array?.count == 2)
    }

    @Test func anIDFindsItsCell() throws {
        for id in events {
            let event = try fixture.get("/api/v2/events/\(id)", token: token)
            #expect(event["id"]?.integer == id)
        }
        let orders = try fixture.get("/api/v2/orders", token: token)["data"]?.array ?? []
        for order in orders {
            let id = try #require(order["id"]?.integer)
            #expect(try fixture.get("/api/v2/orders/\(id)", token: token)["id"]?.integer == id)
        }
        #expect(answer("/api/v2/events/\(Int64(1) << 40)").status == 404)
    }

    @Test func aSnapshotOfOneDatabaseIsNoCursorHere() throws {
        for cursor in ["1.1-3:3:", "3:3:"] {
            #expect(answer("/api/v2/events?after=\(cursor)").status == 409)
        }
    }

    /// Every route that reads, also while a cell is away: with the rows of the others, and the name of the one that is missing.
    @Test(arguments: [false, true]) func everyRouteThatReadsIsAnswered(isAway: Bool) throws {
        let orders = try fixture.get("/api/v2/orders", token: token)["data"]?.array ?? []
        let jobs = try fixture.get("/api/v2/jobs", token: token)["data"]?.array ?? []
        if isAway { try set(cells[1], away: true) }
        defer { try? set(cells[1], away: false) }
        let lost = Int64(Slot(of: "other").number)
        let known: [String: [Int64]] = [
            "/api/v2/events/": events, "/api/v2/orders/": orders.compactMap { $0["id"]?.integer },
            "/api/v2/jobs/": jobs.compactMap { $0["job_id"]?.integer },
        ]
        var seen: [Int: Int] = [:]
        for route in RouteTable.routes where route.method == "GET" && route.scope != nil {
            let own = known.first { route.template.hasPrefix($0.key) }?.value
            for id in own ?? [(1 << 10) + lost, 1 << 40] {
                let target = route.template.replacing("{id}", with: "\(id)").replacing("{shop}", with: "S1")
                let outcome = fixture.api.answer(fixture.request("GET", target, token: token), over: fixture.connection)
                let answer = outcome.answer
                let allowed =
                    own != nil
                    ? (isAway && id & 1023 == lost ? [503] : [200])
                    : !route.template.contains("{") ? [200] : isAway ? [200, 404, 503] : [200, 404]
                #expect(
                    allowed.contains(answer.status), "\(target): \(answer.status) \(outcome.fault ?? answer.text)")
                if answer.status == 503 { #expect(try answer.json()["error"] == "cell_missing", "\(target)") }
                #expect(isAway || answer.header("hookledger-missing-cells") == nil, "\(target)")
                seen[answer.status, default: 0] += 1
                if !route.template.contains("{") { break }
            }
        }
        #expect(seen[200, default: 0] > 20 && (seen[503] != nil) == isAway, "\(seen)")
    }

    /// What works on one database only says where.
    @Test func whatIsOfOneCellIsRefusedWithAWayOut() throws {
        for (target, body) in [
            ("/api/v2/events/\(events[1])/replay", "{\"reason\":\"for a test\"}"),
            ("/api/v2/replay", "{\"source\":\"other\",\"reason\":\"for a test\"}"),
            ("/api/v2/comments/1/allow", "{}"), ("/api/v2/comments/1/delete", "{}"),
            ("/api/v2/persons/export", "{\"emails\":[\"jo@example.com\"]}"),
            ("/api/v2/persons/forget", "{\"emails\":[\"jo@example.com\"],\"reason\":\"asked\"}"),
        ] {
            let refused = answer(target, "POST", body: body)
            #expect(refused.status == 409, "\(target): \(refused.text)")
            #expect(try refused.json()["error"] == "in_one_cell")
            #expect(refused.text.contains("HOOKLEDGER_CELL"))
        }
    }

    @Test func deadLettersAreRetriedInTheirCells() throws {
        for cell in cells {
            try APIFixture.connect(cell, "postgres").execute(
                "update jobs set state = 2, attempt = 4, last_error = 'answered 404', first_failed_at = now()")
        }
        let dead = try fixture.get("/api/v2/dead-letters", token: token)["data"]?.array ?? []
        #expect(dead.count == 2)
        let one = try #require(dead.first?["job_id"]?.integer)
        #expect(answer("/api/v2/dead-letters/\(one)/retry", "POST", body: "{\"reason\":\"for a test\"}").status == 200)
        #expect(try fixture.get("/api/v2/dead-letters", token: token)["data"]?.array?.count == 1)
        let all = answer("/api/v2/dead-letters/discard", "POST", body: "{\"all\":true,\"reason\":\"for a test\"}")
        #expect(all.status == 200)
        #expect(try all.json()["moved"]?.array?.count == 1, "\(all.text)")
        #expect(try fixture.get("/api/v2/dead-letters", token: token)["data"]?.array?.isEmpty == true)
        #expect(
            try fixture.connection.query("select count(*) from operator_actions where action like 'dead.%'").only()
                .int(0) == 2)
    }

    @Test func anAnswerNamesTheCellsThatAreMissing() throws {
        try set(cells[1], away: true)
        let list = answer("/api/v2/events")
        #expect(list.status == 200)
        #expect(list.header("hookledger-missing-cells") == cells[1])
        #expect(try list.json()["data"]?.array?.count == 2)
        let one = answer("/api/v2/events/\(events[1])")
        #expect(one.status == 503)
        #expect(try one.json()["error"] == "cell_missing")
        #expect(answer("/api/v2/events/\(events[0])").status == 200)
        try set(cells[1], away: false)
    }
}
