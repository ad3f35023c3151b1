public import Platform
public import Postgres
public import Settings
public import Webhooks

/// Compares what nginx says that it answered with what is stored: each request that was answered 2xx is an event, a
/// repetition of one, a handshake, or in the spool. In bounded memory, whatever the size of the log.
public struct Audit {
    /// Who asked for it.
    public enum Kind: String, Sendable {
        /// cron.
        case scheduled
        /// A person.
        case manual
    }

    /// What is read, and for which time.
    public struct Scope: Sendable {
        /// The log files.
        public var files: [String]
        /// Answers from this time on.
        public var since: Timestamp
        /// Later answers are left out: their deliveries may still be on the way from the spool.
        public var until: Timestamp
        /// Events from this time on are certain to be kept.
        public var keptSince: Timestamp

        /// - Parameters:
        ///   - files: the log files.
        ///   - since: the begin; nil for ``usual``.
        ///   - now: the present.
        ///   - settling: younger answers are left out, in seconds.
        public init(
            files: [String], since: Timestamp?, now: Timestamp, retention: RetentionSettings,
            settling: Int64 = Audit.settling
        ) {
            self.files = files
            until = now.advanced(bySeconds: -settling)
            keptSince = now.advanced(bySeconds: -retention.events.wholeSeconds)
            self.since = since ?? until.advanced(bySeconds: -Audit.usual)
        }
    }

    /// How far back an audit begins if nothing else is said, in seconds.
    public static let usual: Int64 = 86_400
    /// Younger answers are left out, in seconds.
    public static let settling: Int64 = 300
    /// The time of one count of events, in microseconds.
    private static let step: Int64 = 3_600_000_000

    /// What stops an audit before its result is known.
    public enum Failure: Error, Sendable, CustomStringConvertible {
        /// Postgres failed.
        case database(PostgresError)
        /// A file cannot be read.
        case file(FileError)
        /// The spool has files and this host cannot read them.
        case spool(String)

        /// One line.
        public var description: String {
            switch self {
            case .database(let error): "\(error)"
            case .file(let error): "the log cannot be read: \(error)"
            case .spool(let reason): "the spool cannot be read: \(reason)"
            }
        }
    }

    private let connection: Connection
    private let scope: Scope
    private let spooled: Set<String>

    /// - Parameters:
    ///   - connection: of the role `hookledger_batch` or `hookledger_operator`.
    ///   - settings: name the spool and its key.
    /// - Throws: ``Failure`` if the spool cannot be read.
    public init(_ scope: Scope, settings: Settings, connection: Connection) throws(Failure) {
        self.scope = scope
        self.connection = connection
        spooled = try Self.spooled(settings)
    }

    private static func spooled(_ settings: Settings) throws(Failure) -> Set<String> {
        guard let folder = settings.spool, Files.exists(folder) else { return [] }
        do {
            guard Spool.hasAny(folder) else { return [] }
            return try Spool(folder: folder, key: KeyFile.load(settings.keys.credentials)).requestIDs()
        } catch {
            throw .spool("\(error)")
        }
    }

    /// Reads the logs and compares them; changes nothing.
    /// - Parameter progress: called with the read and all bytes of the files.
    public func run(progress: (_ read: Int64, _ of: Int64) -> Void = { _, _ in }) throws(Failure) -> AuditCounts {
        var counts = AuditCounts()
        let readers = try Failure.ofFile { () throws(FileError) in
            try HookLog.open(scope.files, since: scope.since.microseconds)
        }
        counts.files = readers.count
        let total = readers.reduce(0) { $0 + $1.size }
        var (read, batch): (Int64, [HookLogLine]) = (0, [])
        for reader in readers {
            while let line = try Failure.ofFile({ () throws(FileError) in try reader.next() }) {
                if let line = take(line, &counts) { batch.append(line) }
                if batch.count < AuditBatch.size { continue }
                try compare(&batch, &counts)
                progress(read + min(reader.size, reader.position), total)
            }
            read += reader.size
            progress(read, total)
        }
        try compare(&batch, &counts)
        counts.unlogged = max(0, try deliveries() - counts.events)
        return counts
    }

    /// - Returns: the line, if its place must be looked for.
    private func take(_ bytes: ArraySlice<UInt8>, _ counts: inout AuditCounts) -> HookLogLine? {
        guard let line = HookLogLine(bytes) else {
            counts.unreadable += 1
            return nil
        }
        guard line.answeredAt >= scope.since, line.answeredAt < scope.until else { return nil }
        counts.lines += 1
        guard line.isAnswered else {
            counts.refused += 1
            return nil
        }
        counts.answered += 1
        if line.trace == .handshake {
            counts.handshakes += 1
        } else if line.answeredAt < scope.keptSince {
            counts.tooOld += 1
        } else {
            return line
        }
        return nil
    }

    private func compare(_ lines: inout [HookLogLine], _ counts: inout AuditCounts) throws(Failure) {
        do throws(PostgresError) {
            try AuditBatch(connection: connection, spooled: spooled).count(lines, into: &counts)
        } catch {
            throw .database(error)
        }
        lines.removeAll(keepingCapacity: true)
    }

    /// Counted in steps, so that each statement ends soon.
    private func deliveries() throws(Failure) -> Int {
        var (count, from) = (0, max(scope.since, scope.keptSince).microseconds)
        do throws(PostgresError) {
            while from < scope.until.microseconds {
                let end = min(from + Self.step, scope.until.microseconds)
                count += try connection.query(AuditSQL.deliveries, [.timestamp(from), .timestamp(end)]).only().int(0)
                from = end
            }
        } catch {
            throw .database(error)
        }
        return count
    }
}

extension Audit.Failure {
    static func ofFile<T>(_ body: () throws(FileError) -> T) throws(Audit.Failure) -> T {
        do {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}
