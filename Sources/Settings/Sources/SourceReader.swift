import Providers
import Verification
import Webhooks

/// Reads `sources:`.
struct SourceReader {
    let secrets: SecretReader
    let problems: ProblemList
    let now: Timestamp
    /// Whether the configuration names a folder for the spool.
    let hasSpool: Bool
    let environment: DeploymentEnvironment

    func read(_ root: Section) -> [SourceSettings] {
        guard let section = Section(sourcesNode(root), path: "sources", keys: nil, problems: problems) else {
            return []
        }
        var owners: [String: String] = [:]
        let sources = section.all.compactMap { entry -> SourceSettings? in
            // One with a bad name is read as well, so that its other mistakes are reported, too.
            let isNamed = Names.check(entry, of: "source", problems)
            let path = section.path(of: entry.key)
            guard let source = Section(entry.value, path: path, keys: SourceKeys.source.names, problems: problems)
            else { return nil }
            let settings = read(source, name: entry.key, owners: &owners)
            return isNamed ? settings : nil
        }
        SharedSecrets(sources: sources, lines: section, problems: problems).check()
        return sources
    }

    /// The written sources, or those of the guides' variables.
    private func sourcesNode(_ root: Section) -> YAMLNode {
        if let node = root["sources"] { return node }
        if let node = DefaultSources.section(secrets.variables, environment) { return node }
        problems.warn(
            nil, "no source is configured: add a sources: section, or set TIKTOK_APP_KEY and TIKTOK_APP_SECRET")
        return .nothing
    }

    private func read(_ section: Section, name: String, owners: inout [String: String]) -> SourceSettings? {
        let contracts = contracts(section)
        let paths = paths(section, providers: contracts.map(\.provider.name), name: name, owners: &owners)
        guard let first = contracts.first else { return nil }
        var settings = SourceSettings(
            name: name, contract: first, otherContracts: Array(contracts.dropFirst()), paths: paths,
            bodyLimit: SourceKeys.bodyLimit.value(in: section),
            dedupeWindow: SourceKeys.dedupeWindow.value(in: section).wholeSeconds,
            repeatsPerDay: SourceKeys.repeatsPerDay.value(in: section),
            shops: shops(section), unsigned: UnsignedLimits.read(section))
        settings.country = country(section)
        settings.reconcile = ReconcileSettings.read(section)
        settings.webhooks = WebhookSettings.read(
            section, reconciled: settings.reconcile?.through ?? [], paths: paths)
        settings.app = AppSettings.read(section, secrets.ofActions)
        settings.isCompliant = Compliance.isOn(section, settings)
        return settings
    }

    /// Two letters, such as DE.
    private func country(_ section: Section) -> String? {
        guard let text = section.text("country") else { return nil }
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (97...122).contains($0 | 0x20) }) else {
            section.error("country", "must be a two-letter country code, such as DE")
            return nil
        }
        return text.uppercased()
    }

    private func paths(
        _ section: Section, providers: [String], name: String, owners: inout [String: String]
    ) -> [String] {
        let line = section.line(of: "paths")
        var seen: Set<String> = []
        let defaults = providers.flatMap(DefaultPaths.of).filter { seen.insert($0).inserted }
        var paths: [String] = []
        for (path, line) in section.texts("paths") ?? defaults.map({ ($0, line) }) {
            if let fault = HookPath.fault(path) {
                problems.error(line, "the path \(section.quoted(path)) of \(section.path) \(fault)")
            } else if let owner = owners[path] {
                problems.error(
                    line,
                    "the path \(section.quoted(path)) of \(section.path) already belongs to sources.\(owner); "
                        + "choose another path, or list both providers under one source")
            } else {
                owners[path] = name
                paths.append(path)
            }
        }
        return paths
    }
}

/// The form of a hook's path.
enum HookPath {
    /// Its fault; nil if it is valid.
    static func fault(_ path: String) -> String? {
        // For portals that take only a host.
        if path == "/" { return nil }
        guard path.hasPrefix("/"), path.utf8.count <= 512 else { return "must begin with / and have at most 512 bytes" }
        guard path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#"?#%"\"#.utf8.contains($0) }) else {
            return "must not have spaces, escapes, quotes, ? or #"
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
            return "must not have empty parts, . or .. (nginx merges them) and must not end in /"
        }
        guard !DefaultPaths.reserved.contains(path) else {
            return "is answered by the responder itself; choose another"
        }
        return nil
    }
}
