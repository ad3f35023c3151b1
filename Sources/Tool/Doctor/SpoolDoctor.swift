import Platform
import Settings

/// The folder that keeps deliveries while Postgres is away. Only looked at: a folder that the doctor made would belong
/// to the wrong user.
struct SpoolDoctor {
    let settings: Settings
    /// Whether the user of that name may do something with a folder; nil when there is no such user.
    var may: (String, Account.Access, FileStatus) -> Bool? = Account.may

    private static let writers: [ServiceUser] = [.ingest, .batch]
    private static let advice = "setup-users sets owner and mode"

    /// nil without a spool.
    var finding: Finding? {
        guard let folder = settings.spool else { return nil }
        do throws(FileError) {
            _ = try Files.status(settings.keys.credentials)
            guard let status = try Files.status(folder) else {
                return fault(settings.keys.credentials)
                    ?? Finding("spool", .warning, "\(folder) does not exist: the responder creates it at its start")
            }
            return fault(settings.keys.credentials) ?? closed(folder, status) ?? contents(folder)
        } catch {
            if error.isForbidden { return ServiceUser.unseen("spool", error.path) }
            return Finding("spool", .failed, "\(error)", advice: Self.advice)
        }
    }

    private func fault(_ key: String) -> Finding? {
        do throws(KeyFileProblem) {
            _ = try KeyFile.load(key)
            return nil
        } catch {
            if Files.isForbidden(key) { return ServiceUser.unseen("spool", key) }
            return Finding(
                "spool", .failed, "nothing is spooled or imported without its key: \(error)",
                advice: "hookledger keys create; then copy the file to every other host of this database")
        }
    }

    /// Who must write to it and cannot.
    private func closed(_ folder: String, _ status: FileStatus) -> Finding? {
        guard status.isFolder else {
            return Finding("spool", .failed, "\(folder) is not a folder", advice: "move it away; \(Self.advice)")
        }
        let known = Self.writers.filter { may($0.rawValue, .write, status) != nil }
        let locked =
            known.isEmpty
            ? (Files.isWritable(folder) ? [] : [Account.name])
            : known.map(\.rawValue).filter { may($0, .write, status) != true || may($0, .enter, status) != true }
        if locked.isEmpty { return nil }
        return Finding(
            "spool", .failed, "\(locked.joined(separator: " and ")) cannot write to \(folder)", advice: Self.advice)
    }

    private func contents(_ folder: String) -> Finding {
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
