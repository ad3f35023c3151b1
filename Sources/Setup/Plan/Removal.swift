extension SetupPlan {
    /// What only a purge removes.
    public struct Purge: Sendable, Equatable {
        /// The commands that remove the database and its roles.
        public var database: [SetupCommand]
        /// Keys, spool, secrets.
        public var paths: [String]

        /// A purge of these.
        public init(database: [SetupCommand], paths: [String]) { (self.database, self.paths) = (database, paths) }
    }

    /// The plan that removes what a setup made. Database, roles, keys, secrets and spool stay, unless they are purged.
    ///
    /// - Parameters:
    ///   - shippedSite: the site file as it was installed.
    ///   - certificate: the files of a certificate that a setup made, as far as they are there.
    ///   - running: without systemd: the process ids of the pools.
    /// - Throws: ``SetupProblem`` when the host must be changed by a person first.
    public static func removal(
        _ facts: HostFacts, shippedSite: String, certificate: [String], running: [Int32], purge: Purge?
    ) throws(SetupProblem) -> SetupPlan {
        // No check is about the certificate, so that no copy of its key is made.
        var stages = [
            services(facts, running), try nginx(facts, shippedSite),
            SetupStage("The certificate for trying out", certificate.map { .remove(path: $0) }),
        ]
        if let postgres = facts.postgres { stages.append(try access(postgres)) }
        if let purge {
            let database = facts.postgres?.hasDatabase == true ? purge.database.map(SetupStep.run) : []
            stages.append(
                SetupStage(
                    "The database, its roles, keys, secrets and spooled deliveries",
                    database + purge.paths.map { .remove(path: $0) }))
        }
        return SetupPlan(all: stages)
    }

    private static func services(_ facts: HostFacts, _ running: [Int32]) -> SetupStage {
        let units = (Pool.allCases.flatMap { [$0.socketUnit, $0.serviceUnit] } + [SetupPlan.watchUnit])
        let steps: [SetupStep] =
            facts.hasSystemd
            ? [.run(SetupCommand(["systemctl", "disable", "--now"] + units))]
            : running.map { .run(SetupCommand(["sh", "-c", "kill -TERM \($0)"])) }
                + (running.isEmpty
                    ? [] : Pool.allCases.flatMap { [.remove(path: $0.socket), .remove(path: $0.pidFile)] })
        return SetupStage("Services", steps)
    }

    private static func nginx(_ facts: HostFacts, _ shipped: String) throws(SetupProblem) -> SetupStage {
        let nginx = facts.nginx
        var steps: [SetupStep] = []
        if let link = nginx.link {
            if nginx.isLinked { steps.append(.remove(path: link)) }
            if let site = nginx.site.text, site != shipped {
                steps.append(.change(FileChange(nginx.site.path, site, shipped, isOurs: true)))
            }
        } else if nginx.site.text != nil {
            steps.append(.remove(path: nginx.site.path))
        }
        if let main = nginx.main.text {
            let restored = try MarkedText(main).withoutBlocks(of: nginx.main.path).text
            if restored != main {
                steps.append(.change(FileChange(nginx.main.path, main, restored, isOurs: false)))
            }
        }
        return SetupStage("nginx: the site", steps, check: .nginx)
    }

    private static func access(_ postgres: HostFacts.Postgres) throws(SetupProblem) -> SetupStage {
        var steps: [SetupStep] = []
        for file in [postgres.access, postgres.ident] {
            guard let text = file.text else { continue }
            let restored = try MarkedText(text).withoutBlocks(of: file.path).text
            if restored != text { steps.append(.change(FileChange(file.path, text, restored, isOurs: false))) }
        }
        return SetupStage("Postgres: who may log in", steps, check: .postgres)
    }
}
