/// What a job is for; read once, when it is claimed.
public enum Purpose: Sendable, Hashable {
    /// The rule of that name made it.
    case rule(String)
    /// It tells people this text.
    case alert(String)
    /// Another job, or a person's decision, made it with this text for its action.
    case followUp(String)

    /// `jobs.rule` of alerts; no rule of the configuration can have this name.
    static let alertRule = "(alert)"
    /// `jobs.rule` of follow-ups (sql/functions/11_follow_ups.sql).
    static let followUpRule = "(follow-up)"

    /// Reads the columns `rule` and `note`.
    init(rule: String, note: String?) {
        self =
            switch rule {
            case Self.alertRule: .alert(note ?? "")
            case Self.followUpRule: .followUp(note ?? "")
            default: .rule(rule)
            }
    }

    /// The column `rule`.
    var rule: String {
        switch self {
        case .rule(let name): name
        case .alert: Self.alertRule
        case .followUp: Self.followUpRule
        }
    }
}
