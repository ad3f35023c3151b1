import Crypto
import Providers
import Verification

/// Looks at what sources have in common: a delivery that one secret signed verifies on the paths of every source that has
/// that secret, and would be an event of each.
struct SharedSecrets {
    let sources: [SourceSettings]
    /// The section that has them, for the lines.
    let lines: Section
    let problems: ProblemList

    func check() {
        for (place, source) in sources.enumerated() {
            for contract in source.contracts {
                if let owner = contract.keptAs { checkOwner(owner, of: contract, in: source) }
                for other in sources[..<place] where shares(contract, source, other) { warn(contract, source, other) }
            }
        }
    }

    private func checkOwner(_ owner: String, of contract: SourceSettings.Contract, in source: SourceSettings) {
        let name = contract.provider.name
        let found = sources.first { $0.name == owner && $0.name != source.name }
        if found?.contracts.contains(where: { $0.provider.name == name && $0.keptAs == nil }) == true { return }
        problems.error(
            lines.line(of: source.name),
            "sources.\(source.name).providers.\(name).kept_as must be another source that speaks \(name) itself")
    }

    private func shares(
        _ contract: SourceSettings.Contract, _ source: SourceSettings, _ other: SourceSettings
    ) -> Bool {
        contract.keptAs != other.name
            && other.contracts.contains { there in
                there.provider.name == contract.provider.name && there.keptAs != source.name
                    && there.keyring.secrets.contains { theirs in
                        !theirs.secret.isEmpty && contract.keyring.secrets.contains { $0.secret.equals(theirs.secret) }
                    }
            }
    }

    private func warn(_ contract: SourceSettings.Contract, _ source: SourceSettings, _ other: SourceSettings) {
        let name = contract.provider.name
        problems.warn(
            lines.line(of: source.name),
            "sources.\(other.name) and sources.\(source.name) verify \(name) by the same secret, so what was sent to one "
                + "can be sent to the other and count twice: give each its own secret, or let the deliveries of one belong "
                + "to the other with kept_as: below the provider's name")
    }
}
