import ArgumentParser
import Glibc
import LocalStack
import Platform
import Providers
import Settings
import Setup

/// What a person wants, from options, from the environment, and by questions on a terminal.
struct SetupQuestions {
    let domain: String?
    let providers: [String]
    /// Whether somebody can be asked.
    private let isTerminal = isatty(0) == 1 && isatty(2) == 1

    init(domain: String?, providers: [String]) { (self.domain, self.providers) = (domain, providers) }

    /// The name that providers deliver to: given, that of the site as it is, or asked for.
    func domain(of site: String?) throws -> String {
        let name =
            try domain ?? Self.configured(site ?? "") ?? ask("The host name that providers deliver to", "--domain")
        guard NginxWord.isServerName(name) else { throw ValidationError("--domain must be a host name") }
        return name
    }

    /// The name in a site file that `hookledger nginx` has written; the shipped file has an example.
    private static func configured(_ site: String) -> String? {
        guard site.hasPrefix("# Written by `hookledger nginx`") else { return nil }
        return words("server_name", site).first { $0 != "_" }
    }

    /// The first arguments of a directive.
    private static func words(_ directive: String, _ site: String) -> [String] {
        site.lines().compactMap { line in
            let words = line.split { $0.isWhitespace || $0 == ";" }
            guard words.count > 1, String(words[0]) == directive else { return nil }
            return words[1].filter { $0 != "\"" }
        }
    }

    /// The certificate in the site file as it is, for the same name.
    static func certificate(of site: String?, for name: String) -> SiteCertificate? {
        guard let site, configured(site) == name, let file = words("ssl_certificate", site).first,
            let key = words("ssl_certificate_key", site).first
        else { return nil }
        return SiteCertificate(file: file, key: key)
    }

    /// The variables with the secrets of senders that are not set yet.
    /// - Parameters:
    ///   - configuration: the text of hookledger.yaml.
    ///   - existing: the text of hookledger.env.
    func secrets(configuration: String, existing: String) throws -> SecretLines {
        let hasSources = configuration.lines().contains { $0.hasPrefix("sources:") }
        guard !hasSources else {
            if providers.isEmpty { return SecretLines([]) }
            throw ValidationError(
                "hookledger.yaml has a section sources: add the provider there, and leave --provider out")
        }
        let known = ProviderRegistry.all.map(\.name)
        let names =
            try providers.isEmpty && SecretLines.names(in: existing).isEmpty ? askForProviders(known) : providers
        var variables: [SecretLines.Variable] = []
        for name in names {
            guard known.contains(name) else {
                let nearest = Suggestion.nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" }
                throw ValidationError(
                    "there is no provider \"\(name)\""
                        + (nearest ?? "; the providers are " + known.joined(separator: ", ")))
            }
            let wanted = ProviderVariables.credentials(of: name).values.sorted() + [ProviderVariables.secret(of: name)]
            for variable in wanted where !variables.contains(where: { $0.name == variable }) {
                if let value = try value(of: variable, isSet: SecretLines.names(in: existing).contains(variable)) {
                    variables.append(.init(variable, value))
                }
            }
        }
        return SecretLines(variables)
    }

    /// nil where it stays as it is.
    private func value(of variable: String, isSet: Bool) throws -> String? {
        if let value = Environment.value(of: variable), !value.isEmpty { return value }
        if isSet { return nil }
        guard isTerminal else {
            throw ValidationError("\(variable) is not set: put it into the environment, or run this in a terminal")
        }
        guard let value = HiddenLine.read("\(variable) (it is not shown):") else {
            throw ValidationError("\(variable) is empty, or longer than \(HiddenLine.longest) bytes")
        }
        return String(decoding: value, as: UTF8.self)
    }

    private func askForProviders(_ known: [String]) throws -> [String] {
        guard isTerminal else { return [] }
        let answer = try ask(
            "The providers that deliver here, such as tiktok_shop,shopify (Enter for none)", "--provider")
        return answer.split { $0 == "," || $0 == " " }.map(String.init)
    }

    private func ask(_ question: String, _ option: String) throws -> String {
        guard isTerminal else { throw ValidationError("give \(option)") }
        StandardError.write("\(question): ")
        guard let answer = readLine() else { throw ExitCode.failure }
        return answer.filter { !$0.isNewline }
    }

    /// Asks for each file that is not ours, unless that was answered by an option.
    /// - Returns: the plan without the files for which the answer was no.
    func confirm(_ plan: SetupPlan, isYes: Bool) throws -> SetupPlan {
        if isYes || plan.stages.isEmpty { return plan }
        guard isTerminal else {
            throw ValidationError("this changes the host as shown; check it with --dry-run, then add --yes")
        }
        var plan = plan
        for change in plan.foreign {
            StandardError.write("Change \(change.path) as shown? [y/N]")
            if !["y", "yes"].contains(readLine()?.lowercased()) { plan = plan.leaving(change.path) }
        }
        StandardError.write("Do all of the above? [y/N]")
        guard ["y", "yes"].contains(readLine()?.lowercased()) else { throw ExitCode.failure }
        return plan
    }
}
