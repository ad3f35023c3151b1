import Crypto
import Providers
import Verification

/// Finds secrets shared by sources: a delivery verifies at every source that has its secret for the same or an
/// interchangeable scheme, and would be an event of each.
struct SharedSecrets {
    let sources: [SourceSettings]
    /// The section that has them, for the lines.
    let lines: Section
    let problems: ProblemList

    private typealias Contract = SourceSettings.Contract

    func check() {
        for (place, source) in sources.enumerated() {
            for (rank, contract) in source.contracts.enumerated() {
                if let owner = contract.keptAs { checkOwner(owner, of: contract, in: source) }
                // Two contracts of one source, too: its paths take both, and each makes an event of its own.
                for there in source.contracts[..<rank] where shares(contract, there) {
                    if !isOwned(contract, source, there, source) { report(contract, source, there, source) }
                }
                for other in sources[..<place] {
                    for there in other.contracts where shares(contract, there) {
                        if isOwned(contract, source, there, other) { continue }
                        report(contract, source, there, other)
                    }
                }
            }
        }
    }

    private func checkOwner(_ owner: String, of contract: Contract, in source: SourceSettings) {
        let (name, family) = (contract.provider.name, contract.provider.family)
        let found = sources.first { $0.name == owner && $0.name != source.name }
        if found?.contracts.contains(where: { $0.provider.family == family && $0.keptAs == nil }) == true { return }
        problems.error(
            lines.line(of: source.name),
            "sources.\(source.name).providers.\(name).kept_as must be another source with a provider of \(family)")
    }

    private func shares(_ contract: Contract, _ there: Contract) -> Bool {
        guard contract.provider.scheme.isInterchangeable(with: there.provider.scheme) else { return false }
        return there.keyring.secrets.contains { theirs in
            !theirs.secret.isEmpty && contract.keyring.secrets.contains { $0.secret.equals(theirs.secret) }
        }
    }

    /// Whether the deliveries of both belong to one of the two sources.
    private func isOwned(
        _ contract: Contract, _ source: SourceSettings, _ there: Contract, _ other: SourceSettings
    ) -> Bool {
        guard contract.provider.family == there.provider.family else { return false }
        return (contract.keptAs ?? source.name) == (there.keptAs ?? other.name)
    }

    /// A mistake if both make events of the same bodies; otherwise a warning, because one cannot read the other's.
    private func report(_ contract: Contract, _ source: SourceSettings, _ there: Contract, _ other: SourceSettings) {
        let (mine, theirs) = (contract.provider, there.provider)
        let line = lines.line(of: source.name)
        let isSame = mine.family == theirs.family
        let isTwice = isSame || mine.takesBodies(of: theirs) || theirs.takesBodies(of: mine)
        let what = mine.name == theirs.name ? mine.name : "\(theirs.name) and \(mine.name)"
        let advice =
            isSame
            ? "give each its own secret, or let the deliveries of one belong to the other with kept_as: below the "
                + "provider's name"
            : "give each its own secret"
        let who =
            source.name == other.name
            ? "sources.\(source.name) verifies" : "sources.\(other.name) and sources.\(source.name) verify"
        let message =
            "\(who) \(what) by the same secret, so what was sent to one can be sent to the "
            + "other\(isTwice ? " and count twice" : ""): \(advice)"
        if isTwice {
            problems.fault(line, message)
        } else if line == 0 {
            // Nobody wrote them: the guides share a variable.
            problems.notice(nil, message)
        } else {
            problems.warn(line, message)
        }
    }
}
