import Glibc
import LocalStack
import Loopback
import Patience
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// A cell with several hosts, of which the first one has vanished: new sessions begin at the one that stores.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct CellHostTests {
    private func deliveries(_ round: Int) throws -> [Recordable] {
        try CellDoorTests.sources.map {
            try Saying(id: "\(round)", status: "paid", at: Int64(round)).recordable(source: $0, action: "ops")
        }
    }

    @Test(.timeLimit(.minutes(3))) func theHostThatStoresIsTriedFirst() throws {
        let cells = try CellFixture(2)
        try CellMap.arrangeViews(on: cells.superuser)
        // Takes connections, and never says anything.
        let deaf = try LoopbackSocket()
        defer { close(deaf.descriptor) }
        let name = cells.names[1]
        let home = try ConninfoParts(SharedCluster.get().conninfo(user: "hookledger_ingest", database: name))
        let sockets = try #require(home.socketFolder)
        // After a failover: PL/Proxy would wait for the first host as long as it is silent.
        try CellMap.add(
            name,
            conninfo: "host=127.0.0.1,\(sockets) port=\(deaf.port),\(home.port) user=hookledger_ingest dbname=\(name)",
            on: cells.superuser)
        try CellMap.arrangeViews(on: cells.superuser)
        let counters = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
        _ = try counters.query("select add_metrics('ingest', '{}', '{}', '{}')")
        #expect(try cells.superuser.query("select host from cells where name = '\(name)'").only().int(0) == 2)
        let writer = try LedgerWriter(conninfo: LedgerFixture.ingestConninfo(cells.router), deadline: .seconds(20))
        for result in writer.recordOnce(try deliveries(1)) { _ = try result.get() }
        #expect(try cells.total("select count(*) from events") == CellDoorTests.sources.count)
        // Lists, too.
        let reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        #expect(try reader.query("select count(*) from order_list").only().int(0) == CellDoorTests.sources.count)
        #expect(
            try cells.superuser.query(
                "select srvoptions @> array['host=\(sockets),127.0.0.1', 'port=\(home.port),\(deaf.port)'] from pg_foreign_server"
                    + " where srvname = 'cell_\(name)'"
            ).only().bool(0))
        // With another connection the first host is the first again.
        try CellMap.add(name, conninfo: "host=\(sockets) port=\(home.port) dbname=\(name)", on: cells.superuser)
        #expect(try cells.superuser.query("select host from cells where name = '\(name)'").only().int(0) == 1)
    }

    /// However many of its hosts have vanished, the turn of the counters ends in its time, and the one that stores is found.
    @Test(.timeLimit(.minutes(3))) func aCellOfWhichMostHostsHaveVanished() throws {
        let cells = try CellFixture(2)
        let deaf = try (0..<4).map { _ in try LoopbackSocket() }
        defer { for socket in deaf { close(socket.descriptor) } }
        let name = cells.names[1]
        let home = try ConninfoParts(SharedCluster.get().conninfo(user: "hookledger_ingest", database: name))
        let sockets = try #require(home.socketFolder)
        func add(_ hosts: [(name: String, port: String)]) throws {
            try CellMap.add(
                name,
                conninfo: "host=\(hosts.map(\.name).joined(separator: ",")) "
                    + "port=\(hosts.map(\.port).joined(separator: ",")) user=hookledger_ingest dbname=\(name)",
                on: cells.superuser)
        }
        func isAway() throws -> Bool {
            try cells.superuser.query("select away_since is not null from cells where name = '\(name)'").only().bool(0)
        }
        let counters = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
        func flushCounters() throws {
            _ = try counters.query("select add_metrics('ingest', '{}', '{}', '{}')", deadline: MetricsFlush.deadline)
            try cells.superuser.execute("update cells set asked_at = null")
        }
        let vanished = deaf.map { (name: "127.0.0.1", port: "\($0.port)") }
        try add(vanished)
        for _ in 0..<2 {
            try flushCounters()
            #expect(try isAway())
        }
        try add(vanished.prefix(2) + [(sockets, home.port)])
        // A turn has time for two of them.
        #expect(
            eventually {
                try? flushCounters()
                return (try? isAway()) == false
            })
        #expect(try cells.superuser.query("select host from cells where name = '\(name)'").only().int(0) == 3)
    }

    @Test func hostsAddressesAndPortsStayTogether() throws {
        let router = try CellFixture(1).superuser
        func ordered(_ conninfo: String, _ host: Int) throws -> String {
            try router.query("select from_host($1::text, $2::int)", [.text(conninfo), .integer(Int32(host))]).only()
                .text(0)
        }
        #expect(
            try ordered("host=a,b,c hostaddr=1,2,3 port=10,20,30 dbname=x target_session_attrs=any", 2)
                == "host='b,a,c' hostaddr='2,1,3' port='20,10,30' dbname='x' target_session_attrs='any'")
        // One port is that of all hosts, an empty one is the default.
        #expect(
            try ordered(#"host='a,b' port=5433 password='it''s \'a\' \\ word, or two'"#.replacing("''s", with: "s"), 2)
                == #"host='b,a' port='5433' password='its \'a\' \\ word, or two' target_session_attrs=read-write"#)
        #expect(try ordered("hostaddr=1,2 port=,7", 2) == "hostaddr='2,1' port='7,' target_session_attrs=read-write")
        // One host stays as it is; a host that is not there changes no order.
        #expect(try ordered("host=a  port=1", 1) == "host=a  port=1")
        #expect(try ordered("host=a,b", 3) == "host='a,b' target_session_attrs=read-write")
        #expect(try router.query("select hosts_from('host=a,b,c', 3)::text").only().text(0) == "{3,1,2}")
    }

    /// Each new session of the router asks for the connections of 1,024 slots.
    @Test func connectionsAreMadeOnceForEachCell() throws {
        let cells = try CellFixture(3)
        let router = cells.superuser
        try router.execute("set track_functions = 'all'; begin")
        _ = try router.query("select count(*) from plproxy.get_cluster_partitions('cells')")
        let calls = try router.query("select pg_stat_get_xact_function_calls('with_hosts'::regproc)").only().int(0)
        try router.execute("rollback")
        #expect(calls == cells.names.count)
    }

    /// A batch notes that a cell is away, and commits later. What was sent in between cannot know of it.
    @Test func aBatchThatWasSentBeforeOthersCouldKnowIsNotified() throws {
        let cells = try CellFixture(2)
        let counters = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
        func isLost(sent: ContinuousClock.Instant) throws -> Bool {
            let waiting = (ContinuousClock.now - sent) / .milliseconds(1)
            return try counters.query("select lost_cell($1::bigint)", [.bigint(Int64(waiting))]).only().bool(0)
        }
        let noting = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "postgres"))
        try noting.execute("begin")
        _ = try noting.query("select note_away('\(cells.names[1])')")
        SystemClock.sleep(milliseconds: 50)
        let sent = ContinuousClock.now
        SystemClock.sleep(milliseconds: 50)
        #expect(try !isLost(sent: sent))
        try noting.execute("commit")
        #expect(try isLost(sent: sent))
        // Of what was sent later nothing goes there.
        SystemClock.sleep(milliseconds: 50)
        #expect(try !isLost(sent: ContinuousClock.now))
        #expect(try isLost(sent: sent))
    }
}
