import JSON
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// Recovery to a point in time, from a base backup and an archive of the write-ahead log: docs/install.md has these steps.
@Suite(.place) struct PointInTimeTests {
    /// A host whose server archives.
    private func archivingHost(_ archive: (String) -> String) throws -> SpoolHost {
        try SpoolHost(settings: { folder in
            ["archive_mode": "on", "archive_command": archive(folder), "archive_timeout": "60"]
        })
    }

    private func now(_ server: PostgresCluster) throws -> String {
        try Connection(conninfo: server.conninfo(), applicationName: "hookledger-tests").query(
            "select clock_timestamp()::text"
        ).only().text(0)
    }

    /// Stores an order, then the moment, then another one, and counts the generation up.
    private func history(_ host: SpoolHost) throws -> String {
        try host.awaitStore()
        #expect(host.post("before").status == 200)
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        SystemClock.sleep(milliseconds: 1200)
        let moment = try now(host.cluster)
        SystemClock.sleep(milliseconds: 1200)
        #expect(host.post("after").status == 200)
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        return moment
    }

    /// The recovered server in the place of the first one: the batch processor holds until a person releases the jobs.
    private func expectHold(_ host: SpoolHost) throws {
        try host.cluster.start()
        try #require(eventually { try host.lines("select pg_is_in_recovery()") == ["f"] })
        #expect(try host.lines("select order_id from orders") == ["before"])
        try host.awaitStore()
        #expect(host.post("later").status == 200)
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(75))
        #expect(try host.log().contains("older than a batch host knows it"))
        #expect(try eventually { try host.page("/health").values["batch"] == "held" })
        let doctor = try host.tool("doctor").text
        #expect(doctor.contains("All jobs are held"), "\(doctor)")
        let shown = try host.tool("restore", "--release", "--dry-run")
        #expect(shown.succeeded && shown.text.contains("The restored data ends at"), "\(shown.text) \(shown.errorText)")
        let released = try host.tool("restore", "--release", "--reason", "the disk died")
        #expect(released.succeeded, "\(released.errorText)")
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try eventually { try host.page("/health").values["batch"] == "ok" })
        #expect(try host.tool("orders", "rebuild", "--check").succeeded)
    }

    @Test func fromABaseBackup() throws {
        let host = try archivingHost { "test ! -f \($0)/archive/%f && cp %p \($0)/archive/%f" }
        defer { host.end() }
        try PhysicalCopy.folder(host.folder + "/archive", of: host.cluster)
        let base = try PhysicalCopy.cluster(host.folder + "/base", PostgresCluster.Options())
        try PhysicalCopy.take(host.cluster, to: base)
        let moment = try history(host)
        _ = try host.lines("select pg_switch_wal()")
        host.cluster.stop()
        // The data folder is lost; the base backup takes its place.
        try Files.remove(host.cluster.layout.data)
        try Files.rename(base.layout.data, to: host.cluster.layout.data)
        try PhysicalCopy.recover(host.cluster, by: "cp \(host.folder)/archive/%f %p", until: moment)
        try expectHold(host)
    }

    @Test(.enabled(if: Files.exists("/usr/bin/pgbackrest"), "pgbackrest is not installed (make deps)"))
    func byPgBackRest() throws {
        let backrest = { (folder: String) in
            ["pgbackrest", "--config=\(folder)/pgbackrest.conf", "--stanza=hookledger"]
        }
        let host = try archivingHost { backrest($0).joined(separator: " ") + " archive-push %p" }
        defer { host.end() }
        for name in ["repo", "pgbackrest-lock", "pgbackrest-log", "pgbackrest-spool"] {
            try PhysicalCopy.folder("\(host.folder)/\(name)", of: host.cluster)
        }
        try Files.write(
            host.folder + "/pgbackrest.conf",
            text: """
                [global]
                repo1-path=\(host.folder)/repo
                repo1-retention-full=2
                lock-path=\(host.folder)/pgbackrest-lock
                log-path=\(host.folder)/pgbackrest-log
                spool-path=\(host.folder)/pgbackrest-spool
                start-fast=y
                [hookledger]
                pg1-path=\(host.cluster.layout.data)
                pg1-socket-path=\(host.cluster.layout.sockets)
                pg1-user=postgres

                """, mode: 0o644)
        func run(_ arguments: String...) throws {
            try PhysicalCopy.run(host.cluster, backrest(host.folder) + arguments)
        }
        try run("stanza-create")
        try run("backup", "--type=full")
        // A target within two seconds of the backup would find no backup before it.
        SystemClock.sleep(milliseconds: 2100)
        let moment = try history(host)
        _ = try host.lines("select pg_switch_wal()")
        host.cluster.stop()
        try Files.remove(host.cluster.layout.data)
        try PhysicalCopy.folder(host.cluster.layout.data, of: host.cluster)
        try run("restore", "--type=time", "--target=\(moment)", "--target-action=promote")
        try expectHold(host)
    }
}
