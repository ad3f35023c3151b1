import Platform
public import Postgres
public import Settings

/// Tells the database which configuration a program uses, and gets its revision. While Postgres is away the report waits;
/// what is recorded until then has no revision.
public final class ConfigurationReport: Sendable {
    /// What there is to report.
    private struct State {
        var revision: ConfigurationRevision
        /// When its files were read, in monotonic nanoseconds.
        var readAt: Int64
        /// When it was last reported; nil if it is still to be.
        var reportedAt: Int64?
        var refusal: String?
    }

    private let state: Locked<State>
    private let place: [Parameter]

    /// The most bytes of a configuration's text that are kept.
    private static let longestContent = 1 << 20
    /// Nanoseconds between two reports of the same.
    private static let pause: Int64 = 60_000_000_000

    /// - Parameters:
    ///   - program: `ingest`, `api` or `batch`.
    ///   - host: the name of this machine.
    ///   - pid: the process id.
    ///   - revision: what the program has read.
    ///   - readAt: when it began to read, in monotonic nanoseconds.
    public init(program: String, host: String, pid: Int32, using revision: ConfigurationRevision, readAt: Int64) {
        place = [.text(host), .text(program), .bigint(Int64(pid))]
        state = Locked(State(revision: revision, readAt: readAt))
    }

    /// The program will use another one.
    /// - Parameter readAt: as in the initializer.
    public func use(_ revision: ConfigurationRevision, readAt: Int64) {
        state.withLock { $0 = State(revision: revision, readAt: readAt) }
    }

    /// The program has refused a new one.
    /// - Parameter text: every error; no secret.
    public func refuse(_ text: String) { state.withLock { $0.refusal = text } }

    /// Reports what is due; cheap when nothing is.
    /// - Parameter connection: of a role of a program.
    public func write(over connection: Connection) throws(PostgresError) {
        let now = SystemClock.monotonicNanoseconds()
        let due = state.withLock { $0 }
        if due.reportedAt.map({ now - $0 >= Self.pause }) ?? true || due.revision.number == nil {
            try note(due, now, over: connection)
        }
        guard let refusal = due.refusal else { return }
        _ = try connection.query(ConfigurationSQL.refuse, place + [.text(refusal)])
        state.withLock { if $0.refusal == refusal { $0.refusal = nil } }
    }

    /// The same over a connection of its own. What fails is reported later.
    public func write(to conninfo: String) {
        try? write(over: Self.connect(conninfo))
    }

    private static func connect(_ conninfo: String) throws(PostgresError) -> Connection {
        try Connection(
            conninfo: conninfo, applicationName: "hookledger-configuration",
            settings: [("statement_timeout", "2000ms"), ("search_path", "hookledger")], connectTimeout: .seconds(2),
            queryDeadline: .seconds(3))
    }

    /// The program ends. Where that cannot be recorded, its row is out of date within minutes.
    public func leave(to conninfo: String) {
        try? leave(over: Self.connect(conninfo))
    }

    /// The program ends.
    public func leave(over connection: Connection) throws(PostgresError) {
        _ = try connection.query(ConfigurationSQL.leave, place)
        state.withLock { $0.reportedAt = nil }
    }

    private func note(_ due: State, _ now: Int64, over connection: Connection) throws(PostgresError) {
        let record = due.revision.record
        let isKnown = due.reportedAt != nil && due.revision.number != nil
        // Aliases can expand a small file without limit.
        let content = record.content.utf8.count <= Self.longestContent ? record.content : #"{"file": "too long"}"#
        let age = (now - due.readAt) / 1_000_000
        let row = try connection.query(
            ConfigurationSQL.note,
            place + [
                .bytes(record.hash), .bytes(record.fileHash), isKnown ? .jsonb(nil) : .jsonb(content),
                .bigint(min(age, Int64(Int32.max))),
            ]
        ).only()
        let number = try row.optionalBigint(0)
        if let number { due.revision.got(Int32(clamping: number)) }
        // Where the database has lost the row, the next report has all of it.
        state.withLock { if $0.revision === due.revision { $0.reportedAt = isKnown && number == nil ? nil : now } }
    }
}
