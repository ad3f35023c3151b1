import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

/// Postgres' data folder and the spool are on a disk that forgets what was not synced, and the power is cut again and again:
/// what was acknowledged is there afterwards. `make powercut` runs it.
@Suite(
    .blocking, .serialized,
    .enabled(if: Environment.value(of: "POWERCUTS") != nil, "make powercut runs it"),
    .enabled(if: ForgetfulDisk.obstacle == nil, "\(ForgetfulDisk.obstacle ?? "")"))
final class PowerCutTests {
    private let fixture: SpoolFixture
    private let folder: String
    private let cluster: PostgresCluster
    private let disk: ForgetfulDisk

    init() throws {
        fixture = try SpoolFixture()
        folder = try Files.makeTemporaryFolder(mode: 0o711)
        // Made on an ordinary disk, and whole before the first cut.
        let first = try PostgresCluster(folder: folder)
        try first.start()
        _ = try Migrator.apply(
            SchemaFiles(folder: Executable.share(of: #filePath) + "/sql"),
            over: Connection(conninfo: first.conninfo(), applicationName: "hookledger-tests"))
        first.stop()
        let seed = folder + "/seed"
        try Files.makeFolder(seed)
        try Files.rename(first.layout.data, to: seed + "/pgdata")
        disk = try ForgetfulDisk(in: folder, seed: seed)
        try Files.link(first.layout.data, to: disk.mountPoint + "/pgdata")
        cluster = first
    }

    deinit {
        cluster.crash()
        try? disk.cut()
        try? disk.unmount()
        try? Files.remove(folder)
        try? Files.remove(fixture.folder)
    }

    private var spool: String { disk.mountPoint + "/spool" }

    /// Recovery reads and syncs all files, which takes more than a minute on a machine that does much else.
    private func restart(_ cluster: PostgresCluster) throws {
        for attempt in 1... {
            do throws(ClusterError) {
                try cluster.start()
                return
            } catch {
                guard attempt < 5, error.description.contains("the database system is starting up") else { throw error }
            }
        }
    }

    /// Load, a cut, and all that starts again.
    /// - Returns: how many deliveries were acknowledged, and those of them that are gone.
    private func cut(_ number: Int, _ cluster: PostgresCluster, after milliseconds: Int) throws -> (Int, lost: [String])
    {
        try cluster.start()
        let load = PowerCutLoad(number)
        try load.run(
            milliseconds: milliseconds, conninfo: cluster.conninfo(user: "hookledger_ingest"), spool: spool,
            cut: { try disk.cut() })
        cluster.crash()
        try disk.unmount()
        try disk.mount()
        try restart(cluster)
        let report = try fixture.takeIn(spool, cluster.conninfo(user: "hookledger_batch"))
        #expect(report.stopped == nil && report.setAside == [])
        let connection = try Connection(
            conninfo: cluster.conninfo(), applicationName: "hookledger-tests", settings: [("search_path", "hookledger")]
        )
        let lost = try connection.query(
            """
            select a.id from unnest($1::text[]) as a (id) where not exists (
                select from orders as o join events as e on e.order_row = o.id join receipts as r on r.event_id = e.id
                where o.order_id = a.id)
            """, [.texts(load.acknowledged)]
        ).map { try $0.text(0) }
        let twice = try connection.query("select count(*) - count(distinct order_row) from events").only().int(0)
        #expect(twice == 0, "an event is stored twice")
        return (load.acknowledged.count, lost)
    }

    @Test func whatWasAcknowledgedIsThereAfterEachCut() throws {
        let cuts = max(1, Int(Environment.value(of: "POWERCUTS") ?? "") ?? 0)
        var random = SplitMix64(seed: 17)
        var acknowledged = 0
        for number in 1...cuts {
            let (count, lost) = try cut(number, cluster, after: Int.random(in: 60...400, using: &random))
            #expect(lost == [], "lost by cut \(number)")
            acknowledged += count
            if number.isMultiple(of: 50) { print("power cuts: \(number), acknowledged \(acknowledged)") }
        }
        #expect(acknowledged > cuts)
        print("power cuts: \(cuts), acknowledged \(acknowledged), lost 0")
    }

    /// The disk does forget: with a Postgres that does not sync, something is lost or the cluster does not start.
    @Test func aPostgresThatDoesNotSyncIsCaught() throws {
        var options = PostgresCluster.Options()
        options.durable = false
        let careless = try PostgresCluster(folder: folder, options: options)
        defer { careless.crash() }
        for number in 1...5 {
            do {
                let (_, lost) = try cut(number, careless, after: 300)
                if !lost.isEmpty {
                    return print("power cuts: fsync=off lost \(lost.count) deliveries in cut \(number)")
                }
            } catch is ClusterError {
                return print("power cuts: fsync=off left a cluster that does not start after cut \(number)")
            } catch is PostgresError {
                return print("power cuts: fsync=off left a database that cannot be read after cut \(number)")
            }
        }
        Issue.record("a Postgres that does not sync lost nothing")
    }
}
