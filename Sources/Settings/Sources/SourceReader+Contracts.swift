import Providers
import Verification

/// Reads a source's `providers:`: a name or a list of names, which share the source's settings, or a section with each
/// name's own settings.
extension SourceReader {
    /// What deliveries are verified by.
    private struct Terms {
        var keyring = Keyring(secrets: [])
        var secretNames: [String] = []
        var verification = SourceKeys.verification.standard
        var tolerance: Int64?
        var onStoreFailure: SourceSettings.StoreFailurePolicy?
    }

    func contracts(_ section: Section) -> [SourceSettings.Contract] {
        let common = terms(section, Terms())
        guard section["providers"]?.mapping != nil, let own = section.section("providers", keys: nil) else {
            let providers = providers(section)
            checkScheme(section, providers: section.texts("providers")?.map(\.text) ?? [])
            report(common.keyring, providers, common.verification, section, of: section.path)
            return providers.map { contract($0, common, section, keptAs: nil) }
        }
        // Each has its own.
        checkScheme(section, providers: [])
        return own.all.compactMap { entry in
            let path = own.path(of: entry.key)
            guard let written = Section(entry.value, path: path, keys: SourceKeys.contract.names, problems: problems),
                let provider = provider(entry.key, entry.line, written)
            else { return nil }
            checkScheme(written, providers: [entry.key])
            let terms = terms(written, common)
            report(terms.keyring, [provider], terms.verification, written, of: section.path)
            return contract(provider, terms, section, keptAs: written.text("kept_as"))
        }
    }

    private func contract(
        _ provider: any Provider, _ terms: Terms, _ source: Section, keptAs: String?
    ) -> SourceSettings.Contract {
        SourceSettings.Contract(
            provider: provider, keyring: terms.keyring, secretNames: terms.secretNames,
            verification: terms.verification, tolerance: terms.tolerance,
            onStoreFailure: terms.onStoreFailure ?? defaultPolicy(provider, source), keptAs: keptAs)
    }

    /// Without a retry by the sender, an unstored delivery is lost: such sources are spooled, if there is a spool.
    private func defaultPolicy(_ provider: any Provider, _ source: Section) -> SourceSettings.StoreFailurePolicy {
        if provider.sendsAgain { return .retry }
        if hasSpool { return .spool }
        problems.notice(
            source.line,
            "\(source.path): \(provider.name) does not retry; set spool: to a folder, such as "
                + "/var/lib/hookledger/spool, so that nothing is lost while Postgres is away")
        return .retry
    }

    /// The written settings, and for the rest those of the source.
    private func terms(_ section: Section, _ common: Terms) -> Terms {
        var names = section.has("secrets") ? [] : common.secretNames
        let own = section.has("secrets") ? signingSecrets(section, names: &names) : common.keyring.secrets
        return Terms(
            keyring: Keyring(
                secrets: own,
                credentials: common.keyring.credentials.merging(credentials(section)) { $1 }
                    .merging(notificationURL(section)) { $1 }),
            secretNames: names,
            verification: SourceKeys.verification.written(section) ?? common.verification,
            tolerance: SourceKeys.tolerance.value(in: section)?.wholeSeconds
                ?? common.tolerance,
            onStoreFailure: SourceKeys.onStoreFailure.value(in: section)
                ?? common.onStoreFailure)
    }

    private func providers(_ section: Section) -> [any Provider] {
        guard let names = section.texts("providers"), !names.isEmpty else {
            section.error("providers", "must name at least one provider, such as tiktok_shop")
            return []
        }
        return names.compactMap { provider($0.text, $0.line, section) }
    }

    private func provider(_ name: String, _ line: Int, _ section: Section) -> (any Provider)? {
        if name == Self.customName { return custom(section) }
        if let provider = ProviderRegistry.named(name) { return provider }
        problems.error(
            line,
            "unknown provider \(section.quoted(name)) in \(section.path)\(Suggestion.phrase(for: name, among: known))")
        return nil
    }

    private var known: [String] { ProviderRegistry.all.map(\.name) + [Self.customName] }
}
