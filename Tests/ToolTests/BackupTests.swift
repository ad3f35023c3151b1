import HTTPReceiver
import JSON
import JobsSupport
import Ledger
import LocalStack
import Patience
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

/// `hookledger backup` and `hookledger restore`, from a database to a cluster that knows none of the roles.
@Suite(.blocking) struct BackupTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func run(_ program: BatchProgram, _ arguments: [String]) throws -> ChildOutput {
        try ChildProcess.run(program.tool(arguments), timeout: .seconds(120))
    }

    /// A cluster of its own: a fresh host.
    private func freshHost(_ folder: String, encoding: String = "UTF8") throws -> PostgresCluster {
        var options = PostgresCluster.Options()
        options.durable = false
        options.removedWithThisProcess = true
        let cluster = try PostgresCluster(folder: folder, options: options)
        try cluster.start()
        let connection = try Connection(conninfo: cluster.conninfo(), applicationName: "hookledger-tests")
        try connection.execute("create database shop template template0 encoding '\(encoding)' locale 'C'")
        return cluster
    }

    private func withProgram(_ url: String, _ body: (BatchProgram, String) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder("hl-bk", mode: 0o711)
        defer { try? Files.remove(folder) }
        let program = try BatchProgram(fixture, url: url, more: "spool: \(folder)/spool")
        defer { program.remove() }
        try body(program, folder)
    }

    @Test func aBackupIsRestoredOnAFreshHostAndReleased() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try withProgram(receiver.url) { program, folder in
            #expect(try run(program, ["keys", "create"]).succeeded)
            try fixture.superuser.execute(
                "create role reporting_\(fixture.database) login; grant select on orders to reporting_\(fixture.database)"
            )
            try fixture.enqueue(5, orders: 3)
            try fixture.superuser.execute(
                """
                update events as e set provider = 'tiktok_shop_guide', provider_type = 'order_status_change', body = convert_to(
                    json_build_object('timestamp', 1800000000 + e.id, 'type', 'order_status_change', 'shop_id', 's', 'data',
                        json_build_object('order_id', o.order_id, 'order_status', 'PAID'))::text, 'UTF8')
                from orders as o where o.id = e.order_row
                """)
            // The orders say what their events say.
            #expect(try run(program, ["orders", "rebuild"]).succeeded)
            try Files.makeFolder(folder + "/spool/aside")
            try Files.write(folder + "/spool/000000000000000001-x.hooks", text: "waiting")
            try Files.write(folder + "/spool/aside/000000000000000002-x.hooks", text: "aside")
            let target = folder + "/backup"
            let made = try run(program, ["backup", target, "--json"])
            #expect(made.succeeded, "\(made.errorText)")
            let manifest = try JSONValue(parsing: Files.read(target + "/manifest.json"))
            #expect(manifest["rows"]?["jobs"]?.integer == 5 && manifest["rows"]?["orders"]?.integer == 3)
            #expect(manifest["keys"]?["credentials"]?.string?.count == 8)
            #expect(manifest["configuration"]?["actions"] == ["ops"])
            let mode = try #require(try Files.status(target)).mode
            #expect(mode & 0o777 == 0o700)
            // No secret: neither a key nor a password.
            for path in try Files.list(program.folder + "/keys") {
                let key = try Files.readText(program.folder + "/keys/" + path).trimmed
                for file in ["manifest.json", "roles.sql"] {
                    #expect(try !Files.readText(target + "/" + file).contains(key))
                }
            }
            #expect(try !Files.readText(target + "/roles.sql").lowercased().contains("password"))
            // A backup is new.
            #expect(try run(program, ["backup", target]).status == .exited(64))

            let fresh = try freshHost(folder + "/fresh")
            defer { fresh.stop() }
            let conninfo = fresh.conninfo(database: "shop")
            let restored = try run(program, ["restore", target, "--database", conninfo])
            #expect(restored.succeeded, "\(restored.text)\(restored.errorText)")
            #expect(restored.text.contains("Every table has the rows of the backup. 3 orders compared"))
            #expect(restored.text.contains("All jobs are held"))
            let there = try Connection(
                conninfo: conninfo, applicationName: "hookledger-tests", settings: [("search_path", "hookledger")])
            #expect(try there.query("select count(*) from jobs where state = 0").only().int(0) == 5)
            #expect(try there.query("select is_held()").only().bool(0))
            let reporting = try there.query(
                "select has_table_privilege('reporting_\(fixture.database)', 'orders', 'select')")
            #expect(try reporting.only().bool(0))
            // The same database again: refused.
            #expect(try run(program, ["restore", target, "--database", conninfo]).status == .exited(70))
            let checked = try run(program, ["restore", target, "--check", "--database", conninfo])
            #expect(checked.status == .exited(0), "\(checked.text)\(checked.errorText)")

            // The programs of the new host.
            let config = try Files.readText(program.config)
            let lines = config.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let roles = [
                "  conninfo: \"\(fresh.conninfo(user: "hookledger_batch", database: "shop"))\"",
                "  roles: { operator: \"\(fresh.conninfo(user: "hookledger_operator", database: "shop"))\" }",
            ]
            try Files.write(program.config, text: ([lines[0]] + roles + lines[3...]).joined(separator: "\n"))
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(75))
            #expect(receiver.taken.isEmpty)
            #expect(try program.logged().contains { $0["message"] == "Batch run ended: jobs are held" })
            let jobs = try run(program, ["jobs"])
            #expect(jobs.text.contains("restore --release"), "\(jobs.text)")
            let shown = try run(program, ["restore", "--release", "--dry-run", "--json"])
            let row = try JSONValue(parsing: Array(shown.text.utf8))
            #expect(row["action"] == "ops" && row["in_doubt"]?.integer == 5 && row["certain"]?.integer == 0)
            #expect(try run(program, ["restore", "--release", "--reason", "moved"]).succeeded)
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            // This kind of destination takes the same request once.
            #expect(receiver.taken.count == 5)

            // The deliveries that waited.
            try Files.remove(folder + "/spool")
            let back = try run(program, ["restore", target, "--spool"])
            #expect(back.succeeded && back.text.hasPrefix("2 files"), "\(back.errorText)")
            #expect(try Files.readText(folder + "/spool/aside/000000000000000002-x.hooks") == "aside")

            // What differs is found.
            try there.execute("delete from orders where order_id = '1'")
            let different = try run(program, ["restore", target, "--check", "--database", conninfo])
            #expect(
                different.status == .exited(1) && different.text.contains("orders: 2 rows, the backup had 3"),
                "\(different.text)")
        }
    }

    @Test func aDamagedBackupIsRefused() throws {
        try withProgram("http://127.0.0.1:1") { program, folder in
            let target = folder + "/backup"
            #expect(try run(program, ["backup", target]).succeeded)
            let dump = try Files.read(target + "/database.dump")
            try Files.write(target + "/database.dump", dump.dropLast() + [dump.last.map { $0 ^ 1 } ?? 0])
            let refused = try run(program, ["restore", target, "--database", "dbname=none"])
            #expect(refused.status == .exited(70) && refused.errorText.contains("database.dump was changed"))
            try Files.write(target + "/database.dump", [])
            #expect(try run(program, ["restore", target, "--check"]).errorText.contains("has 0 bytes"))
            try Files.remove(target + "/manifest.json")
            #expect(try run(program, ["restore", target, "--check"]).errorText.contains("is no backup"))
        }
    }

    @Test(arguments: [
        ["restore"], ["restore", "x", "--release"], ["restore", "--hold", "--release"], ["restore", "x", "--dry-run"],
    ]) func wrongArguments(_ arguments: [String]) throws {
        try withProgram("http://127.0.0.1:1") { program, _ in
            let output = try run(program, arguments)
            #expect(output.status == .exited(2), "\(output.errorText)")
        }
    }

    /// A new host has no generation file, and that of another one is damaged: their batch processors run nothing until a
    /// person says that they may.
    @Test(arguments: [nil, "", "12x", "-1"]) func aHostWithoutAFileRunsNothing(content: String?) throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try withProgram(receiver.url) { program, _ in
            try fixture.enqueue(1)
            try Files.remove(program.folder + "/generation")
            if let content { try Files.write(program.folder + "/generation", text: content) }
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(75))
            #expect(receiver.taken.isEmpty)
            let done = try run(program, ["restore", "--release"])
            #expect(done.succeeded && done.text.contains("this host runs jobs now"), "\(done.text)\(done.errorText)")
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            #expect(receiver.taken.count == 1)
        }
    }

    /// A run that works on when the database is restored under it.
    @Test func aRunEndsWhenItsDatabaseIsRestored() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try withProgram(receiver.url) { program, _ in
            let batch = try program.start("--for", "600s")
            try fixture.enqueue(1)
            #expect(eventually { receiver.taken.count == 1 })
            // As after a restore of an older dump.
            try fixture.superuser.execute("update cluster_identity set generation = 0")
            #expect(batch.wait(timeout: .seconds(patience)) == .exited(0))
            #expect(try fixture.value("select is_held()") == "true")
            try fixture.enqueue(1)
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(75))
            #expect(receiver.taken.count == 1)
        }
    }

    /// A database whose encoding cannot hold every character gets no schema, and doctor finds an older one.
    @Test func anotherEncodingIsRefused() throws {
        try withProgram("http://127.0.0.1:1") { program, folder in
            let fresh = try freshHost(folder + "/fresh", encoding: "LATIN1")
            defer { fresh.stop() }
            let refused = try ChildProcess.run(
                ChildCommand([program.tool([]).arguments[0], "migrate", "--database", fresh.conninfo(database: "shop")])
            )
            #expect(refused.status == .exited(70))
            #expect(refused.errorText.contains("encoding LATIN1") && refused.errorText.contains("--encoding=UTF8"))
            // A backup is not restored into it, not even in part.
            #expect(try run(program, ["backup", folder + "/backup"]).succeeded)
            let restore = ["restore", folder + "/backup", "--database", fresh.conninfo(database: "shop")]
            #expect(try run(program, restore).errorText.contains("encoding LATIN1"))
            let owner = try Connection(conninfo: fresh.conninfo(database: "shop"), applicationName: "test")
            #expect(try owner.query("select to_regnamespace('hookledger') is null").only().bool(0))
        }
    }
}
