/// Every key of `hookledger.yaml` but those of actions (``ActionKind``) and of custom schemes: the readers open their
/// sections with these, a mistake is answered with the nearest of them, and a test holds that the shipped file shows each
/// with its default.
public enum ConfigurationKeys {
    static let root = [
        "environment", "database", "sources", "actions", "rules", "flags", "api", "spool", "address_guard", "log",
        "retention", "batch", "alerts", "keys", "holds", "last_resort",
    ]
    static let connectionParts = ["host", "port", "dbname", "user"]
    static let connection = ["conninfo", "password"] + connectionParts
    static let database = connection + ["roles"]
    static let roles = DatabaseSettings.Role.allCases.map(\.rawValue)
    static let source = [
        "providers", "paths", "credentials", "secrets", "verification", "tolerance", "body_limit", "on_store_failure",
        "dedupe_window", "repeats_per_day", "shops", "url", "scheme", "country", "compliance", "unsigned",
    ]
    static let contract = [
        "secrets", "credentials", "verification", "tolerance", "on_store_failure", "url", "scheme", "kept_as",
    ]
    static let secretTerms = ["id", "valid_from", "valid_until"]
    static let unsigned = ["body_limit", "per_minute"]
    static let shops = ["allow", "aliases"]
    static let rule = ["name", "when", "becomes", "changed", "do", "once", "flags"]
    static let tests = ["eq", "ne", "in", "gt", "gte", "lt", "lte", "prefix", "exists"]
    static let api = ["anonymous_read", "allowed_origins", "rate_limit", "rate_window"]
    static let addressGuard = ["allow_private_hosts"]
    static let log = ["level"]
    static let retention = ["events", "receipts", "refusals", "jobs", "orders", "customers"]
    static let batch = ["slots", "per_destination", "in_flight"]
    static let alerts = ["period", "low_stock", "price_change", "silent", "refusals"]
    static let alertRefusals = ["at_least", "factor"]
    static let keys = ["credentials", "person"]
    static let holds = ["alarm"]

    /// All of them, each list with the section of the file in which it may stand; the empty name is the file itself.
    public static let all: [(section: String, keys: [String])] = [
        ("", root), ("database", database), ("database", roles), ("sources", source), ("sources", contract),
        ("sources", SecretReference.keys), ("sources", secretTerms), ("sources", unsigned), ("sources", shops),
        ("rules", rule), ("rules", tests), ("api", api), ("address_guard", addressGuard), ("log", log),
        ("retention", retention), ("batch", batch), ("alerts", alerts), ("alerts", alertRefusals), ("keys", keys),
        ("holds", holds), ("last_resort", LastResort.keys),
    ]
}
