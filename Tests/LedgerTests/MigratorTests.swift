import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

@Suite(.blocking) struct MigratorTests {
    private func connection(_ database: String) throws -> Connection {
        try Connection(conninfo: SharedCluster.get().conninfo(database: database), applicationName: "hookledger-tests")
    }

    private func files() throws -> SchemaFiles {
        try SchemaFiles(folder: Executable.share(of: #filePath) + "/sql")
    }

    @Test func aSecondRunChangesNothing() throws {
        let database = try SharedCluster.freshDatabase()
        let first = try Migrator.apply(files(), over: connection(database))
        #expect(first.applied.count == Int(first.version))
        #expect(first.partitionsMade > 0)
        let second = try Migrator.apply(files(), over: connection(database))
        #expect(second.applied == [])
        #expect(second.partitionsMade == 0)
        #expect(second.version == first.version)
    }

    @Test func twoHostsAtOnceAreSafe() async throws {
        let database = try SharedCluster.freshDatabase()
        let files = try files()
        let conninfo = try SharedCluster.get().conninfo(database: database)
        let applied = try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    let connection = try Connection(conninfo: conninfo, applicationName: "hookledger-tests")
                    return try Migrator.apply(files, over: connection).applied.count
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(applied.sorted() == [0, 0, 0, files.migrations.count])
    }

    /// A reader may hold every advisory lock, and every view in an open transaction.
    @Test func aReaderHoldsNoMigrationUp() throws {
        let database = try SharedCluster.freshDatabase()
        _ = try Migrator.apply(files(), over: connection(database))
        let reader = try Connection(
            conninfo: SharedCluster.get().conninfo(user: "hookledger_reader", database: database),
            applicationName: "hookledger-tests")
        try reader.execute(
            """
            set idle_in_transaction_session_timeout = 0;
            select pg_advisory_lock(hashtext('hookledger.migrate'));
            begin; select count(*) from hookledger.event_list, hookledger.order_list
            """)
        #expect(try Migrator.apply(files(), over: connection(database)).applied == [])
    }

    /// Whoever else is in the way is named, and nothing is changed.
    @Test func whoIsInTheWayIsNamed() throws {
        let database = try SharedCluster.freshDatabase()
        _ = try Migrator.apply(files(), over: connection(database))
        let other = try connection(database)
        try other.execute("begin; select count(*) from hookledger.event_list")
        let held = #expect(throws: Migrator.Failure.self) {
            try Migrator.apply(files(), over: connection(database), patience: .seconds(2))
        }
        #expect(try #require(held).description.contains("of postgres (hookledger-tests), idle in transaction"))
        try other.execute("rollback")
        #expect(try Migrator.apply(files(), over: connection(database)).applied == [])
    }

    /// A reader's open transaction, and a migration that must lock what it has read: deliveries never wait for it.
    @Test func deliveriesAreStoredWhileAMigrationWaits() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        _ = try ChildProcess.run(ChildCommand(["cp", "-r", Executable.share(of: #filePath) + "/sql", folder + "/sql"]))
        let next = String(try files().migrations.count + 1)
        let number = String(repeating: "0", count: 6 - next.count) + next
        try Files.write(
            folder + "/sql/migrations/\(number)_pending.sql",
            text: "alter table orders add column pending int; alter table events add column pending int;")
        let database = try SharedCluster.freshDatabase()
        _ = try Migrator.apply(files(), over: connection(database))
        let reader = try connection(database)
        try reader.execute("begin; select count(*) from hookledger.orders, hookledger.event_list")
        // One writer after the other beside it, each with the lock_timeout of deliveries.
        let deliveries = try Deliveries(conninfo: SharedCluster.get().conninfo(database: database))
        var named: [String] = []
        let before = deliveries.counts.stored
        let held = #expect(throws: Migrator.Failure.self) {
            try Migrator.apply(
                SchemaFiles(folder: folder + "/sql"), over: connection(database), patience: .seconds(3),
                waiting: { named = $0 })
        }
        #expect(named.count == 1 && named[0].contains("of postgres (hookledger-tests), idle in transaction"))
        #expect(try #require(held).description.contains(named[0]))
        let during = deliveries.counts
        #expect(during.failed == 0 && during.stored > before, "\(during)")
        // It succeeds when the reader has ended, and deliveries fail at no time.
        try reader.execute("rollback")
        let outcome = try Migrator.apply(SchemaFiles(folder: folder + "/sql"), over: connection(database))
        #expect(outcome.applied == ["\(number)_pending.sql"])
        deliveries.end()
    }

    /// A partition that is attached has the parent's indexes, each once, and its defaults.
    @Test func aPartitionIsLikeItsParent() throws {
        let database = try SharedCluster.freshDatabase()
        _ = try Migrator.apply(files(), over: connection(database))
        let odd = """
            select count(*) from pg_inherits as i
            where inhparent in ('hookledger.events'::regclass, 'hookledger.job_attempts'::regclass) and (
                (select count(*) from pg_index where indrelid = inhrelid) <>
                    (select count(*) from pg_index where indrelid = inhparent)
                or exists (select from pg_index as x where indrelid = inhrelid
                    and not exists (select from pg_inherits as p where p.inhrelid = x.indexrelid))
                or (select count(*) from pg_attrdef where adrelid = inhrelid) <>
                    (select count(*) from pg_attrdef where adrelid = inhparent)
                or (select count(*) from pg_constraint where conrelid = inhrelid) <>
                    (select count(*) from pg_constraint where conrelid = inhparent)
                or (select relowner from pg_class where oid = inhrelid) <>
                    (select relowner from pg_class where oid = inhparent))
            """
        #expect(try connection(database).query(odd).only().int(0) == 0)
        #expect(try connection(database).query("select count(*) from pg_inherits").only().int(0) > 10)
    }

    @Test func aChangedOrMissingMigrationIsAnErrorThatSaysSo() throws {
        let database = try SharedCluster.freshDatabase()
        _ = try Migrator.apply(files(), over: connection(database))
        try connection(database).execute("update hookledger.schema_migrations set checksum = 'x' where version = 1")
        let changed = #expect(throws: Migrator.Failure.self) { try Migrator.apply(files(), over: connection(database)) }
        #expect(try #require(changed).description.contains("append-only"))
        try connection(database).execute(
            "insert into hookledger.schema_migrations (version, name, checksum) values (999, 'future', 'x')")
        let newer = #expect(throws: Migrator.Failure.self) { try Migrator.apply(files(), over: connection(database)) }
        #expect(try #require(newer).description.contains("newer program"))
    }

    @Test func aFailingMigrationLeavesNothingBehind() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let original = try Executable.share(of: #filePath) + "/sql"
        _ = try ChildProcess.run(ChildCommand(["cp", "-r", original, folder + "/sql"]))
        try Files.write(folder + "/sql/migrations/000999_broken.sql", text: "select 1/0;")
        #expect(throws: SchemaFilesError.self) { try SchemaFiles(folder: folder + "/sql") }
        let next = String(try files().migrations.count + 1)
        let number = String(repeating: "0", count: 6 - next.count) + next
        try Files.rename(
            folder + "/sql/migrations/000999_broken.sql", to: folder + "/sql/migrations/\(number)_broken.sql")
        let database = try SharedCluster.freshDatabase()
        #expect(throws: Migrator.Failure.self) {
            try Migrator.apply(SchemaFiles(folder: folder + "/sql"), over: connection(database))
        }
        #expect(try connection(database).query("select to_regnamespace('hookledger') is null", []).only().bool(0))
    }
}
