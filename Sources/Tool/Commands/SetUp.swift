import ArgumentParser
import JSON
import LocalStack
import Platform
import Providers
import Settings
import Setup
import Webhooks

/// `hookledger setup`
struct SetUp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "Set up this host: users, database, logins, nginx, services.",
        discussion: """
            Run it as root on a host with nginx and Postgres, after the package was installed. It shows every change \
            first, asks for each file that is not Hookledger's, keeps a copy in /var/backups/hookledger-setup, and \
            writes only between its own marks. Postgres and nginx check their files before they read them again; \
            neither is restarted, and what they refuse is undone. A run that ended in the middle can be repeated.

            Signing secrets are read from variables such as TIKTOK_APP_SECRET (env.example names them) or asked for \
            without being shown. At the end the doctor looks at the host, and a signed sample goes through TLS.

              hookledger setup --domain hooks.example.com \\
                --provider tiktok_shop --dry-run

            --uninstall removes what it made. Database, roles, keys, secrets and spooled deliveries stay; --purge \
            removes them, too, and asks for the name of the database.

            Exit codes: 0 the host is set up, 1 something is left for a person or does not work, 64 wrong usage, 69 \
            something is missing, 70 a step failed and was undone, 78 configuration error.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "The host name that providers deliver to.")
    var domain: String?

    @Option(help: "The certificate, a PEM file (default: certbot's path for the name).")
    var certificate: String?

    @Option(help: "Its key.")
    var certificateKey: String?

    @Flag(help: "Make a self-signed certificate, for trying out: no provider trusts it.")
    var selfSigned = false

    @Option(name: .customLong("provider"), help: "A provider that delivers here, such as tiktok_shop; may be repeated.")
    var providers: [String] = []

    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Change the files that are not Hookledger's without asking.")
    var yes = false

    @Flag(help: "Send the signed sample even if nothing changed, or rules act on it.")
    var canary = false

    @Flag(help: "Remove what setup made.")
    var uninstall = false

    @Flag(help: "With --uninstall: also remove the database, its roles, keys, secrets and spooled deliveries.")
    var purge = false

    @Option(help: "With --purge: the name of the database, in place of the question.")
    var confirm: String?

    @Flag(help: "With --dry-run: one JSON object for each group of changes.")
    var json = false

    func validate() throws {
        guard (certificate == nil) == (certificateKey == nil) else {
            throw ValidationError("--certificate and --certificate-key must be given together")
        }
        if selfSigned, certificate != nil {
            throw ValidationError("--self-signed cannot be combined with --certificate")
        }
        if purge, !uninstall { throw ValidationError("--purge needs --uninstall") }
        if confirm != nil, !purge { throw ValidationError("--confirm needs --purge") }
        if json, !dryRun { throw ValidationError("--json needs --dry-run") }
    }

    func run() throws {
        try reportingErrors {
            guard Account.isRoot else { throw StackError(.missing, "run this as root: sudo hookledger setup …") }
            // What an administrator has, also behind `su`.
            try Environment.set("PATH", to: (Environment.value(of: "PATH") ?? "") + ":/usr/sbin:/sbin:/usr/bin:/bin")
            let settings = try database.settings()
            if !dryRun, try StageJournal.recover() {
                Console.say("An earlier run ended before its files were checked: they are as they were before it.")
            }
            if uninstall { return try remove(settings) }
            try setUp(settings)
        }
    }

    private func setUp(_ settings: Settings) throws {
        let site = try? Files.readText(NginxHost.site)
        let questions = SetupQuestions(domain: domain, providers: providers)
        let name = try questions.domain(of: site)
        let host = try SetupHost(settings, certificate: chosen(name, site))
        guard host.facts.hasCertificate || host.isSelfSigned else {
            throw StackError(
                .missing,
                "there is no certificate \(host.certificate.file): get one (certbot certonly --webroot -w /var/www/html -d "
                    + "\(name)), name one with --certificate, or try things out with --self-signed")
        }
        let configuration = try settings.file.map { try Files.readText($0) } ?? ""
        let secrets = try questions.secrets(
            configuration: configuration, existing: host.existingSecrets)
        let plan = try SetupPlan(host.facts, host.wishes(secrets, name))
        show(plan)
        if dryRun { return }
        let confirmed = try questions.confirm(plan, isYes: yes)
        try perform(confirmed, host)
        // A second run has nothing to prove, and would leave one more sample in the ledger.
        try accept(host, name, sends: canary || !confirmed.stages.isEmpty)
    }

    /// The certificate that was asked for, else the one in use, else certbot's.
    private func chosen(_ name: String, _ site: String?) -> SiteCertificate {
        if let certificate, let certificateKey { return SiteCertificate(file: certificate, key: certificateKey) }
        if selfSigned { return SetupHost.selfSigned }
        return SetupQuestions.certificate(of: site, for: name) ?? SiteCertificate(ofCertbot: name)
    }

    private func show(_ plan: SetupPlan) {
        if json { return plan.stages.forEach { Console.say($0.object.text) } }
        if plan.stages.isEmpty { return Console.say("Nothing to change.") }
        for stage in plan.stages {
            Console.say("\n\(stage.title)")
            for step in stage.steps { step.shown.forEach { Console.say("  \($0)") } }
        }
    }

    private func perform(_ plan: SetupPlan, _ host: SetupHost) throws {
        if !plan.stages.isEmpty { Console.say("\n— Now it is done —") }
        let performer = host.performer(at: SystemClock.now)
        var isIncomplete = false
        for stage in plan.stages {
            if isIncomplete, stage == plan.stages.last { break }
            isIncomplete = try performer.perform(stage) || isIncomplete
        }
        if Files.exists(performer.copies) { Console.say("\nCopies of the files as they were: \(performer.copies)") }
        guard !isIncomplete else {
            Console.say("Write the lines above, then run `hookledger setup` again: it does the rest.")
            throw ExitCode(.no)
        }
    }

    private func accept(_ host: SetupHost, _ name: String, sends: Bool) throws {
        if host.isSelfSigned { try Environment.set("HOOKLEDGER_CA", to: host.certificate.file) }
        let acceptance = SetupAcceptance(url: "https://\(name)", config: database.config)
        let settings = try database.settings()
        let isWell = try acceptance.doctor()
        guard isWell, try !sends || acceptance.canary(settings, evenWithRules: canary) else {
            Console.say("\nNot all is well yet: follow the advice above, then run `hookledger setup` again.")
            throw ExitCode(.no)
        }
        let links = ServerLinks(acceptance.url)
        Console.say("\nThis host is set up. Inspector: \(links.inspector) (hookledger token create makes a token)")
        for source in settings.sources {
            for path in source.paths { Console.say("  \(source.name) delivers to \(acceptance.url)\(path)") }
        }
    }

    private func remove(_ settings: Settings) throws {
        let site = try? Files.readText(NginxHost.site)
        let host = try SetupHost(settings, certificate: chosen("", site))
        let plan = try host.removal(purges: purge)
        show(plan)
        if dryRun || plan.stages.isEmpty { return }
        if purge { try demandName(host.database) }
        let confirmed = try SetupQuestions(domain: nil, providers: []).confirm(plan, isYes: yes || purge)
        let performer = host.performer(at: SystemClock.now)
        for stage in confirmed.stages { _ = try performer.perform(stage) }
        Console.say(
            "\nRemoved. "
                + (purge
                    ? "The programs are still installed: apt-get purge hookledger removes them."
                    : "The database \(host.database), its roles, keys, secrets and spooled deliveries stay; "
                        + "apt-get remove hookledger removes the programs."))
    }

    private func demandName(_ name: String) throws {
        let answer: String
        if let confirm {
            answer = confirm
        } else {
            StandardError.write("This deletes all webhooks and orders in it. The name of the database: ")
            answer = readLine() ?? ""
        }
        guard answer == name else {
            throw ValidationError("that is not the name of the database: nothing was removed")
        }
    }
}
