import ArgumentParser
import JSON
import LocalStack
import Platform
import Settings
import Setup
import Webhooks

/// `hookledger doctor`
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check everything that a receiver needs, and give advice on each problem.",
        discussion: """
            Configuration, secrets and keys, Postgres (version, logins of every role, migrations, rights, clock, partitions), \
            the responder's sockets, the way through nginx, the certificate, libfcgi, the spool, the batch processor, \
            the collector of telemetry, dead letters and the service levels. Nothing is changed. Run it as root or as \
            the programs' user: other users cannot read the same files.

            Exit codes: 0 all is well, warnings aside; 1 something does not work; 78 configuration error.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "The server's URL (default: $HOOKLEDGER_URL), to check its health and certificate.")
    var url: String?

    @Option(help: "A socket that the responder listens on; may be repeated (default: those in /run/hookledger).")
    var socket: [String] = []

    @Option(help: "nginx's site file, for the certificates that it names (default: the installed one).")
    var site: String?

    @Option(help: ArgumentHelp("Only the login of this role, as this user.", visibility: .hidden))
    var loginOnly: String?

    @Flag(help: ArgumentHelp("Only what concerns the database: for the cells of a router.", visibility: .hidden))
    var databaseOnly = false

    @Flag(help: "Show only what does not work: for cron, which mails what is shown.")
    var quiet = false

    @Flag(help: "One JSON object a line.")
    var json = false

    /// Debian's place, else that of nginx's own packages.
    static let sitePlaces = ["/etc/nginx/sites-enabled/hookledger", "/etc/nginx/conf.d/hookledger.conf"]

    private static var installedSite: String { sitePlaces.first(where: Files.exists) ?? sitePlaces[0] }

    private static let systemSockets = Pool.allCases.map(\.socket)

    func run() throws {
        try reportingErrors {
            let (settings, mistakes) = try read()
            if let role = loginOnly.flatMap(DatabaseSettings.Role.init(rawValue:)) {
                let found =
                    settings.map { LoginDoctor(settings: $0, config: database.config).own(role) }
                    ?? mistakes.first.map(ConfigurationDoctor.finding) ?? Self.noDatabase
                return Console.say(found.object.text)
            }
            let sql = try? Executable.share(of: Executable.current()) + "/sql"
            let server = (url ?? Environment.value(of: "HOOKLEDGER_URL")).flatMap { $0.isEmpty ? nil : $0 }
            // With a URL the way through nginx shows whether they answer.
            let sockets = socket.isEmpty && server == nil ? Self.systemSockets : socket
            let services = ServiceDoctor(
                url: server.map(Self.withoutSlash), sockets: sockets, site: site ?? Self.installedSite)
            let isRouter = settings?.database.cells.isEmpty == false
            let ofHost: [() -> [Finding]] = [
                {
                    settings.map { ConfigurationDoctor(settings: $0).findings() }
                        ?? mistakes.map(ConfigurationDoctor.finding)
                }, services.findings, { settings.map { TelemetryDoctor(settings: $0).collector } ?? [] },
            ]
            let ofDatabase: () -> [Finding] = {
                guard let settings else { return [Self.noDatabase] }
                return isRouter
                    ? RouterDoctor(settings: settings, sql: sql).findings()
                    : DatabaseDoctor(settings: settings, sql: sql, config: database.config).findings()
            }
            let groups = databaseOnly ? [ofDatabase] : [ofHost[0], ofDatabase] + ofHost.dropFirst()
            var failed = 0
            for findings in groups {
                for finding in findings() where !quiet || finding.grade == .failed {
                    Console.say(json ? finding.object.text : finding.text)
                    if finding.grade == .failed { failed += 1 }
                }
            }
            if settings == nil { throw ExitCode(.configuration) }
            if isRouter, let cells = settings?.database.cells.map(\.name) {
                let words = Array(CommandLine.arguments.dropFirst()) + ["--database-only"]
                if try CellRun(cells: cells, config: database.config).perform(words) != 0 { failed += 1 }
            }
            if failed > 0 { throw ExitCode.failure }
        }
    }

    /// The settings, or why there are none: checks without settings still run.
    private func read() throws -> (Settings?, [SettingsProblem]) {
        do throws(SettingsErrors) {
            return (try database.read(for: ServiceUser.own?.reader ?? .person), [])
        } catch {
            return (nil, error.errors)
        }
    }

    private static let noDatabase = Finding(
        "postgres", .skipped, "not checked: its place is in the configuration, which is unusable")

    private static func withoutSlash(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
}
