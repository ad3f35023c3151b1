public import Postgres
public import Webhooks

/// The results of audits in the database.
public enum AuditBooks {
    /// A complete audit.
    public struct Result: Sendable {
        /// The host whose log was read.
        public let host: String
        /// Who asked for it.
        public let kind: Audit.Kind
        /// Who started it, as in `operator_log`.
        public let actor: String
        /// What was read.
        public let scope: Audit.Scope
        /// When it began.
        public let startedAt: Timestamp
        /// What was counted.
        public let counts: AuditCounts

        /// A result of these parts.
        public init(
            host: String, kind: Audit.Kind, actor: String, scope: Audit.Scope, startedAt: Timestamp, counts: AuditCounts
        ) {
            (self.host, self.kind, self.actor) = (host, kind, actor)
            (self.scope, self.startedAt, self.counts) = (scope, startedAt, counts)
        }
    }

    /// The last commit of the responder's canary; nil if there was none.
    public static func canary(on connection: Connection) throws(PostgresError) -> Timestamp? {
        try connection.query(AuditSQL.canary).only().optionalTimestamp(0).map { Timestamp(microseconds: $0) }
    }

    /// Until when the last scheduled audit of a host compared; nil if there was none.
    public static func auditedUntil(
        host: String, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Timestamp? {
        try connection.query(AuditSQL.auditedUntil, [.text(host), .timestamp(now.microseconds)]).only()
            .optionalTimestamp(0).map { Timestamp(microseconds: $0) }
    }

    /// Keeps a result.
    /// - Returns: the id of the run.
    public static func record(
        _ result: Result, canaryAt: Timestamp?, on connection: Connection
    ) throws(PostgresError) -> Int64 {
        let counts = result.counts
        let numbers = [
            counts.lines, counts.answered, counts.events, counts.duplicates, counts.handshakes, counts.spooled,
            counts.refused, counts.tooOld, counts.unreadable, counts.unlogged,
        ]
        let head: [Parameter] = [
            .text(result.host), .text(result.kind.rawValue), .text(result.actor),
            .timestamp(result.scope.since.microseconds), .timestamp(result.scope.until.microseconds),
            .timestamp(result.startedAt.microseconds), .integer(Int32(clamping: counts.files)),
        ]
        let tail: [Parameter] = [
            .timestamp(canaryAt?.microseconds), .bigint(Int64(counts.missing)), .texts(counts.missingIDs),
        ]
        return try connection.query(AuditSQL.record, head + numbers.map { .bigint(Int64($0)) } + tail)
            .only().bigint(0)
    }
}
