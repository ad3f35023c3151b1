import Ledger
import Platform
import Providers
import Settings
import Verification

/// The configuration and its requirements.
struct ConfigurationDoctor {
    let settings: Settings

    func findings() -> [Finding] {
        [configuration] + secrets + KeyDoctor(settings: settings).findings()
            + [spool, lastResort].compactMap(\.self)
    }

    /// A mistake that keeps the programs from starting.
    static func finding(_ mistake: SettingsProblem) -> Finding {
        Finding("configuration", .failed, mistake.description, advice: "no program starts with it: fix it")
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

    private var spool: Finding? {
        guard let folder = settings.spool else { return nil }
        let key: KeyFile
        do throws(KeyFileProblem) {
            key = try KeyFile.load(settings.keys.credentials)
        } catch {
            return Finding(
                "spool", .failed, "nothing is spooled or imported without its key: \(error)",
                advice: "hookledger keys create; then copy the file to every other host of this database")
        }
        do throws(Spool.Failure) {
            try Spool(folder: folder, key: key).prepare()
        } catch {
            return Finding("spool", .failed, "\(error)", advice: "let the responder's user write to \(folder)")
        }
        let waiting = (try? Files.list(folder).filter { $0.hasSuffix(".hooks") }.count) ?? 0
        let aside = (try? Files.list(folder + "/aside").count) ?? 0
        if aside > 0 {
            return Finding(
                "spool", .warning, "\(aside) files are in \(folder)/aside: their deliveries failed import",
                advice: "the batch processor's log says why; fix the cause and move them back")
        }
        if waiting > 0 {
            return Finding(
                "spool", .warning, "\(waiting) files wait in \(folder)",
                advice: "the batch processor imports them once Postgres is available; does cron start it?")
        }
        return Finding("spool", .ok, "\(folder) is empty and can be written to")
    }
}
