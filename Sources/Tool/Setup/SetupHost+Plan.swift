import JSON
import LocalStack
import Platform
import Settings
import Setup
import Webhooks

extension SetupHost {
    /// Whether the certificate is one for trying out.
    var isSelfSigned: Bool { certificate.file == Self.selfSigned.file }

    /// The text of hookledger.env.
    var existingSecrets: String { (try? Files.readText(secretsFile)) ?? "" }

    private var etc: String { Files.parent(settings.file ?? "/etc/hookledger/hookledger.yaml") }
    private var secretsFile: String { etc + "/hookledger.env" }

    /// The system users that log in, each as its own role. The operator is root; reports are for whom a person adds.
    static let logins: [(user: String, role: DatabaseSettings.Role)] =
        ServiceUser.allCases.map { ($0.rawValue, $0.role) } + [("root", .operator)]

    /// The lines of access rules for a database.
    static func access(_ database: String) -> DatabaseAccess {
        DatabaseAccess(
            database: database, logins: logins.map { .init(user: $0.user, role: $0.role.loginName) },
            others: [DatabaseSettings.Role.reader.loginName])
    }

    func wishes(_ secrets: SecretLines, _ name: String) throws -> SetupWishes {
        let tool = try Executable.current()
        let site = try SiteConfiguration(
            share: share, settings: settings, serverName: name, certificate: certificate,
            version: NginxVersion.installed ?? .oldest
        ).text()
        let server = administrator.map { ["-h", $0.socketFolder, "-p", $0.port] } ?? []
        let create = ["createdb", "--encoding=UTF8", "--template=template0"] + server + [database]
        let conninfo =
            administrator.map { "host=\($0.socketFolder) port=\($0.port) dbname=\(database)" } ?? "dbname=\(database)"
        let migrate = [tool, "migrate", "--database", conninfo, "--hosts", "1"]
        let run = [Files.parent(tool) + "/hookledger-batch", "--config", settings.file ?? "", "--once"]
        return SetupWishes(
            secrets: secrets, access: Self.access(database),
            create: SetupCommand(create, user: PostgresAdministrator.user),
            migrate: SetupCommand(migrate, user: PostgresAdministrator.user), remote: remote(create, migrate),
            site: NginxHost.hasOtherDefault ? NginxSite.withoutDefaultServer(site) : site,
            certificate: isSelfSigned
                ? [
                    SetupCommand(
                        Certificate.command(names: ["DNS:\(name)"], file: certificate.file, key: certificate.key))
                ]
                : [], prepare: SetupCommand([Self.prepare]),
            firstRun: SetupCommand(run, user: ServiceUser.batch.rawValue, patience: 5))
    }

    /// What the administrator of a server on another host does there.
    private func remote(_ create: [String], _ migrate: [String]) -> Paste? {
        guard administrator == nil else { return nil }
        return Paste(
            path: "\(settings.database.connection(for: .owner))",
            reason: "Postgres is on another host: type this there, once, and give the roles passwords "
                + "(docs/install.md, Postgres roles)",
            lines: [
                SetupCommand(create, user: PostgresAdministrator.user).text,
                SetupCommand(["hookledger"] + migrate.dropFirst(), user: PostgresAdministrator.user).text,
            ])
    }

    /// The plan that removes what a setup made.
    func removal(purges: Bool) throws -> SetupPlan {
        let shipped = try Files.readText(share + "/nginx/hookledger.conf")
        let own = [Self.selfSigned.file, Self.selfSigned.key].filter(Files.exists)
        let running =
            try facts.hasSystemd
            ? []
            : Pool.allCases.flatMap { pool in
                Files.exists(pool.pidFile) ? try ProgramProcess.ids(inFile: pool.pidFile) : []
            }.filter { ProgramProcess($0) != nil }
        return try SetupPlan.removal(
            facts, shippedSite: shipped, certificate: own, running: running, purge: purges ? purge : nil)
    }

    private var purge: SetupPlan.Purge {
        let roles = DatabaseSettings.Role.allCases.map(\.loginName)
        let server = administrator.map { ["-h", $0.socketFolder, "-p", $0.port] } ?? []
        let drop = ["dropdb", "--force"] + server + [database]
        let psql =
            ["psql", "-Xqw", "-v", "ON_ERROR_STOP=1"] + server + ["-d", "postgres", "-c", SetupSQL.dropRoles(roles)]
        return SetupPlan.Purge(
            database: [drop, psql].map { SetupCommand($0, user: PostgresAdministrator.user) },
            paths: settings.keys.paths.map(\.path)
                + [settings.spool, secretsFile, etc + "/hookledger-outbound.env", settings.batch.generationFile]
                .compactMap(\.self))
    }

    /// What does the steps.
    /// - Parameter now: names the folder of copies.
    func performer(at now: Timestamp) -> SetupPerformer {
        let stamp = now.rfc3339.prefix(19).filter { $0.isNumber || $0 == "T" }
        return SetupPerformer(
            administrator: administrator, postgres: postgres, hasSystemd: facts.hasSystemd,
            copies: "\(StageJournal.folder)/\(stamp)Z")
    }
}

extension SetupStage {
    /// For programs.
    var object: JSONValue {
        ["stage": .string(title), "check": .string(check.rawValue), "steps": .array(steps.map(\.object))]
    }
}

extension SetupStep {
    /// For people, before it is done.
    var shown: [String] {
        switch self {
        case .change(let change): change.diff
        case .link(let path, let target): ["link \(path) → \(target)"]
        case .remove(let path): ["remove \(path)"]
        case .run(let command): ["$ \(command.text)"]
        case .paste(let paste): ["\(paste.path): \(paste.reason)"] + paste.lines.map { "    \($0)" }
        }
    }

    /// For programs.
    var object: JSONValue {
        switch self {
        case .change(let change):
            [
                "change": .string(change.path), "ours": .bool(change.isOurs),
                "diff": .array(change.diff.map { .string($0) }),
            ]
        case .link(let path, let target): ["link": .string(path), "to": .string(target)]
        case .remove(let path): ["remove": .string(path)]
        case .run(let command): ["run": .string(command.text)]
        case .paste(let paste):
            [
                "paste": .string(paste.path), "reason": .string(paste.reason),
                "lines": .array(paste.lines.map { .string($0) }),
            ]
        }
    }
}
