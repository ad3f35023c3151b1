import Platform
import Providers
import Settings
import Verification

/// The configuration and its requirements.
struct ConfigurationDoctor {
    let settings: Settings

    func findings() -> [Finding] {
        [configuration] + secrets + KeyDoctor(settings: settings).findings()
            + [SpoolDoctor(settings: settings).finding, lastResort].compactMap(\.self)
    }

    /// A mistake that keeps the programs from starting.
    static func finding(_ mistake: SettingsProblem) -> Finding {
        if Files.isForbidden(mistake.file) {
            return ServiceUser.unseen("configuration", mistake.file)
        }
        return Finding("configuration", .failed, mistake.description, advice: "no program starts with it: fix it")
    }

    private var configuration: Finding {
        let mistakes = settings.problems.count(where: \.severity.isMistake)
        let warnings = settings.problems.count { $0.severity == .warning }
        let file = settings.file ?? "the environment alone"
        if mistakes > 0 {
            return Finding(
                "configuration", .failed,
                "\(file) has \(Plural.text(mistakes, "mistake")), and is usable for the rest",
                advice: "hookledger config check")
        }
        if warnings == 0 { return Finding("configuration", .ok, "\(file) is usable") }
        return Finding(
            "configuration", .warning, "\(file) is usable, with \(Plural.text(warnings, "warning"))",
            advice: "hookledger config check")
    }

    /// The way to people when the batch processor does not run; nil on a developer's machine without one.
    private var lastResort: Finding? {
        let (found, problems) = LastResort.load(path: settings.file, from: .system)
        if found != nil { return Finding("last resort", .ok, "hookledger watch reaches people") }
        if let problem = problems.first {
            return Finding(
                "last resort", .warning, problem.message, advice: "hookledger watch sends nothing without it")
        }
        if settings.environment == .development { return nil }
        return Finding(
            "last resort", .warning, "nobody is notified if the batch processor does not run",
            advice: "set last_resort: in hookledger.yaml; systemctl enable --now hookledger-watch.timer")
    }

    /// A source without a usable secret answers 503.
    private var secrets: [Finding] {
        // The API reads no secret.
        if ServiceUser.own == .api { return [ServiceUser.unseen("secrets", "the secrets of sources")] }
        var findings: [Finding] = []
        for source in settings.sources {
            for contract in source.contracts {
                let check = "secrets of \(source.name)"
                let problems = contract.keyring.problems(for: contract.provider.scheme)
                switch contract.verification {
                case .none:
                    findings.append(
                        Finding(check, .warning, "\(contract.provider.name) is not verified: anybody can send to it"))
                case .optional:
                    let end = contract.keyring.secrets.isEmpty ? " and has no secret" : ""
                    findings.append(
                        Finding(check, .warning, "\(contract.provider.name) accepts unsigned deliveries\(end)"))
                default:
                    if !problems.isEmpty {
                        findings.append(
                            Finding(
                                check, .failed, "\(contract.provider.name): \(problems.joined(separator: "; "))",
                                advice: "its deliveries are answered 503 until a secret is set in hookledger.env"))
                    }
                }
            }
        }
        if findings.isEmpty {
            findings.append(
                Finding(
                    "secrets", .ok, "every source has a usable one (\(Plural.text(settings.sources.count, "source")))"))
        }
        return findings
    }
}
