import Crypto
public import Postgres

/// Brings a database to the schema of this program's files. Safe to run again, and from two hosts at once.
public enum Migrator {
    /// The report of a run.
    public struct Outcome: Sendable {
        /// The names of the migrations that were applied, in order.
        public let applied: [String]
        /// The version the schema has now.
        public let version: Int64
        /// Whether the database had the earlier migrations (``FormerMigrations``).
        public let hadFormer: Bool
        /// How many partitions were made.
        public let partitionsMade: Int
        /// Whether the database had been restored from a dump of another cluster, whose transaction numbers were removed.
        public let removedNumbers: Bool
    }

    /// Why a migration failed.
    public enum Failure: Error, CustomStringConvertible {
        /// The database refused a statement of this file.
        case file(String, PostgresError)
        /// The database was migrated by a newer program.
        case newer(database: Int64, files: Int64)
        /// An applied migration's file was changed afterwards.
        case changed(String)
        /// The database has this version of the earlier migrations, which none of today's files equals.
        case former(Int64)
        /// A new schema, in a database that cannot hold every character.
        case encoding(String)
        /// Other sessions lock objects that this file must change.
        case held(String, by: [String])

        /// The error and the advice.
        public var description: String {
            switch self {
            case .file(let name, let error): "sql/\(name): \(error)"
            case .newer(let database, let files):
                "the database has schema version \(database), this program knows \(files): install the newer program"
            case .changed(let name):
                "sql/migrations/\(name) was changed after it had been applied: migrations are append-only; "
                    + "restore it and write a new one"
            case .former(let version):
                "the database has schema version \(version) of the earlier migrations, which are two files now; nothing was changed. Take "
                    + "the program of commit \(FormerMigrations.lastCommit), run its hookledger migrate, and then this one"
            case .encoding(let encoding):
                "the database has encoding \(encoding), which cannot hold every character: deliveries with others would not be "
                    + "stored. Create one with UTF8: createdb --encoding=UTF8 --template=template0 hookledger"
            case .held(let name, let sessions):
                "sql/\(name): other sessions lock what must change; nothing was changed. End them and run again: "
                    + sessions.joined(separator: "; ")
            }
        }
    }

    /// Applies what is missing: roles, migrations, then functions, views and grants again, and the partitions.
    ///
    /// Everything happens in one transaction that locks `schema_migrations`, so that a second run waits and then finds
    /// nothing to do, and a failed one leaves everything as it was. While another session's transaction uses the schema, no
    /// lock is asked for, because deliveries would queue behind it. A lock that is not free within 100 ms starts all over.
    /// Sessions of `hookledger_reader` are ended after five seconds.
    /// - Parameters:
    ///   - connection: of a role that may create roles and schemas, such as `postgres`.
    ///   - files: the schema's files.
    ///   - patience: how long other sessions are waited for.
    ///   - waiting: called with the sessions that are waited for, when these change.
    ///   - progress: called with the name of every file before it is applied.
    /// - Throws: ``Failure``.
    public static func apply(
        _ files: SchemaFiles, over connection: Connection, patience: Duration = .seconds(60),
        waiting: ([String]) -> Void = { _ in }, progress: (String) -> Void = { _ in }
    ) throws(Failure) -> Outcome {
        try refuseEncoding(connection)
        var locks = MigrationLocks(patience: patience)
        while true {
            try locks.waitForOthers(connection, waiting)
            do throws(Failure) {
                return try applyOnce(files, connection, progress)
            } catch {
                try locks.pause(after: error, connection)
            }
        }
    }

    /// Refuses a database without the schema that cannot hold every character. An older schema stays where it is; `doctor` finds
    /// it.
    /// - Throws: ``Failure``.
    public static func refuseEncoding(_ connection: Connection) throws(Failure) {
        guard let encoding = connection.server?.encoding, encoding != "UTF8" else { return }
        let isNew: Bool
        do throws(PostgresError) {
            isNew = try connection.query("select to_regclass('hookledger.schema_migrations') is null").only().bool(0)
        } catch {
            throw .file("migrate", error)
        }
        if isNew { throw .encoding(encoding) }
    }

    private static func applyOnce(
        _ files: SchemaFiles, _ connection: Connection, _ progress: (String) -> Void
    ) throws(Failure) -> Outcome {
        try run("migrate", "begin", connection)
        do {
            let outcome = try applyLocked(files, connection, progress)
            try run("commit", "commit", connection)
            return outcome
        } catch {
            // The connection may be gone, and the transaction with it.
            try? connection.execute("rollback")
            throw error
        }
    }

