import Crypto
import Providers
import Verification
import Webhooks

/// Reads a source's `secrets:` and `credentials:`.
extension SourceReader {
    /// - Parameter names: receives the names of the secrets, including those that this program must not have.
    func signingSecrets(_ section: Section, names: inout [String]) -> [SigningSecret] {
        guard let node = section["secrets"] else { return [] }
        let nodes = node.sequence ?? [node]
        var ids: Set<String> = []
        return nodes.enumerated().compactMap { position, node in
            let path = section.path(of: "secrets") + (nodes.count > 1 ? "[\(position)]" : "")
            guard let read = secrets.read(node, path: path, moreKeys: SourceKeys.secretTerms.map(\.name)),
                let fields = Section(node, path: path, keys: nil, problems: problems)
            else { return nil }
            let from = moment(fields, "valid_from")
            let until = moment(fields, "valid_until")
            if let from, let until, until <= from {
                fields.error("valid_until", "must be later than valid_from")
            }
            let id = fields.text("id") ?? "\(read.reference.shortName)"
            guard ids.insert(id).inserted else {
                problems.error(
                    read.line, "\(path) has the same name \"\(id)\" as another secret of this source; give each an id")
                return nil
            }
            guard let secret = read.secret else {
                if read.isWithheld { names.append(id) }
                report(missing: read, path)
                return nil
            }
            names.append(id)
            if let until, until <= now {
                problems.warn(read.line, "\(path) expired on \(until.rfc3339); remove it")
            }
            return SigningSecret(keyID: id, secret: secret, validFrom: from, validUntil: until)
        }
    }

    func credentials(_ section: Section) -> [String: SecretBytes] {
        guard let credentials = section.section("credentials", keys: nil) else { return [:] }
        var found: [String: SecretBytes] = [:]
        for entry in credentials.all {
            let path = credentials.path(of: entry.key)
            guard let read = secrets.read(entry.value, path: path) else { continue }
            if read.secret == nil { report(missing: read, path) }
            found[entry.key] = read.secret
        }
        return found
    }

    /// An empty secret is a mistake; a missing one may be added later.
    private func report(missing read: ReadSecret, _ path: String) {
        if read.isWithheld { return }
        if read.isEmpty {
            problems.fault(read.line, "\(path) is empty: \(read.missing)")
        } else {
            problems.warn(read.line, "\(path) is missing: \(read.missing)")
        }
    }

    /// Reports what keeps a source from verifying: it answers 503 until that is fixed.
    /// - Parameter section: the section with the secrets: the source's, or that of one provider.
    func report(
        _ keyring: Keyring, _ providers: [any Provider], _ verification: VerificationPolicy, _ section: Section,
        of source: String
    ) {
        guard verification != .none else {
            problems.warn(
                section.line(of: "verification"),
                "\(source) accepts unverified deliveries from anyone, because verification is none")
            return
        }
        if verification == .optional {
            let text =
                "\(source) accepts unsigned deliveries of \(providers.map(\.name).joined(separator: ", ")), because "
                + "verification is optional"
            if environment == .production {
                problems.warn(section.line(of: "verification"), text)
            } else {
                problems.notice(section.line(of: "verification"), text)
            }
        }
        guard secrets.reader.hasInbound else { return }
        for provider in providers {
            let undecodable = keyring.undecodable(for: provider.scheme)
            for problem in keyring.problems(for: provider.scheme) {
                let text = "\(source) cannot verify \(provider.name) and answers 503: \(problem)"
                if undecodable.contains(problem) {
                    problems.fault(section.line(of: "secrets"), text)
                } else {
                    problems.warn(section.line(of: "secrets"), text)
                }
            }
            for warning in keyring.warnings(for: provider.scheme) {
                problems.warn(section.line(of: "credentials"), "\(source): \(provider.name): \(warning)")
            }
        }
        let valid = keyring.secrets.filter { $0.validUntil.map { $0 > now } ?? true }
        if valid.isEmpty, !keyring.secrets.isEmpty {
            problems.warn(
                section.line(of: "secrets"),
                "\(source) answers 503: all of its secrets have expired; add one that is valid")
        }
    }

    /// A date (its first moment, in UTC) or a time as RFC 3339 writes it.
    private func moment(_ section: Section, _ key: String) -> Timestamp? {
        guard let text = section.text(key) else { return nil }
        if let moment = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") { return moment }
        section.error(key, "must be a date such as 2026-01-31 or a time such as 2026-01-31T09:00:00Z")
        return nil
    }
}
