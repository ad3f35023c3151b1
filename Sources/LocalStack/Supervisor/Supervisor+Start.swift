internal import Glibc
internal import Ledger
internal import Platform
internal import Postgres
internal import Settings

extension Supervisor {
    /// Starts every part, in the order in which they need each other.
    mutating func start() throws(StackError) {
        try StackError.wrap { try folder.make() }
        try clearLeftovers()
        let nginx = try Program.find("nginx", package: "nginx")
        let spawner = try Program.find("spawn-fcgi", package: "spawn-fcgi")
        for program in [options.programs.tool, options.programs.responder, options.programs.batch].compactMap({ $0 })
        where !Files.exists(program) {
            throw StackError(.missing, "\(program) does not exist: build it first")
        }
        let ports = try StackPorts.choose(options)
        try Certificate.ensure(in: folder)

        let cluster = try startCluster()
        try prepareDatabase(cluster)
        try stop.check()

        let sockets = try StackError.wrap { try Files.makeTemporaryFolder() }
        self.sockets = sockets
        let slackHost = "127.0.0.1:\(ports.slack)"
        let slackURL = "http://\(slackHost)/services/T00000000/B00000000/development"
        let slackHostBefore = DevelopmentSecrets.read(in: folder)["SLACK_WEBHOOK_URL"].flatMap { url in
            url.split(separator: "/").dropFirst().first.map(String.init)
        }
        let secrets = try DevelopmentSecrets.ensure(in: folder, slackURL: slackURL)
        try DevelopmentKeys.ensure(in: folder)
        try DevelopmentConfiguration.ensure(
            in: folder, cluster: cluster, slackHost: slackHost, slackHostBefore: slackHostBefore)
        try StackError.wrap { try GenerationFile(StackConfiguration.generationFile(in: folder)).ensure() }
        let configuration = NginxConfiguration(
            folder: folder, sockets: sockets, ports: ports, isProduction: options.isProduction,
            apiRate: options.apiRate, origins: StackConfiguration.api(in: folder)?.allowedOrigins ?? [],
            runsAsRoot: geteuid() == 0,
            openFiles: OpenFiles.most(upTo: 65_536), version: .installed ?? .oldest)
        try NginxFiles.write(configuration, share: options.share, nginx: nginx)

        children = [
            fastCGI(spawner, "slack", [options.programs.tool, "stand-in-slack"], sockets, log: folder.slackMessages),
            pool(spawner, "api", sockets, log: folder.log("api")),
            pool(spawner, "ingest", sockets, log: folder.log("responder")),
            SupervisedChild(
                "nginx", child([nginx, "-p", folder.nginx, "-c", folder.nginxConfiguration]), log: folder.log("nginx")),
        ]
        if let program = options.programs.batch {
            batch = BatchSchedule(program, folder, interval: options.batchInterval)
        }
        try tend()
        try waitForNginx(ports)
        try announce(ports, sockets, slackURL, cluster, secrets)
    }

    /// The database of the stack.
    static let database = "hookledger"

    /// The lock is ours, so leftovers of an earlier stack in this folder have no owner.
    private func clearLeftovers() throws(StackError) {
        try StackError.wrap {
            try ProcessList.leftover(in: folder).endAll()
            if let old = StackState(in: folder) { try Files.remove(old.sockets) }
            try Files.remove(folder.state)
        }
    }

    private mutating func startCluster() throws(StackError) -> PostgresCluster {
        try StackError.wrap {
            let cluster = try PostgresCluster(folder: folder.path)
            if cluster.pid != nil { cluster.stop() }
            self.cluster = cluster
            try cluster.start()
            return cluster
        }
    }

    private func prepareDatabase(_ cluster: PostgresCluster) throws(StackError) {
        try StackError.wrap {
            let administration = try Connection(conninfo: cluster.conninfo(), applicationName: "hookledger-up")
            let found = try administration.query(SupervisorSQL.database, [.text(Self.database)])
            if found.isEmpty { try cluster.createDatabase(Self.database) }
            administration.close()

            let database = try Connection(
                conninfo: cluster.conninfo(database: Self.database), applicationName: "hookledger-up")
            let files = try SchemaFiles(folder: options.share + "/sql")
            _ = try Migrator.apply(files, over: database)
            try ConnectionLimits(
                hosts: 1, slots: BatchSettings.standardSlots,
                committers: ResponderSettings.standardCommitters(processors: Processors.usable)
            ).apply(over: database)
        }
    }

    private func pool(_ spawner: String, _ pool: String, _ sockets: String, log: String) -> SupervisedChild {
        let program = [options.programs.responder, "--pool", pool, "--config", folder.configuration]
        return fastCGI(spawner, pool, program, sockets, log: log)
    }

    /// `-n` replaces spawn-fcgi by the program, so that the process id is the program's own.
    private func fastCGI(
        _ spawner: String, _ name: String, _ program: [String], _ sockets: String, log: String
    ) -> SupervisedChild {
        let socket = ["-s", "\(sockets)/\(name).sock", "-M", "0600", "-b", "1024"]
        return SupervisedChild(name, child([spawner, "-n"] + socket + ["--"] + program), log: log)
    }

    private func child(_ arguments: [String]) -> ChildCommand {
        ChildCommand(
            arguments, environment: ["PATH": Program.path, "LIBFCGI_OS_CLOSE_POLL_TIMEOUT": "0"], folder: "/")
    }

    /// nginx writes its process id when it has bound its ports, and ends when it cannot.
    private mutating func waitForNginx(_ ports: StackPorts) throws(StackError) {
        let end = ContinuousClock.now + .seconds(15)
        while !Files.exists(folder.nginxPID) {
            try stop.check()
            let log = (try? Files.readText(folder.log("nginx"))) ?? ""
            for (port, variable) in [(ports.https, "HOOKLEDGER_HTTPS_PORT"), (ports.http, "HOOKLEDGER_HTTP_PORT")]
            where log.contains("bind() to 127.0.0.1:\(port) failed") {
                throw .portInUse(port, variable: variable)
            }
            guard ContinuousClock.now < end else {
                throw StackError(
                    .failed, "nginx did not start; \(folder.log("nginx")) ends with:\n\(log.suffix(2_000))")
            }
            try tend()
            SystemClock.sleep(milliseconds: 10)
        }
    }

    private func announce(
        _ ports: StackPorts, _ sockets: String, _ slackURL: String, _ cluster: PostgresCluster,
        _ secrets: DevelopmentSecrets
    ) throws(StackError) {
        guard let own = ProcessIdentity(of: getpid()) else { throw StackError(.failed, "/proc is missing") }
        let state = StackState(
            url: "https://localhost:\(ports.https)", plainURL: "http://127.0.0.1:\(ports.http)", slackURL: slackURL,
            database: cluster.conninfo(database: Self.database),
            reader: cluster.conninfo(user: "hookledger_reader", database: Self.database), sockets: sockets,
            supervisor: own)
        try SourceableEnvironment.write(to: folder, state: state, secrets: secrets, programs: options.programs)
        try StackError.wrap { try Files.write(folder.state, text: state.text, mode: 0o600, durable: false) }
    }
}