    private static func applyLocked(
        _ files: SchemaFiles, _ connection: Connection, _ progress: (String) -> Void
    ) throws(Failure) -> Outcome {
        try run("migrate", LedgerSQL.firstLock, connection)
        try run("roles.sql", files.roles, connection)
        if files.kind == .router { try run("migrate", RouterSchema.foundation, connection) }
        try run("migrate", Self.foundation, connection)
        try run("migrate", LedgerSQL.secondLock, connection)
        var present = try appliedChecksums(connection)
        let hadFormer = present[1] == FormerMigrations.first
        if hadFormer { present = try stamp(present, files, connection) }
        if let newest = present.keys.max(), newest > files.migrations.count {
            throw .newer(database: newest, files: Int64(files.migrations.count))
        }
        var applied: [String] = []
        for migration in files.migrations {
            if let checksum = present[migration.version] {
                guard checksum == migration.sql.checksum else { throw .changed(migration.name) }
                continue
            }
            progress("migrations/" + migration.name)
            try run("migrations/" + migration.name, migration.sql, connection)
            try remember(migration, connection)
            applied.append(migration.name)
        }
        try run("migrate", Self.dropDerived, connection)
        // Language plproxy is a superuser's: these functions change their owner afterwards.
        if files.kind == .router { try run("migrate", "reset role", connection) }
        for part in files.derived { try run(part.name, part.sql, connection) }
        if files.kind == .router {
            try run("migrate", RouterSchema.giveToOwner, connection)
            try run("migrate", RouterSchema.settings, connection)
            try run("migrate", RouterSchema.arrangeViews, connection)
            return Outcome(
                applied: applied, version: Int64(files.migrations.count), hadFormer: false, partitionsMade: 0,
                removedNumbers: false)
        }
        do {
            _ = try connection.query("select arrange_cell()")
            let removedNumbers = try connection.query("select remove_transaction_numbers()").only().bool(0)
            let made = try connection.query("select ensure_partitions()", []).only().int(0)
            return Outcome(
                applied: applied, version: Int64(files.migrations.count), hadFormer: hadFormer, partitionsMade: made,
                removedNumbers: removedNumbers)
        } catch {
            throw .file("functions", error)
        }
    }

    /// Replaces what the database remembers of the former migrations by the files that are equal to them. Nothing else is altered.
    /// - Returns: what it remembers now.
    private static func stamp(
        _ former: [Int64: String], _ files: SchemaFiles, _ connection: Connection
    ) throws(Failure) -> [Int64: String] {
        guard let count = FormerMigrations.filesEqual(to: former) else { throw .former(former.keys.max() ?? 0) }
        try run("migrate", LedgerSQL.forgetMigrations, connection)
        for migration in files.migrations.prefix(count) { try remember(migration, connection) }
        return try appliedChecksums(connection)
    }

    private static func remember(
        _ migration: SchemaFiles.Migration, _ connection: Connection
    ) throws(Failure) {
        do {
            _ = try connection.query(
                "insert into schema_migrations (version, name, checksum) values ($1::bigint, $2, $3)",
                [.bigint(migration.version), .text(migration.name), .text(migration.sql.checksum)])
        } catch {
            throw .file("migrations/" + migration.name, error)
        }
    }

    private static func run(_ name: String, _ sql: String, _ connection: Connection) throws(Failure) {
        do {
            try connection.execute(sql)
        } catch {
            throw .file(name, error)
        }
    }

    private static func appliedChecksums(_ connection: Connection) throws(Failure) -> [Int64: String] {
        do {
            var checksums: [Int64: String] = [:]
            for row in try connection.query(LedgerSQL.appliedMigrations, []) {
                checksums[try row.bigint("version")] = try row.text("checksum")
            }
            return checksums
        } catch {
            throw .file("migrate", error)
        }
    }

    /// The objects needed before the first migration. The schema belongs to a role without a login.
    private static let foundation = """
        create schema if not exists hookledger authorization hookledger_owner;
        set local role hookledger_owner;
        set local search_path = hookledger;
        set local client_min_messages = warning;
        create table if not exists schema_migrations (
            version bigint primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        );
        comment on schema hookledger is 'Webhooks received, what they say about orders, and the work that follows.';
        comment on table schema_migrations is 'The migrations that were applied to this database.';
        comment on column schema_migrations.version is 'The number of the migration.';
        comment on column schema_migrations.name is 'The file it came from.';
        comment on column schema_migrations.checksum is 'A checksum of its text: an applied migration does not change.';
        comment on column schema_migrations.applied_at is 'When it was applied.';
        """

    /// Views and functions hold no data, so they are created again each time and can change freely: `create or replace`
    /// refuses another result, and leaves a function with other parameters beside the new one. Objects that an
    /// operator's own objects depend on stay.
    private static let dropDerived = """
        do $$
        declare
            name text;
            f regprocedure;
        begin
            for name in select viewname from pg_views where schemaname = 'hookledger' loop
                execute format('drop view if exists hookledger.%I cascade', name);
            end loop;
            for f in select oid from pg_proc where pronamespace = 'hookledger'::regnamespace loop
                begin
                    execute format('drop routine %s', f);
                exception when dependent_objects_still_exist then
                    null;
                end;
            end loop;
        end
        $$;
        """
}

extension String {
    /// SHA-256 of the text, in hexadecimal digits.
    fileprivate var checksum: String { Hex.encode(Digest.sha256.hash(Array(utf8))) }
}
