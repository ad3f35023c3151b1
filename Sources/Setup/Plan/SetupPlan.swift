/// What `hookledger setup` changes on a host: a value made of facts and wishes, which is shown, and then done.
///
/// A plan leaves out what is done already. So after a run that ended in the middle, a new plan has the rest, and the plan
/// of a host that is set up is empty.
public struct SetupPlan: Sendable, Equatable {
    /// In this order; none is empty.
    public let stages: [SetupStage]

    /// The plan for a host.
    /// - Throws: ``SetupProblem`` when the host must be changed by a person first.
    public init(_ facts: HostFacts, _ wishes: SetupWishes) throws(SetupProblem) {
        let all = [
            Self.secrets(facts, wishes), Self.database(facts, wishes), try Self.access(facts, wishes),
            try Self.nginx(facts, wishes), Self.services(facts), Self.firstRun(facts, wishes),
        ]
        stages = all.filter { !$0.steps.isEmpty }
    }

    /// A plan of those stages that have steps.
    init(all stages: [SetupStage]) { self.stages = stages.filter { !$0.steps.isEmpty } }

    /// The unit that looks every minute whether everything runs.
    public static let watchUnit = "hookledger-watch.timer"

    /// The files that are not ours.
    public var foreign: [FileChange] { changes.filter { !$0.isOurs } }

    /// Every file that changes.
    public var changes: [FileChange] {
        stages.flatMap(\.steps).compactMap { if case .change(let change) = $0 { change } else { nil } }
    }

    /// The plan in which a person writes into that file.
    public func leaving(_ path: String) -> SetupPlan {
        SetupPlan(
            all: stages.map { stage in
                SetupStage(
                    stage.title,
                    stage.steps.map { step in
                        guard case .change(let change) = step, change.path == path else { return step }
                        return .paste(Paste(path: path, reason: "you said no", lines: change.lines))
                    }, check: stage.check)
            })
    }

    private static func secrets(_ facts: HostFacts, _ wishes: SetupWishes) -> SetupStage {
        let before = facts.secrets.text
        let after = wishes.secrets.set(in: before ?? "")
        var steps: [SetupStep] = []
        if after != before ?? "" {
            steps.append(.change(FileChange(facts.secrets.path, before, after, isOurs: true, hasSecrets: true)))
        }
        // It also sets owner and mode of the file.
        if !steps.isEmpty || !facts.isPrepared { steps.append(.run(wishes.prepare)) }
        return SetupStage("Users, folders, keys, secrets", steps)
    }

    private static func database(_ facts: HostFacts, _ wishes: SetupWishes) -> SetupStage {
        guard let postgres = facts.postgres else {
            return SetupStage("The database", wishes.remote.map { [.paste($0)] } ?? [])
        }
        var steps: [SetupStep] = []
        if !postgres.hasDatabase { steps.append(.run(wishes.create)) }
        if !postgres.hasDatabase || !postgres.isMigrated { steps.append(.run(wishes.migrate)) }
        return SetupStage("The database", steps)
    }

    private static func access(_ facts: HostFacts, _ wishes: SetupWishes) throws(SetupProblem) -> SetupStage {
        guard let postgres = facts.postgres else { return SetupStage("", []) }
        let (ident, access) = (postgres.ident, postgres.access)
        let steps = [
            rules(
                ident, try wishes.access.ident(ident.text ?? "", path: ident.path), wishes.access.identLines,
                postgres.manager),
            rules(
                access, try wishes.access.access(access.text ?? "", path: access.path), [wishes.access.accessLine],
                postgres.manager),
        ].compactMap(\.self)
        return SetupStage("Postgres: who may log in", steps, check: .postgres)
    }

    /// The change of a file of rules; nil if it has ours.
    private static func rules(
        _ file: HostFacts.TextFile, _ after: String, _ lines: [String], _ manager: String?
    ) -> SetupStep? {
        if after == file.text { return nil }
        if let manager = manager ?? ManagedFile.manager(of: file.text ?? "") {
            let reason =
                "\(manager) manages the file: write these lines there, above the other lines, and reload Postgres"
            return .paste(Paste(path: file.path, reason: reason, lines: lines))
        }
        return .change(FileChange(file.path, file.text, after, isOurs: false, lines: lines))
    }

    private static func nginx(_ facts: HostFacts, _ wishes: SetupWishes) throws(SetupProblem) -> SetupStage {
        let nginx = facts.nginx
        var steps: [SetupStep] = facts.hasCertificate ? [] : wishes.certificate.map { .run($0) }
        if nginx.site.text != wishes.site {
            steps.append(.change(FileChange(nginx.site.path, nginx.site.text, wishes.site, isOurs: true)))
        }
        if let main = nginx.main.text {
            let raised = try NginxMain.raised(main, path: nginx.main.path)
            if raised != main {
                let lines = [NginxMain.openFilesLine, "events { \(NginxMain.connectionsLine) }"]
                steps.append(.change(FileChange(nginx.main.path, main, raised, isOurs: false, lines: lines)))
            }
        }
        if let link = nginx.link, !nginx.isLinked { steps.append(.link(path: link, target: nginx.site.path)) }
        // A stage with a check also starts the program.
        let isIdle = steps.isEmpty && !nginx.isRunning
        if isIdle { steps.append(.run(SetupCommand(["nginx", "-t"]))) }
        return SetupStage("nginx: the site", steps, check: .nginx)
    }

    private static func services(_ facts: HostFacts) -> SetupStage {
        var steps: [SetupStep] = []
        if facts.hasSystemd, !facts.idleUnits.isEmpty {
            steps.append(.run(SetupCommand(["systemctl", "daemon-reload"])))
            steps.append(.run(SetupCommand(["systemctl", "enable", "--now"] + facts.idleUnits)))
        } else if !facts.hasSystemd {
            steps += facts.idlePools.map { .run(SetupCommand($0.spawn(["-P", $0.pidFile]))) }
        }
        switch facts.cron {
        case .runs: break
        case .idle(let command): steps.append(.run(SetupCommand(command)))
        case .missing:
            steps.append(
                .paste(
                    Paste(
                        path: cronFile,
                        reason: "no cron runs here, or it has no such file: install both, or start this "
                            + "command every minute as hookledger-batch",
                        lines: ["/usr/bin/hookledger-batch --config /etc/hookledger/hookledger.yaml --for 65s"])))
        }
        let hint = facts.hasSystemd || facts.idlePools.isEmpty ? "" : " (they end with this host: there is no systemd)"
        return SetupStage("Services" + hint, steps)
    }

    /// The lines of cron that ship.
    public static let cronFile = "/etc/cron.d/hookledger"

    private static func firstRun(_ facts: HostFacts, _ wishes: SetupWishes) -> SetupStage {
        // Postgres reads its new rules within a second.
        SetupStage("The first run of the batch processor", facts.hasRun ? [] : [.run(wishes.firstRun)])
    }
}
