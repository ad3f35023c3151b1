import JSON
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// What the health pages say while the database, a right or the batch processor is missing, and what a delivery gets then.
/// docs/RELIABILITY.md has the same table.
@Suite(.place, .serialized) final class StoreFaultTests {
    private var started: [SpoolHost] = []

    deinit { for host in started { host.end() } }

    /// A host whose responder stores.
    private func start(committers: Int = 1) throws -> SpoolHost {
        let host = try SpoolHost(committers: committers)
        started.append(host)
        try host.awaitStore()
        return host
    }

    /// Waits for both pages. /ready is 200 in all of these: the spool takes deliveries.
    private func expect(_ host: SpoolHost, _ storing: JSONValue, database: String, batch: String? = nil) throws {
        var (ready, health) = (JSONValue.null, JSONValue.null)
        let isSo = try eventually {
            let page = try host.page("/ready")
            (ready, health) = (page.values, try host.page("/health").values)
            return page.status == 200 && ready["storing"] == storing && health["database"]?.string == database
                && health["storing"] == storing && (batch == nil || health["batch"]?.string == batch)
        }
        #expect(isSo, "\(ready.text) \(health.text)")
        #expect(health["status"]?.string == (storing == true ? "ok" : "degraded"))
        #expect((health["problems"]?.array?.isEmpty == true) == (database == "ok" && batch != "silent"))
    }

    /// A commit shows it, not a connection: a standby lets everybody in.
    @Test(arguments: [1, 4]) func aStandbyTakesNoWrites(committers: Int) throws {
        let host = try start(committers: committers)
        let signal = host.folder + "/pgdata/standby.signal"
        host.cluster.stop()
        try Files.write(signal, text: "")
        try Files.setMode(signal, 0o644)
        try host.cluster.start()
        #expect(eventually { (try? host.lines("select pg_is_in_recovery()")) == ["t"] })
        try expect(host, "spool", database: "read_only")
        #expect(host.post("spooled").status == 200)
        #expect(try host.hasSpooled())
        host.cluster.stop()
        try Files.remove(signal)
        try host.cluster.start()
        try expect(host, true, database: "ok")
    }

    /// Everything of Postgres is stopped while a commit is under way.
    @Test(arguments: [1, 4]) func aCommitThatHangs(committers: Int) throws {
        let host = try start(committers: committers)
        let postmaster = try #require(host.cluster.pid)
        let backends = try host.lines("select pid from pg_stat_activity").compactMap { Int32($0) } + [postmaster]
        for pid in backends { ChildProcess.Signal.stop.send(to: pid) }
        defer { for pid in backends { ChildProcess.Signal.resume.send(to: pid) } }
        #expect(host.post("hanging").status == 200)
        #expect(try host.hasSpooled())
        let isShown = try eventually {
            let page = try host.page("/ready")
            return page.status == 200 && page.values["storing"] == "spool"
        }
        #expect(isShown)
        let fault = try host.page("/health").values["database"]?.string
        #expect(fault == "hanging" || fault == "unreachable" || fault == "locked")
        for pid in backends { ChildProcess.Signal.resume.send(to: pid) }
        try expect(host, true, database: "ok")
    }

    @Test(arguments: [1, 4]) func aMissingRight(committers: Int) throws {
        let host = try start(committers: committers)
        _ = try host.lines("revoke execute on function record_2 from hookledger_ingest")
        try expect(host, "spool", database: "missing_right")
        #expect(host.post("spooled").status == 200)
        #expect(try host.hasSpooled())
        _ = try host.lines("grant execute on function record_2 to hookledger_ingest")
        try expect(host, true, database: "ok")
        #expect(host.post("stored").status == 200)
        #expect(try host.lines("select count(*) from orders where order_id = 'stored'") == ["1"])
    }

    /// The canary, too, makes the week that it would need.
    @Test func aMissingPartitionIsMade() throws {
        let host = try start()
        _ = try host.lines(
            """
            do $$
            declare
                p record;
            begin
                for p in select name from partition_bounds('events') loop execute format('drop table %I', p.name); end loop;
            end
            $$
            """)
        #expect(try eventually { try host.lines("select has_week(now())") == ["t"] })
        try expect(host, true, database: "ok")
        #expect(host.post("stored").status == 200)
    }

    /// One order that somebody has locked is not the store's fault; a table is.
    @Test(arguments: [1, 4]) func aLockedRowAndALockedTable(committers: Int) throws {
        let host = try start(committers: committers)
        #expect(host.post("locked").status == 200)
        let psql = try Connection(
            conninfo: host.cluster.conninfo(), applicationName: "psql", settings: [("search_path", "hookledger")])
        try psql.execute("begin; select from orders where order_id = 'locked' for update")
        // As its own batch: nothing else was stored meanwhile.
        #expect(host.post("locked", at: SystemClock.wallMicroseconds() / 1_000_000 + 1).status == 200)
        try expect(host, true, database: "ok")
        try psql.execute("rollback; begin; lock table events in exclusive mode")
        try expect(host, "spool", database: "locked")
        try psql.execute("rollback")
        try expect(host, true, database: "ok")
    }

    @Test func aBatchProcessorThatDoesNotRun() throws {
        let host = try start()
        try expect(host, true, database: "ok", batch: "unknown")
        _ = try host.lines("insert into heartbeats values (true, now() - interval '5 hours')")
        try expect(host, true, database: "ok", batch: "silent")
        let problems = try host.page("/health").values["problems"]?.array?.compactMap(\.string)
        #expect(problems?.first?.contains("has not reported for 300 minutes") == true)
        #expect(try host.startBatch().wait() != nil)
        try expect(host, true, database: "ok", batch: "ok")
        #expect(try Files.readText(host.folder + "/log").contains("Batch processor does not report"))
    }

    /// With neither, a host takes nothing, and only then a load balancer should leave it.
    @Test(arguments: [1, 4]) func neitherTheDatabaseNorTheSpool(committers: Int) throws {
        let host = try start(committers: committers)
        // The responder may make the folder again in between.
        let isInTheWay = eventually {
            try? Files.remove(host.spool)
            return (try? Files.write(host.spool, text: "in the way")) != nil
        }
        #expect(isInTheWay)
        host.cluster.stop()
        #expect(
            try eventually {
                let page = try host.page("/ready")
                return page.status == 503 && page.values["storing"] == false
            })
        #expect(host.post("lost").status == 503)
        #expect(try host.page("/health").values["status"]?.string == "unavailable")
        #expect(try host.page("/live").status == 200)
    }

    /// The canary is one row, and no other place shows it.
    @Test func theCanaryIsOneRowThatNoListShows() throws {
        let host = try start()
        let reported = "select clock from heartbeats where not is_batch"
        let first = try host.lines(reported)
        #expect(try eventually { try host.lines(reported) != first })
        #expect(try host.lines("select count(*) from heartbeats where not is_batch") == ["1"])
        for table in ["events", "receipts", "orders", "jobs", "occurrences", "repetitions", "refusals", "source_shops"]
        {
            #expect(try host.lines("select count(*) from \(table)") == ["0"], "\(table)")
        }
        #expect(try host.lines("select count(*) from metrics where labels::text like '%canary%'") == ["0"])
    }
}
