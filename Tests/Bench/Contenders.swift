import LocalStack
import Platform
import Postgres

/// Starts the contenders.
extension Stand {
    /// The responder as it ships, on a database of its own.
    ///
    /// - Parameters:
    ///   - program: nil for the one beside this program.
    ///   - sockets: the folder of Postgres' socket, where it is another than the cluster's.
    func startHookledger(
        _ name: String, title: String, database: String, program: String? = nil, sockets: String? = nil
    ) throws -> Contender {
        var ingest = cluster.conninfo(user: "hookledger_ingest", database: database)
        if let sockets { ingest = ingest.replacing(cluster.layout.sockets, with: sockets) }
        try Files.makeFolder("\(folder)/\(name)")
        try Files.write(
            "\(folder)/\(name)/hookledger.yaml",
            text: """
                environment: production
                database: { conninfo: "\(ingest)", roles: { ingest: "\(ingest)" } }
                sources:
                  tiktok-shop:
                    providers: [tiktok_shop_guide]
                    paths: [\(Deliveries.path)]
                    secrets: [ { env: TIKTOK_APP_SECRET } ]
                actions:
                  erp: { kind: http, url: "https://erp.example/hook" }
                rules:
                  - name: every-event
                    do: [erp]

                """)
        try Files.write("\(folder)/\(name)/hookledger.env", text: "TIKTOK_APP_SECRET=\(secret)\n", mode: 0o640)
        let program = try program ?? Executable.folder() + "/hookledger-responder"
        let process = try startFastCGI(
            name, [program, "--pool", "ingest", "--config", "\(folder)/\(name)/hookledger.yaml"])
        return Contender(
            name: name, title: title, database: database, tables: Contender.ledgerTables, location: .fastCGI(),
            process: process)
    }

    /// The ceiling of nginx and FastCGI.
    func startNoOp() throws -> Contender {
        let process = try startFastCGI("noop", [try Executable.current(), "no-op"])
        return Contender(
            name: "noop", title: "no-op FastCGI responder", database: nil, tables: "", location: .fastCGI(),
            process: process)
    }

    private static let tables = "receipts, events, orders, order_items, jobs"
    private var contenders: String { options.repository + "/Tests/Bench/Contenders" }

    private func makeDatabase(_ name: String) throws {
        try cluster.createDatabase(name)
        try connect(name).execute(try Files.readText(contenders + "/schema.sql"))
    }

    /// Express and node-postgres: two workers, each with a pool of ten, which is its default.
    func startExpress() throws -> Contender {
        try makeDatabase("express")
        let environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "NODE_ENV": "production", "NODE_PATH": options.nodePath,
            "SOCKET": sockets + "/express.sock", "SECRET": secret, "PGHOST": cluster.layout.sockets,
            "PGUSER": PostgresCluster.superuser, "PGDATABASE": "express", "WORKERS": "2", "POOL": "10",
        ]
        let process = try start(
            "express",
            ChildCommand([try Self.find("node"), contenders + "/express.js"], environment: environment, folder: "/"))
        return Contender(
            name: "express", title: "Express + pg, 2 workers", database: "express", tables: Self.tables,
            location: .proxy, process: process)
    }

    /// FastAPI and asyncpg under uvicorn: two workers, each with a pool of ten.
    func startFastAPI() throws -> Contender {
        try makeDatabase("fastapi")
        let environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "SECRET": secret, "PGHOST": cluster.layout.sockets,
            "PGUSER": PostgresCluster.superuser, "PGDATABASE": "fastapi", "PYTHONDONTWRITEBYTECODE": "1",
        ]
        let process = try start(
            "fastapi",
            ChildCommand(
                [
                    options.python, "-m", "uvicorn", "fastapi_hook:app", "--app-dir", contenders, "--uds",
                    sockets + "/fastapi.sock", "--workers", "2", "--no-access-log", "--backlog", "1024",
                ], environment: environment, folder: "/"))
        return Contender(
            name: "fastapi", title: "FastAPI + asyncpg, 2 workers", database: "fastapi", tables: Self.tables,
            location: .proxy, process: process)
    }

    /// A folder with a socket that leads to Postgres over a distance.
    ///
    /// - Parameter milliseconds: how long bytes are under way, each way.
    func startDistance(milliseconds: Double) throws -> String {
        let far = sockets + "/far"
        try Files.makeFolder(far)
        let socket = "/.s.PGSQL.5432"
        _ = try start(
            "distance",
            ChildCommand([
                options.python, contenders + "/distance.py", far + socket, cluster.layout.sockets + socket,
                String(milliseconds),
            ]))
        for _ in 0..<100 where !Files.exists(far + socket) { SystemClock.sleep(milliseconds: 50) }
        return far
    }

    /// PHP-FPM and PDO with persistent connections: sixteen children, as they wait for commits.
    func startPHP() throws -> Contender {
        try makeDatabase("php")
        let version = try Files.list("/etc/php").last ?? ""
        let isRoot = try ChildProcess.run(ChildCommand(["id", "-u"])).text == "0"
        try Files.write(
            folder + "/php-fpm.conf",
            text: """
                [global]
                error_log = \(folder)/php-fpm.error.log
                daemonize = no
                [hook]
                \(isRoot ? "user = root\ngroup = root" : "")
                listen = \(sockets)/php.sock
                listen.backlog = 1024
                listen.mode = 0600
                pm = static
                pm.max_children = 16
                catch_workers_output = yes
                env[SECRET] = \(secret)
                env[DSN] = "pgsql:host=\(cluster.layout.sockets);dbname=php"
                env[DB_USER] = \(PostgresCluster.superuser)
                php_admin_value[opcache.validate_timestamps] = 0

                """)
        let arguments = ["--fpm-config", folder + "/php-fpm.conf", "--nodaemonize"] + (isRoot ? ["-R"] : [])
        let process = try start(
            "php", ChildCommand([try Self.find("php-fpm\(version)")] + arguments, folder: "/"))
        return Contender(
            name: "php", title: "PHP-FPM + PDO, 16 children", database: "php", tables: Self.tables,
            location: .fastCGI(more: "fastcgi_param SCRIPT_FILENAME \(contenders)/hook.php;"), process: process)
    }
}
