public import Platform
public import Postgres
public import Webhooks

/// Whether jobs may run on this database from this host, and the hold of a restored database until a person releases it.
public enum RestoreHold {
    /// The answer for a batch processor.
    public enum State: Sendable {
        /// Jobs may run.
        case open
        /// The database was restored, and nobody has released it.
        case held(Open)
        /// This host has no generation file, or one that cannot be read.
        case unknownHost(String)

        /// The reason why no job runs, for people; nil if jobs may run.
        public var reason: String? {
            switch self {
            case .open: nil
            case .held(let open): open.sentence
            case .unknownHost(let reason): reason
            }
        }
    }

    /// A restore that nobody has released.
    public struct Open: Sendable, Hashable {
        /// How it was noticed.
        public let reason: String
        /// When it was noticed.
        public let noticedAt: Timestamp
        /// Until when the restored data is complete, as far as it is known.
        public let knownUntil: Timestamp?

        init(_ row: Row) throws(PostgresError) {
            reason = try row.text("reason")
            noticedAt = Timestamp(microseconds: try row.timestamp("noticed_at"))
            knownUntil = try row.optionalTimestamp("known_until").map { Timestamp(microseconds: $0) }
        }

        /// The reason and the advice.
        public var sentence: String {
            "\(reason) All jobs are held since \(noticedAt.rfc3339): `hookledger restore --release --dry-run` shows them, "
                + "and without --dry-run releases them."
        }
    }

    /// Reports this host's batch processor, and counts the generation up.
    /// - Parameters:
    ///   - file: this host's; gets the new generation.
    ///   - unwritten: called if the file cannot be written. The jobs run: the old number protects, too.
    ///   - connection: of the role `hookledger_batch`.
    public static func advance(
        _ file: GenerationFile, unwritten: (FileError) -> Void, on connection: Connection
    ) throws(PostgresError) -> State {
        let known: Int64?
        do throws(GenerationFile.Unreadable) {
            known = try file.read()
        } catch {
            return .unknownHost(unreadable(error))
        }
        let generation = try connection.query(RestoreSQL.advance, [.bigint(known)]).only().optionalBigint(0)
        if let open = try current(on: connection) { return .held(open) }
        guard known != nil, let generation else { return .unknownHost(missing(file)) }
        do throws(FileError) {
            try file.write(generation)
        } catch {
            unwritten(error)
        }
        return .open
    }

    /// Why this host runs no job, for people: it has no generation file, or one that cannot be read; nil if it has one.
    public static func obstacle(_ file: GenerationFile) -> String? {
        do throws(GenerationFile.Unreadable) {
            return try file.read() == nil ? missing(file) : nil
        } catch {
            return unreadable(error)
        }
    }

    private static func unreadable(_ error: GenerationFile.Unreadable) -> String {
        "The generation file of this host cannot be read, so it runs no job: \(error). "
            + "`hookledger restore --release` writes it again."
    }

    /// What a person does about a host without the file.
    static func missing(_ file: GenerationFile) -> String {
        "This host has no generation file (\(file.path)), so it runs no job: the database may be an older copy. "
            + "Run /usr/libexec/hookledger/setup-users, or `hookledger restore --release`."
    }

    /// The restore that nobody has released; nil for none.
    public static func current(on connection: Connection) throws(PostgresError) -> Open? {
        try connection.query(RestoreSQL.open).first.map { (row) throws(PostgresError) in try Open(row) }
    }

    /// Holds all jobs.
    /// - Parameters:
    ///   - reason: in a sentence.
    ///   - known: the generation of this host's file.
    ///   - knownUntil: until when the data is complete.
    public static func hold(
        _ reason: String, known: Int64?, knownUntil: Timestamp?, on connection: Connection
    ) throws(PostgresError) {
        try connection.query(
            RestoreSQL.hold, [.text(reason), .bigint(known), .timestamp(knownUntil?.microseconds)])
    }

    /// What a release would do.
    /// - Parameter since: jobs of events received before it are buried.
    public static func jobs(since: Timestamp?, on connection: Connection) throws(PostgresError) -> Rows {
        try connection.query(RestoreSQL.jobs, [.timestamp(since?.microseconds)])
    }

    /// The result of a release.
    public struct Release: Sendable, Hashable {
        /// The generation for this host's file.
        public let generation: Int64
        /// The jobs that run again.
        public let released: Int64
        /// The jobs that became dead letters.
        public let buried: Int64
    }

    /// Lets the jobs run again.
    /// - Parameters:
    ///   - since: jobs of events received before it are buried instead.
    ///   - buries: whether all jobs that may have run after the dump are buried instead.
    ///   - known: the generation of this host's file.
    ///   - actor: who does it.
    ///   - reason: for the operator log.
    public static func release(
        since: Timestamp?, buries: Bool, known: Int64?, actor: String, reason: String?, on connection: Connection
    ) throws(PostgresError) -> Release {
        let row = try connection.query(
            RestoreSQL.release,
            [.timestamp(since?.microseconds), .boolean(buries), .bigint(known), .text(actor), .text(reason)]
        ).only()
        return Release(
            generation: try row.bigint("generation"), released: try row.bigint("released"),
            buried: try row.bigint("buried"))
    }
}
