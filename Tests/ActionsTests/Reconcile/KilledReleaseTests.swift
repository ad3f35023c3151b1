import JSON
import LocalStack
import Patience
import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// `hookledger refusals release` is killed: what it has recorded stays recorded, once, and the same command continues.
@Suite(.blocking) struct KilledReleaseTests {
    let world: ShopWorld
    private let folder: String
    private static let count = 250

    init() throws {
        world = try ShopWorld(now: SystemClock.now)
        folder = try Files.makeTemporaryFolder()
        try Files.write(folder + "/hookledger.yaml", text: world.yaml())
        try Files.write(folder + "/generation", text: "0")
        for number in 0..<Self.count {
            let time = Timestamp(seconds: world.now.seconds - 900 + Int64(number)) ?? world.now
            let order = ShopOrder(.woocommerce, "\(3000 + number)", placedAt: time, state: .paid)
            let delivery = try order.webhook(serial: number, secret: "a secret of later", now: world.now)
            #expect(try world.deliver(delivery) == .refused)
        }
        #expect(try world.value("select count(*) from quarantine where state = 'kept'") == "\(Self.count)")
    }

    private func release() throws -> ChildCommand {
        ChildCommand(
            [
                try Executable.folder() + "/hookledger", "refusals", "release", "woocommerce", "--json", "--config",
                folder + "/hookledger.yaml",
            ], environment: world.environment.merging(["SECRET": "a secret of later"]) { $1 })
    }

    private static let waiting =
        "from pg_stat_activity where wait_event_type = 'Lock' and query like '%decide_refused%' and datname = current_database() and pid <> pg_backend_pid()"

    @Test func theSameCommandContinues() throws {
        defer { try? Files.remove(folder) }
        // The second page's events are committed, and its rows cannot leave the quarantine yet.
        let other = try Connection(
            conninfo: try SharedCluster.get().conninfo(database: world.database), applicationName: "other",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(60))
        try other.execute("begin; select from quarantine order by received_at, id offset 150 limit 1 for update")
        let victim = try ChildProcess.spawn(release())
        let isWaiting = try eventually { try world.value("select count(*) \(Self.waiting)") == "1" }
        victim.terminate(with: .kill)
        #expect(isWaiting, "it never was in the middle")
        try world.superuser.execute("select pg_terminate_backend(pid) \(Self.waiting)")
        try other.execute("rollback")
        let recorded = Int(try world.value("select count(*) from events") ?? "") ?? 0
        let left = Int(try world.value("select count(*) from quarantine where state = 'kept'") ?? "") ?? 0
        #expect(recorded + left > Self.count && recorded < Self.count, "\(recorded) recorded, \(left) left")

        let output = try ChildProcess.run(release())
        #expect(output.status == .exited(0), "\(output.errorText)")
        let report = try JSONValue(parsing: Array(output.text.utf8))
        #expect(report["released"]?.integer == Int64(left) && report["failed"]?.integer == 0, "\(output.text)")
        #expect(try world.value("select string_agg(distinct state, ' ') from quarantine") == "released")
        for table in ["events", "orders", "jobs", "quarantine"] {
            #expect(try world.value("select count(*) from \(table)") == "\(Self.count)", "\(table)")
        }
        #expect(try world.value("select count(distinct request_id) from events") == "\(Self.count)")
    }
}
