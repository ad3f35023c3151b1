import Ledger
import Platform
import Postgres
import Settings

/// The keys of this installation: whether they are there, who may read them, and whether the index was made with this one.
struct KeyDoctor {
    let settings: Settings
    /// Whether the user of that name may read a file; nil when there is no such user.
    var mayRead: (String, FileStatus) -> Bool? = Account.mayRead

    private static let make = "hookledger keys create; every other host of this database needs a copy of the same file"

    /// The services that a key is for, and the one that must not have it.
    private static let readers = [
        "credentials": (wanted: ["hookledger-ingest", "hookledger-batch"], not: "hookledger-api"),
        "person": (wanted: ["hookledger-api", "hookledger-batch"], not: "hookledger-ingest"),
    ]

    func findings() -> [Finding] { settings.keys.paths.map { finding($0.name, $0.path) } }

    private func finding(_ name: String, _ path: String) -> Finding {
        let check = "key \(name)"
        let key: KeyFile
        let status: FileStatus
        do {
            guard let found = try Files.status(path) else { return missing(check, name, path) }
            (key, status) = (try KeyFile.load(path), found)
        } catch {
            return Finding(check, .failed, "\(error)", advice: "setup-users gives it back to those who need it")
        }
        let mode = String(status.mode & 0o777, radix: 8)
        let text = "\(path) holds key \(key.id), mode 0\(mode)"
        guard let (wanted, not) = Self.readers[name] else { return Finding(check, .ok, text) }
        let locked = wanted.filter { mayRead($0, status) == false }
        if !locked.isEmpty {
            return Finding(
                check, .failed, "\(text), and \(locked.joined(separator: " and ")) cannot read it",
                advice: "setup-users gives each file to those who need it")
        }
        if mayRead(not, status) == true {
            return Finding(
                check, .warning, "\(text), and \(not), which has no need of it, can read it",
                advice: "setup-users gives each file to those who need it")
        }
        return Finding(check, .ok, text)
    }

    private func missing(_ check: String, _ name: String, _ path: String) -> Finding {
        switch name {
        case "credentials" where settings.spool != nil:
            Finding(check, .failed, "\(path) is not there: nothing is spooled and nothing taken in", advice: Self.make)
        case "credentials": Finding(check, .ok, "\(path) is not there, and nothing is spooled")
        default:
            Finding(
                check, .warning, "\(path) is not there: requests about a person read every event", advice: Self.make)
        }
    }

    /// Whether the index of persons was made with the key that lies here.
    func index(_ connection: Connection) throws(PostgresError) -> Finding {
        let check = "index of persons"
        let row = try connection.query(DoctorSQL.personIndex, []).first
        guard let own = (try? KeyFile.existing(settings.keys.person)).flatMap(\.self)?.id else {
            return Finding(check, .skipped, "there is no key to compare with")
        }
        guard let row else {
            return Finding(
                check, .warning, "it was not begun: requests about a person read every event",
                advice: "the batch processor begins it; does cron start it, and can it read the key?")
        }
        let made = try row.text("key_id")
        if made != own {
            return Finding(
                check, .failed, "it was made with key \(made), the one here is \(own)",
                advice: "copy keys.person from the host whose key it is: with two keys each host begins it anew")
        }
        let count = "\(try row.bigint("indexed")) events and rows"
        return try row.bool("is_backlog_done")
            ? Finding(check, .ok, "\(count) are in it, made with key \(own)")
            : Finding(check, .warning, "it is being filled: \(count) are in it, the rest is read row by row")
    }
}
