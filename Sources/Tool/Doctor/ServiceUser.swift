import Platform
import Settings

/// The system users of a host (docs/install.md, packaging/sysusers.d): one for each service, with a database role of its
/// own.
enum ServiceUser: String, CaseIterable {
    case ingest = "hookledger-ingest"
    case api = "hookledger-api"
    case batch = "hookledger-batch"

    /// The user that logs in as a role; nil where it is a person.
    init?(of role: DatabaseSettings.Role) {
        switch role {
        case .ingest: self = .ingest
        case .api: self = .api
        case .batch: self = .batch
        case .owner, .operator, .reader: return nil
        }
    }

    /// The role that it logs in as.
    var role: DatabaseSettings.Role {
        switch self {
        case .ingest: .ingest
        case .api: .api
        case .batch: .batch
        }
    }

    /// What it reads of the configuration.
    var reader: Settings.Reader {
        switch self {
        case .ingest: .ingest
        case .api: .api
        case .batch: .batch
        }
    }

    /// The user of this process; nil for a person and for root.
    static var own: ServiceUser? { ServiceUser(rawValue: Account.name) }

    /// Whether this machine has such users; a developer's has none.
    static var exist: Bool { allCases.contains { Account.exists($0.rawValue) } }

    /// The advice to somebody who may not look.
    static let advice = "run this as root: it looks with the eyes of each user"

    /// A check that this account may not make.
    static func unseen(_ check: String, _ thing: String) -> Finding {
        Finding(check, .skipped, "\(Account.name) cannot see \(thing)", advice: advice)
    }
}
