import Ledger
import Platform
import Postgres
import Settings

/// Postgres, the roles, the schema and its content.
struct DatabaseDoctor {
    let settings: Settings
    /// The folder of the SQL files as they ship; nil when it is not there.
    let sql: String?
    /// The configuration file as it was given.
    let config: String?

    private static let oldest = 150_000

    func findings() -> [Finding] {
        var findings = LoginDoctor(settings: settings, config: config).findings()
        let connection: Connection
        do throws(PostgresError) {
            connection = try Self.connect(settings, .operator)
        } catch {
            return findings
        }
        let checks: [(Connection) throws(PostgresError) -> Finding] = [
            version, server, encoding, durability, migrations, cluster, RestoreDoctor(settings: settings).finding,
            rights,
            LimitDoctor(settings: settings).finding, clock,
            partitions, KeyDoctor(settings: settings).index,
        ]
        for check in checks {
            findings.append(Self.guarded(check, connection))
        }
        findings += Self.guardedAll(unsigned, connection)
        findings += Self.guardedAll(TokenDoctor(settings: settings).findings, connection)
        findings += Self.guardedAll(TelemetryDoctor(settings: settings).findings, connection)
        let queue = QueueDoctor(rules: settings.rules.map(\.name))
        return findings + Self.guardedAll(queue.findings, connection)
    }

    private func unsigned(_ connection: Connection) throws(PostgresError) -> [Finding] {
        UnsignedNotice.all(try UnsignedHistory.lately(on: connection), settings).map {
            Finding("unsigned deliveries", .warning, $0.text)
        }
    }

    static func connect(_ settings: Settings, _ role: DatabaseSettings.Role) throws(PostgresError) -> Connection {
        try Connection(
            conninfo: settings.database.connection(for: role).conninfo, applicationName: "hookledger-doctor",
            settings: [("search_path", "hookledger"), ("statement_timeout", "20s")], queryDeadline: .seconds(25))
    }

    private static func guarded(
        _ check: (Connection) throws(PostgresError) -> Finding, _ connection: Connection
    ) -> Finding {
        do throws(PostgresError) {
            return try check(connection)
        } catch {
            return Finding("database", .failed, "\(error)", advice: "hookledger migrate brings the schema up to date")
        }
    }

    private static func guardedAll(
        _ check: (Connection) throws(PostgresError) -> [Finding], _ connection: Connection
    ) -> [Finding] {
        do throws(PostgresError) {
            return try check(connection)
        } catch {
            return [Finding("queue", .failed, "\(error)", advice: "hookledger migrate brings the schema up to date")]
        }
    }

    private func version(_ connection: Connection) -> Finding {
        let version = connection.serverVersion ?? 0
        let text = "\(version / 10_000).\(version % 10_000)"
        if version >= Self.oldest { return Finding("postgres", .ok, "version \(text)") }
        return Finding("postgres", .failed, "version \(text)", advice: "version 15 or newer is needed")
    }

    private func server(_ connection: Connection) -> Finding {
        let server = connection.server
        let text = "\(server?.host ?? "?") is a \(server?.role.rawValue ?? "?")"
        if server?.role == .primary { return Finding("server", .ok, text) }
        return Finding(
            "server", .failed, text + ", which takes no writes",
            advice: "name the primary, or all hosts: host=a,b (the one that takes writes is used)")
    }

    private func encoding(_ connection: Connection) -> Finding {
        let encoding = connection.server?.encoding ?? "?"
        if encoding == "UTF8" { return Finding("encoding", .ok, "UTF8") }
        return Finding(
            "encoding", .failed,
            "the database has encoding \(encoding): deliveries with other characters are spooled or "
                + "answered 503",
            advice: "createdb --encoding=UTF8 --template=template0, then hookledger backup and hookledger restore")
    }

    /// `synchronous_commit` is not checked: every session sets it (``Connection``).
    private func durability(_ connection: Connection) throws(PostgresError) -> Finding {
        let off = try connection.query(DoctorSQL.unsafeSettings).map { (row) throws(PostgresError) in try row.text(0) }
        if off.isEmpty { return Finding("durability", .ok, "Postgres syncs its commits to the disk") }
        return Finding(
            "durability", .failed,
            "\(off.joined(separator: " and ")) off: a power cut loses deliveries that were answered 2xx, or the whole database",
            advice: off.map { "alter system set \($0) = on; " }.joined() + "select pg_reload_conf()")
    }

    private func migrations(_ connection: Connection) throws(PostgresError) -> Finding {
        guard let sql, let files = try? SchemaFiles(folder: sql) else {
            return Finding("migrations", .skipped, "the SQL files that ship with this program were not found")
        }
        let applied = try connection.query(DoctorSQL.version).only().bigint(0)
        let known = Int64(files.migrations.count)
        if try connection.query(DoctorSQL.firstMigration).first?.optionalText(0) == FormerMigrations.first {
            return Finding(
                "migrations", .failed,
                "the schema is at version \(applied) of the earlier migrations, which are two files now",
                advice: "hookledger migrate")
        }
        if applied == known { return Finding("migrations", .ok, "the schema is at version \(applied)") }
        if applied > known {
            return Finding(
                "migrations", .failed, "the schema is at version \(applied), this program knows \(known)",
                advice: "install the newer program")
        }
        return Finding(
            "migrations", .failed, "the schema is at version \(applied) of \(known)", advice: "hookledger migrate")
    }

    private func cluster(_ connection: Connection) throws(PostgresError) -> Finding {
        guard try connection.query("select is_from_other_cluster()").only().bool(0) else {
            return Finding("cluster", .ok, "the transaction numbers are those of this cluster")
        }
        return Finding(
            "cluster", .failed, "the database has the transaction numbers of another cluster: it was restored",
            advice: "hookledger migrate removes them; live views and the index of persons start again")
    }

    private func rights(_ connection: Connection) throws(PostgresError) -> Finding {
        let tables = try connection.query(DoctorSQL.openTables).only().text(0)
        if tables.isEmpty {
            return Finding("rights", .ok, "the ingest role can neither read nor write any table")
        }
        return Finding(
            "rights", .failed, "the ingest role has rights on \(tables)",
            advice: "hookledger migrate resets the rights; revoke the remaining ones by hand")
    }

    private func clock(_ connection: Connection) throws(PostgresError) -> Finding {
        let before = SystemClock.wallMicroseconds()
        let there = try connection.query("select clock_timestamp()").only().timestamp(0)
        let after = SystemClock.wallMicroseconds()
        // The duration of the query is unknown: only a difference beyond it is an offset.
        let offset = there < before ? there - before : there > after ? there - after : 0
        let milliseconds = abs(offset) / 1000
        let text = "the database's clock is \(milliseconds) ms \(offset < 0 ? "behind" : "ahead of") this machine's"
        if milliseconds < 1000 { return Finding("clock", .ok, text) }
        return Finding(
            "clock", milliseconds < 30_000 ? .warning : .failed, text,
            advice: "timestamps of signatures are checked by this machine's clock: timedatectl, chronyc tracking")
    }

    private func partitions(_ connection: Connection) throws(PostgresError) -> Finding {
        let days = try connection.query("select partition_days_ahead()").only().int(0)
        let text = "partitions exist for the next \(days) days"
        if days >= 21 { return Finding("partitions", .ok, text) }
        return Finding(
            "partitions", days > 2 ? .warning : .failed, text,
            advice: "the batch processor creates them; until it runs: hookledger migrate")
    }
}
