import Ledger
import LocalStack
import Platform
import Postgres
import Settings
import Setup

/// This host, as `hookledger setup` finds it.
struct SetupHost {
    let settings: Settings
    /// The folder that has `nginx/` and `sql/`.
    let share: String
    /// nil for a server on another host.
    let administrator: PostgresAdministrator?
    /// The name of the database.
    let database: String
    let facts: HostFacts
    /// The server's process; nil for one on another host.
    let postgres: Int32?
    /// The certificate of the site.
    let certificate: SiteCertificate

    /// The program that makes users, folders and keys.
    static let prepare = "/usr/libexec/hookledger/setup-users"
    /// A certificate for trying out.
    static let selfSigned = SiteCertificate(
        file: "/etc/hookledger/self-signed.pem", key: "/etc/hookledger/self-signed.key")

    static var hasSystemd: Bool { Files.exists("/run/systemd/system") }

    /// - Throws: `StackError` when something is missing on this host.
    init(_ settings: Settings, certificate: SiteCertificate) throws {
        self.settings = settings
        self.certificate = certificate
        share = try Executable.share(of: Executable.current())
        guard Files.exists(Self.prepare) else {
            throw StackError(.missing, "\(Self.prepare) is missing: install the package first (or `make install`)")
        }
        let conninfo = settings.database.connection(for: .owner)
        let parts = try ConninfoParts(conninfo.conninfo)
        guard let name = parts.database else {
            throw StackError(.failed, "`database:` in \(settings.file ?? "the configuration") names no dbname=")
        }
        database = name
        administrator = parts.socketFolder.map {
            PostgresAdministrator(socketFolder: $0, port: parts.port, database: name)
        }
        let migrations = try SchemaFiles(folder: share + "/sql").migrations.count
        let server: (facts: HostFacts.Postgres, process: Int32, hasRun: Bool)?
        do {
            server = try administrator?.facts(migrations: migrations)
        } catch let refused as PostgresAdministrator.Refused {
            throw StackError(
                .missing,
                "postgres cannot log in: \(refused). Does Postgres run (apt-get install postgresql; pg_lsclusters), and has "
                    + "pg_hba.conf the line \"local all postgres peer\"?")
        }
        postgres = server?.process
        let etc = Files.parent(settings.file ?? "/etc/hookledger/hookledger.yaml")
        let secrets = etc + "/hookledger.env"
        facts = HostFacts(
            secrets: .init(secrets, Files.exists(secrets) ? try Files.readText(secrets) : nil),
            isPrepared: ServiceUser.allCases.allSatisfy { Account.exists($0.rawValue) }
                && settings.keys.paths.allSatisfy { Files.exists($0.path) }
                && Files.exists(settings.batch.generationFile),
            postgres: server?.facts, nginx: try NginxHost.facts(),
            hasCertificate: Files.exists(certificate.file) && Files.exists(certificate.key),
            hasSystemd: Self.hasSystemd,
            idlePools: Pool.allCases.filter { !Self.answers($0.socket) },
            idleUnits: Self.hasSystemd
                ? (Pool.allCases.map(\.socketUnit) + [SetupPlan.watchUnit]).filter(Self.isIdle) : [],
            cron: Self.cron, hasRun: server?.hasRun ?? true)
    }

    private static var cron: HostFacts.Cron {
        guard Files.exists(SetupPlan.cronFile) else { return .missing }
        let units = ["cron.service", "crond.service", "cron.target"]
        if hasSystemd, units.contains(where: { question("is-active", $0) }) { return .runs }
        let runs = ((try? Files.list("/proc")) ?? []).contains { id in
            Int32(id) != nil && ["cron\n", "crond\n"].contains((try? Files.readText("/proc/\(id)/comm")) ?? "")
        }
        if runs { return .runs }
        guard Files.exists("/usr/sbin/cron") else { return .missing }
        return .idle(hasSystemd ? ["systemctl", "enable", "--now", "cron"] : ["cron"])
    }

    private static func question(_ question: String, _ unit: String) -> Bool {
        (try? ChildProcess.run(ChildCommand(["systemctl", "--quiet", question, unit])).succeeded) == true
    }

    private static func answers(_ socket: String) -> Bool {
        do throws(SystemCallError) {
            try UnixSocket.probe(socket)
            return true
        } catch {
            return false
        }
    }

    private static func isIdle(_ unit: String) -> Bool {
        !question("is-enabled", unit) || !question("is-active", unit)
    }
}
