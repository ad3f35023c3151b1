import Setup

/// A host in memory: facts that change with each step of a plan, as those of a real one do.
struct PretendHost {
    var facts: HostFacts
    /// The texts of files by path; links are in `links`.
    var files: [String: String]
    var links: Set<String> = []

    static let access = "/etc/postgresql/15/main/pg_hba.conf"
    static let ident = "/etc/postgresql/15/main/pg_ident.conf"
    static let main = "/etc/nginx/nginx.conf"
    static let site = "/etc/nginx/sites-available/hookledger"
    static let link = "/etc/nginx/sites-enabled/hookledger"
    static let secrets = "/etc/hookledger/hookledger.env"

    /// As Debian installs Postgres and nginx.
    static let debianAccess = """
        # Database administrative login by Unix domain socket
        local   all             postgres                                peer

        # TYPE  DATABASE        USER            ADDRESS                 METHOD
        local   all             all                                     peer
        host    all             all             127.0.0.1/32            scram-sha-256

        """
    static let debianMain = """
        user www-data;
        worker_processes auto;

        events {
        \tworker_connections 768;
        \t# multi_accept on;
        }

        http {
        \tinclude /etc/nginx/sites-enabled/*;
        }

        """

    static let wishes = SetupWishes(
        secrets: SecretLines([.init("TIKTOK_APP_KEY", "key"), .init("TIKTOK_APP_SECRET", "a \"b\" $c#")]),
        access: DatabaseAccess(
            database: "hookledger",
            logins: [
                .init(user: "hookledger-ingest", role: "hookledger_ingest"),
                .init(user: "root", role: "hookledger_operator"),
            ], others: ["hookledger_reader"]),
        create: SetupCommand(["createdb", "hookledger"], user: "postgres"),
        migrate: SetupCommand(["hookledger", "migrate"], user: "postgres"),
        remote: nil, site: "server { }\n", certificate: [SetupCommand(["openssl"])],
        prepare: SetupCommand(["setup-users"]), firstRun: SetupCommand(["hookledger-batch", "--once"]))

    init(access: String = debianAccess, ident: String = "# MAPNAME\n", hasSystemd: Bool = true) {
        files = [
            Self.access: access, Self.ident: ident, Self.main: Self.debianMain, Self.site: "shipped\n",
        ]
        facts = HostFacts(
            secrets: .init(Self.secrets, nil), isPrepared: false,
            postgres: .init(
                access: .init(Self.access, access), ident: .init(Self.ident, ident), manager: nil, hasDatabase: false,
                isMigrated: false),
            nginx: .init(
                main: .init(Self.main, Self.debianMain), site: .init(Self.site, "shipped\n"), link: Self.link,
                isLinked: false, isRunning: true),
            hasCertificate: false, hasSystemd: hasSystemd, idlePools: Pool.allCases,
            idleUnits: Pool.allCases.map(\.socketUnit), cron: .idle(["cron"]), hasRun: false)
    }

    /// Does one step.
    mutating func apply(_ step: SetupStep) {
        switch step {
        case .change(let change): files[change.path] = change.after
        case .link(let path, _): links.insert(path)
        case .remove(let path):
            files[path] = nil
            links.remove(path)
        case .run(let command): ran(command)
        case .paste(let paste): files[paste.path] = paste.lines.map { $0 + "\n" }.joined() + (files[paste.path] ?? "")
        }
        look()
    }

    private mutating func ran(_ command: SetupCommand) {
        switch command.arguments[0] {
        case "setup-users": facts.isPrepared = true
        case "createdb": facts.postgres?.hasDatabase = true
        case "hookledger": facts.postgres?.isMigrated = true
        case "cron": facts.cron = .runs
        case "openssl": facts.hasCertificate = true
        case "hookledger-batch": facts.hasRun = true
        case "spawn-fcgi": facts.idlePools.removeAll { command.arguments.contains($0.socket) }
        case "systemctl" where command.arguments.contains("enable"): facts.idleUnits = []
        default: break
        }
    }

    private mutating func look() {
        facts.secrets = .init(Self.secrets, files[Self.secrets])
        facts.postgres?.access = .init(Self.access, files[Self.access])
        facts.postgres?.ident = .init(Self.ident, files[Self.ident])
        facts.nginx.main = .init(Self.main, files[Self.main])
        facts.nginx.site = .init(Self.site, files[Self.site])
        facts.nginx.isLinked = links.contains(Self.link)
    }

    /// Does the steps of a plan, the first ones only if a number is given.
    mutating func apply(_ plan: SetupPlan, first count: Int = .max) {
        for step in plan.stages.flatMap(\.steps).prefix(count) { apply(step) }
    }
}
