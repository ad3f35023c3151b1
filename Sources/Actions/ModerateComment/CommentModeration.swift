import JSON
public import Postgres
public import Settings

/// What was decided about comments (sql/functions/10_moderation.sql).
public enum CommentModeration {
    /// What a person can decide.
    public enum Decision: String, Sendable, CaseIterable {
        /// It stays.
        case allow
        /// It is deleted.
        case delete
    }

    /// The result of a decision.
    public enum Keeping: Sendable, Hashable {
        /// It stands on the comment's row; what it follows is under way.
        case kept
        /// Something else was decided before, and counts more.
        case decidedBefore(String)
        /// There is no such comment.
        case absent
    }

    /// The actions that can delete a comment.
    /// - Parameter name: only the one of that name; nil for all.
    public static func deleters(in settings: Settings, named name: String?) -> [ActionSettings] {
        settings.actions.filter { $0.kind == kind && (name == nil || $0.name == name) }
    }

    /// What such an action is called in the configuration.
    public static var kind: ActionKind { ModerateComment.kind }

    /// Keeps what a person decided, with a line in `operator_log`, in one transaction.
    ///
    /// - Parameters:
    ///   - person: such as `cli:jane`.
    ///   - expected: what the person saw, such as `review`: nothing is decided when it has changed since; nil decides
    ///     whatever stands.
    ///   - action: the configured action of the kind `moderate_comment` that deletes; nil will do for what stays.
    public static func decide(
        _ decision: Decision, reason: String?, by person: String, source: String, comment: String,
        expected: String? = nil, action: ActionSettings?, on connection: Connection
    ) throws(PostgresError) -> Keeping {
        try connection.transaction { () throws(PostgresError) -> Keeping in
            let kept = try keep(
                decision == .allow ? .allow : .delete, reason: reason ?? "decided by a person", by: person,
                source: source, comment: comment, expected: expected, deletion: action.map(CommentDeletion.followUp),
                on: connection)
            if kept == .kept {
                _ = try connection.query(
                    "insert into hookledger.operator_log (actor, action, subject, reason) values ($1, $2, $3, $4)",
                    [
                        .text(person), .text("comment.\(decision.rawValue)"), .text("comment:\(source)/\(comment)"),
                        .text(reason),
                    ])
            }
            return kept
        }
    }

    /// Keeps a decision, and orders the deletion when it is one, in the caller's transaction.
    static func keep(
        _ decision: CommentDecision, reason: String, by decider: String, source: String, comment: String,
        expected: String? = nil, deletion: FollowUp?, on connection: Connection
    ) throws(PostgresError) -> Keeping {
        let rows = try connection.query(
            "select * from hookledger.decide_comment($1, $2, $3, $4, $5, $6)",
            [
                .text(source), .text(comment), .text(decision.rawValue), .text(reason), .text(decider),
                .text(expected),
            ])
        guard let row = rows.first else { return .absent }
        guard try row.bool("is_decided") else {
            return .decidedBefore(try row.optionalText("previous") ?? "something else")
        }
        if try row.bool("needs_deletion") {
            let event = (try row.bigint("event_id"), try row.timestamp("event_received_at"))
            try deletion?.make(["delete": .string(comment), "by": .string(decider)], event: event, on: connection)
        }
        return .kept
    }
}
