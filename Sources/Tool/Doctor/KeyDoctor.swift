import Actions
import Ledger
import Platform
import Postgres
import Settings

/// The keys of this installation: existence, permissions, and the key of the index.
struct KeyDoctor {
    let settings: Settings
    /// Whether the user of that name may read a file; nil when there is no such user.
    var mayRead: (String, FileStatus) -> Bool? = { Account.may($0, .read, $1) }

    private static let make = "hookledger keys create; every other host of this database needs a copy of the same file"

    /// The services that a key is for, and those that must not have it.
    private static let readers = [
        "credentials": (wanted: ["hookledger-ingest", "hookledger-batch"], not: ["hookledger-api"]),
        "person": (wanted: ["hookledger-api", "hookledger-batch"], not: ["hookledger-ingest"]),
        "tokens": (wanted: ["hookledger-batch"], not: ["hookledger-ingest", "hookledger-api"]),
        "audit": (wanted: ["hookledger-batch"], not: ["hookledger-ingest", "hookledger-api"]),
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
            if Files.isForbidden(path) { return ServiceUser.unseen(check, path) }
            return Finding(check, .failed, "\(error)", advice: "setup-users resets its owner and mode")
        }
        let mode = String(status.mode & 0o777, radix: 8)
        let text = "\(path) holds key \(key.id), mode 0\(mode)"
        guard let (wanted, not) = Self.readers[name] else { return Finding(check, .ok, text) }
        let locked = wanted.filter { mayRead($0, status) == false }
        if !locked.isEmpty {
            return Finding(
                check, .failed, "\(text), and \(locked.joined(separator: " and ")) cannot read it",
                advice: "setup-users sets owner and mode of each file")
        }
        let needless = not.filter { mayRead($0, status) == true }
        if !needless.isEmpty {
            return Finding(
                check, .warning, "\(text), and \(needless.joined(separator: " and ")) can read it without need",
                advice: "setup-users sets owner and mode of each file")
        }
        return Finding(check, .ok, text)
    }

    private func missing(_ check: String, _ name: String, _ path: String) -> Finding {
        switch name {
        case "credentials" where settings.spool != nil:
            Finding(check, .failed, "\(path) does not exist: nothing is spooled or imported", advice: Self.make)
        case "credentials": Finding(check, .ok, "\(path) does not exist, and nothing is spooled")
        case "tokens" where !TokenUse.expected(settings).isEmpty:
            Finding(check, .failed, "\(path) does not exist: no token can be stored or used", advice: Self.make)
        case "tokens": Finding(check, .ok, "\(path) does not exist, and no token is to be stored")
        case "audit":
            Finding(
                check, .warning, "\(path) does not exist: changes of the operator log are not noticed",
                advice: Self.make)
        default:
            Finding(
                check, .warning, "\(path) does not exist: requests about a person read every event", advice: Self.make)
        }
    }

    /// Whether the person index was made with this host's key.
    func index(_ connection: Connection) throws(PostgresError) -> Finding {
        let check = "person index"
        let row = try connection.query(DoctorSQL.personIndex, []).first
        guard let own = (try? KeyFile.existing(settings.keys.person)).flatMap(\.self)?.id else {
            return Finding(check, .skipped, "there is no key to compare with")
        }
        guard let row else {
            guard try connection.query(DoctorSQL.hasEvents).only().bool(0) else {
                return Finding(check, .ok, "there is no event to index yet")
            }
            return Finding(
                check, .warning, "it is not started: requests about a person read every event",
                advice: "the batch processor starts it; does cron run it, and can it read the key?")
        }
        let made = try row.text("key_id")
        if made != own {
            return Finding(
                check, .failed, "it was made with key \(made), this host has \(own)",
                advice: "copy keys.person from the host with the right key: with two keys each host starts it over")
        }
        let count = "\(try row.bigint("indexed")) events and rows"
        return try row.bool("is_backlog_done")
            ? Finding(check, .ok, "\(count) are indexed with key \(own)")
            : Finding(check, .warning, "it is being filled: \(count) are indexed, the rest is read row by row")
    }
}
