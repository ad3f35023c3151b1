import LocalStack
import Patience
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// A cell that hangs answers nothing, and its connections stay open: neither an error nor a cancel request gets through to it.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct HangingCellTests {
    private let server: PostgresCluster
    private let cells: CellFixture
    /// The session with which a responder brings its counters.
    private let counters: Connection

    init() throws {
        var options = PostgresCluster.Options()
        (options.durable, options.removedWithThisProcess, options.openToAllUsers) = (false, true, true)
        server = try PostgresCluster(folder: Files.makeTemporaryFolder(mode: 0o711), options: options)
        try server.start()
        cells = try CellFixture(3, on: server, deadline: .seconds(2))
        try CellMap.arrangeViews(on: cells.superuser)
        counters = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
    }

    private var lost: String { cells.names[2] }

    private func flushCounters() throws { _ = try counters.query("select add_metrics('ingest', '{}', '{}', '{}')") }

    private func isAway() throws -> Bool {
        try cells.superuser.query("select exists (select from cells where away_since is not null)").only().bool(0)
    }

    private func deliveries(_ round: Int) throws -> [Recordable] {
        try CellDoorTests.sources.map {
            try Saying(id: "\(round)", status: "paid", at: Int64(round)).recordable(source: $0, action: "ops")
        }
    }

    /// Those of our sessions at the router that are at work, but for this one.
    private func sessionsAtWork() throws -> Int {
        try cells.superuser.query(
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
            """
        ).only().int(0)
    }

    private func others() throws -> Set<String> {
        try Set(CellDoorTests.sources.filter { try cells.cell(of: $0) != lost })
    }

    @Test(.timeLimit(.minutes(3))) func itCostsItsOwnSourcesOnly() throws {
        defer { server.signal(everyProcess: .resume) }
        let others = try others()
        for result in cells.writer.recordOnce(try deliveries(1)) { _ = try result.get() }
        try flushCounters()
        server.signal(everyProcess: .stop)
        // It is unknown yet: the batch ends in its time, and so does its session, which waits for the cell.
        let first = cells.writer.recordOnce(try deliveries(2))
        for result in first {
            if case .failure(.unavailable) = result { continue }
            Issue.record("\(result)")
        }
        #expect(eventually { (try? sessionsAtWork()) == 0 })
        // The counters' next turn finds out.
        SystemClock.sleep(milliseconds: 1000)
        try flushCounters()
        #expect(try isAway())
        for round in 2...4 {
            for (result, source) in zip(cells.writer.recordOnce(try deliveries(round)), CellDoorTests.sources) {
                switch result {
                case .success: #expect(others.contains(source))
                case .failure(.away): #expect(!others.contains(source))
                case .failure(let failure): Issue.record("\(source): \(failure)")
                }
            }
        }
        // The next turns ask over a new session, and stay as short.
        SystemClock.sleep(milliseconds: 1000)
        try flushCounters()
        #expect(try isAway())
        server.signal(everyProcess: .resume)
        #expect(
            eventually {
                try? flushCounters()
                return (try? isAway()) == false
            })
        for round in 1...4 {
            for (result, source) in zip(cells.writer.record(try deliveries(round)), CellDoorTests.sources) {
                let receipt = try result.get()
                #expect(receipt.isDuplicate || !others.contains(source))
            }
        }
        // What hung in the middle has been stored once.
        #expect(try cells.total("select count(*) from events") == 4 * CellDoorTests.sources.count)
        #expect(try cells.total("select count(*) from jobs") == 4 * CellDoorTests.sources.count)
    }

    /// A batch that waits has the cells asked, and is sent again without the one that hangs: the others store in its time.
    @Test(.timeLimit(.minutes(3))) func aBatchThatWaitsFindsOut() throws {
        defer { server.signal(everyProcess: .resume) }
        let watch = try CellWatch(conninfo: LedgerFixture.ingestConninfo(cells.router))
        // The time of a busy machine; what must not be needed is the end of it.
        let patience = Duration.seconds(20)
        let writer = try LedgerWriter(
            conninfo: LedgerFixture.ingestConninfo(cells.router), deadline: patience, cells: watch)
        try watch.start()
        defer { watch.finish() }
        for result in writer.recordOnce(try deliveries(1)) { _ = try result.get() }
        // The thread that asks has its sessions.
        #expect(
            eventually {
                (try? cells.superuser.query("select bool_and(asked_at is not null) from cells").only().bool(0)) == true
            })
        let others = try others()
        for round in 2...3 {
            server.signal(everyProcess: .stop)
            let begin = ContinuousClock.now
            for (result, source) in zip(writer.recordOnce(try deliveries(round)), CellDoorTests.sources) {
                switch result {
                case .success: #expect(others.contains(source))
                case .failure(.away): #expect(!others.contains(source))
                case .failure(let failure): Issue.record("\(source): \(failure)")
                }
            }
            #expect(ContinuousClock.now - begin < patience)
            #expect(try isAway())
            // The responder's own commit does without it, too.
            _ = try writer.commitCanary(now: SystemClock.now)
            server.signal(everyProcess: .resume)
            #expect(
                eventually {
                    try? flushCounters()
                    return (try? isAway()) == false
                })
        }
        // Nothing was stored twice, whatever the first try had committed.
        for round in 2...3 {
            for (result, source) in zip(writer.record(try deliveries(round)), CellDoorTests.sources) {
                let receipt = try result.get()
                #expect(receipt.isDuplicate || !others.contains(source))
            }
        }
        #expect(try cells.total("select count(*) from events") == 3 * CellDoorTests.sources.count)
    }

    /// Reading works; a commit waits without limit, as with a disk that hangs.
    @Test(.timeLimit(.minutes(3))) func aCellThatCommitsNothingIsAway() throws {
        let cell = try #require(cells.cells[lost])
        func setStandby(_ name: String) throws {
            try cell.execute("alter system set synchronous_standby_names = '\(name)'")
            _ = try cell.query("select pg_reload_conf()")
        }
        for result in cells.writer.recordOnce(try deliveries(1)) { _ = try result.get() }
        try flushCounters()
        #expect(try !isAway())
        try setStandby("nobody")
        _ = cells.writer.recordOnce(try deliveries(2))
        SystemClock.sleep(milliseconds: 1000)
        try flushCounters()
        #expect(try isAway())
        let others = try others()
        for (result, source) in zip(cells.writer.recordOnce(try deliveries(2)), CellDoorTests.sources) {
            #expect((try? result.get()) != nil || !others.contains(source), "\(source)")
        }
        try setStandby("")
        #expect(
            eventually {
                try? flushCounters()
                return (try? isAway()) == false
            })
        for result in cells.writer.record(try deliveries(2)) { _ = try result.get() }
        #expect(try cells.total("select count(*) from events") == 2 * CellDoorTests.sources.count)
    }

    @Test(.timeLimit(.minutes(3))) func listsNameIt() throws {
        defer { server.signal(everyProcess: .resume) }
        for result in cells.writer.recordOnce(try deliveries(1)) { _ = try result.get() }
        let reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        let count = "select count(*) from order_list"
        #expect(try reader.query(count).only().int(0) == CellDoorTests.sources.count)
        server.signal(everyProcess: .stop)
        for _ in 0..<2 {
            #expect(try reader.query(count, deadline: .seconds(10)).only().int(0) == others().count)
            #expect(try reader.query("select cell from missing_cells").only().text(0) == lost)
            // The same in a session that has never reached it.
            try reader.reset()
        }
        // Several of them take no longer than the API's patience.
        let ghosts = ["ghost_1", "ghost_2", "ghost_3", "ghost_4"]
        for (slot, name) in ghosts.enumerated() {
            try CellMap.add(name, conninfo: server.conninfo(database: name), on: cells.superuser)
            try CellMap.note([slot + 1], in: name, on: cells.superuser)
        }
        #expect(try reader.query("select from missing_cells", deadline: .seconds(7)).count == 1 + ghosts.count)
        try cells.superuser.execute("update slots set cell = '\(cells.names[0])' where cell like 'ghost%'")
        server.signal(everyProcess: .resume)
        #expect(eventually { (try? reader.query("select from missing_cells").isEmpty) == true })
        #expect(try reader.query(count).only().int(0) == CellDoorTests.sources.count)
    }
}
