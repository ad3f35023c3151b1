public import Webhooks

extension Settings {
    /// Reads and checks the whole configuration.
    ///
    /// The file takes precedence; missing values come from the environment (the guides' names): first from the process,
    /// then from `hookledger.env` or `.env` beside the file. Secrets of actions are looked for in
    /// `hookledger-outbound.env` first.
    /// - Parameters:
    ///   - path: the file; nil for `$HOOKLEDGER_CONFIG`, else `hookledger.yaml` in `/etc/hookledger`, and before that
    ///     here when the process has `NODE_ENV=development`. None of the last two need exist.
    ///   - reader: who reads: secrets it must not have are neither opened nor reported missing.
    ///   - input: the environment and the files.
    ///   - kinds: the kinds of actions that there are.
    ///   - now: the present, by which secrets have expired or not.
    /// - Returns: the settings, with faults, warnings and notices in `problems`.
    /// - Throws: every error at once.
    public static func load(
        path: String? = nil, for reader: Reader = .person, from input: SettingsInput, kinds: [ActionKind],
        now: Timestamp
    ) throws(SettingsErrors) -> Settings {
        let location = ConfigurationFile.find(path, input)
        let problems = ProblemList(file: location.path)
        guard let root = location.read(input, problems) else { throw SettingsErrors(problems: problems.sorted) }
        location.reportPassedOver(input, problems)
        let variables = Variables(input, directories: location.directories, reader: reader, problems: problems)
        UnusedVariables.report(variables, problems: problems)
        let secrets = SecretReader(
            input: input, variables: variables,
            outbound: variables.withOutbound(
                input, directories: location.directories, reader: reader, problems: problems),
            reader: reader, directory: location.directory, problems: problems)
        let record = ConfigurationRecord(file: root, variables: variables.written(showing: Flags.ofGuides.map(\.0)))
        let settings = Section(root, path: "", keys: FileKeys.section.names, problems: problems)
            .flatMap { assemble($0, location, secrets, ActionKinds(kinds), record, now: now) }
        guard let settings, !problems.hasErrors else { throw SettingsErrors(problems: problems.sorted) }
        return settings
    }

    /// - Returns: nil when there is no way to reach the database; other errors are in the list.
    private static func assemble(
        _ root: Section, _ location: ConfigurationFile, _ secrets: SecretReader, _ kinds: ActionKinds,
        _ record: ConfigurationRecord, now: Timestamp
    ) -> Settings? {
        let (problems, variables) = (root.problems, secrets.variables)
        let environment = DeploymentEnvironment.read(root, variables)
        let database = DatabaseReader(secrets: secrets, problems: problems).readOfCell(root)
        let sources = SourceReader(
            secrets: secrets.ofSources, problems: problems, now: now, hasSpool: root.has("spool"),
            environment: environment
        ).read(root)
        // Sources are known by their written names, so that a mistake in one is not reported again.
        let names = sources.map(\.name) + (root["sources"]?.mapping?.map(\.key) ?? [])
        let builtIn = BuiltIn(kinds, for: sources)
        let standing = builtIn.actions(
            ActionReader(
                secrets: secrets.ofActions, problems: problems, kinds: kinds, sources: names,
                apps: Set(sources.filter { $0.app != nil }.flatMap(\.providers))
            ).read(root))
        let telemetry = TelemetrySettings.read(root, secrets.ofActions)
        secrets.use.check(environment, problems)
        let flags = Flags.read(root, variables)
        let written = RuleReader(root, sources: sources, flags: flags, kinds: kinds).read(root)
        let (actions, rules) = Compliance(kinds, sources: sources, location: location, environment: environment)
            .add(to: standing, builtIn.rules(written))
        ReconcileCheck(root: root, problems: problems).check(sources, actions, rules)
        let spool = Spool.read(root, sources, directory: location.directory)
        let api = APISettings.read(root, variables, environment: environment)
        let (addressGuard, log) = (AddressGuardSettings.read(root), LogSettings.read(root, location))
        let retention = RetentionSettings.read(root)
        let alerts = AlertSettings.read(root, sources: names, actions: actions)
        // A mistake there must not keep the programs from starting.
        _ = problems.ofOnePart { LastResort.check(root, secrets.ofActions) }
        guard let database else { return nil }
        let paths = sources.enumerated().flatMap { index, source in source.paths.map { ($0, index) } }
        return Settings(
            file: location.exists ? location.path : nil, environment: environment, database: database,
            sources: sources, kinds: kinds.all, actions: actions, rules: rules, flags: flags, api: api, spool: spool,
            keys: KeySettings.read(root, location, secrets.input), addressGuard: addressGuard, log: log,
            responder: ResponderSettings.read(root), batch: BatchSettings.read(root, location, cell: database.cellName),
            alerts: alerts,
            holds: HoldSettings.read(root), drift: DriftSettings.read(root), telemetry: telemetry, retention: retention,
            problems: problems.sorted,
            revision: ConfigurationRevision(record), credentialNames: secrets.use.credentials,
            sourcesByPath: Dictionary(paths, uniquingKeysWith: { first, _ in first }),
            actionsByName: Dictionary(
                actions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first }))
    }
}
