import Crypto
import JSON
public import Postgres
public import Settings
public import Webhooks

/// The chain over `operator_log` and `audits`: each row gets a link with its keyed hash and the code of the link before, so
/// that whoever changes the database without the key is found (``ChainVerifier``).
///
/// Links are appended under the lock of one row, in one transaction each time. Programs without the key only add rows:
/// these are unsealed until the next turn of a program that has it.
public struct Chain: Sendable {
    /// The newest link, as in the log.
    public struct Position: Sendable, Hashable {
        /// Its place; 0 before the first one.
        public let seq: Int64
        /// Its code.
        public let code: [UInt8]

        /// `12:0f3a…`
        public var text: String { "\(seq):\(Hex.encode(code))" }

        /// A position of these parts.
        init(seq: Int64, code: [UInt8]) { (self.seq, self.code) = (seq, code) }

        /// Reads ``text``.
        public init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let seq = Int64(parts[0]), seq > 0, let code = Hex.decode(parts[1]),
                code.count == ChainCode.length
            else { return nil }
            self.init(seq: seq, code: code)
        }
    }

    /// What a turn did.
    public struct Report: Sendable, Hashable {
        /// How many links were appended.
        public internal(set) var links = 0
        /// The newest link; nil if nothing was appended.
        public internal(set) var newest: Position?
        /// Rows of `operator_log` that were changed after they were sealed, and not by a redaction: they get no new link.
        public internal(set) var changed: [Int64] = []
    }

    /// What a checkpoint removed.
    public struct Pruned: Sendable, Hashable {
        /// The last link that is gone.
        public let until: Int64
        /// Links, rows of `operator_log` and rows of `audits`.
        public let links, deeds, audits: Int
        /// The checkpoint, which is the newest link.
        public let checkpoint: Position
    }

    private let code: ChainCode
    /// How many rows get their links in one transaction.
    private static let batch: Int32 = 500

    /// - Parameter key: ``KeySettings/audit``.
    public init(key: KeyFile) { code = ChainCode(key) }

    /// Appends links for the rows that have none, the oldest first, at most 500.
    /// - Parameters:
    ///   - now: the present.
    ///   - connection: of the role `hookledger_batch` or `hookledger_operator`, outside a transaction.
    public func seal(at now: Timestamp, over connection: Connection) throws(PostgresError) -> Report {
        // Mostly there are none, and the lock is not needed.
        if try connection.query(ChainSQL.unsealed, [.integer(1)]).isEmpty { return Report() }
        return try connection.transaction { () throws(PostgresError) in
            let head = try lock(connection)
            var (report, new): (Report, [ChainLink]) = (Report(), [])
            for row in try connection.query(ChainSQL.unsealed, [.integer(Self.batch)]) {
                let (id, sealed) = (try row.bigint("id"), try SealedRow(row))
                let content = code.content(sealed)
                if let before = try row.optionalBytes("before"),
                    !constantTimeEquals(Array(before.prefix(ChainCode.length)), Array(content.prefix(ChainCode.length)))
                        || !sealed.isRedacted
                {
                    report.changed.append(id)
                    continue
                }
                guard let kind = ChainLink.Kind(rawValue: try row.text("kind")) else { continue }
                new.append(
                    ChainLink(
                        seq: head.seq + Int64(new.count) + 1, at: now.microseconds, kind: kind, ref: id,
                        content: content, note: ""))
            }
            report.links = new.count
            report.newest = try append(new, after: head, over: connection)
            return report
        }
    }

    /// Appends a checkpoint for the links before a time, and deletes these with their rows.
    /// - Returns: nil if there is no link before that time.
    public func prune(
        before time: Timestamp, at now: Timestamp, over connection: Connection
    ) throws(PostgresError) -> Pruned? {
        try connection.transaction { () throws(PostgresError) in
            let head = try lock(connection)
            let newest = try connection.query(ChainSQL.newestBefore, [.timestamp(time.microseconds)]).only()
            guard let until = try newest.optionalBigint(0) else { return nil }
            let mac = try connection.query(ChainSQL.link, [.bigint(until)]).only().bytes(0)
            let link = ChainLink(
                seq: head.seq + 1, at: now.microseconds, kind: .checkpoint, ref: until, content: [],
                note: Hex.encode(mac))
            guard let checkpoint = try append([link], after: head, over: connection) else { return nil }
            let row = try connection.query(ChainSQL.prune, [.bigint(until)]).only()
            return Pruned(
                until: until, links: try row.int("links"), deeds: try row.int("deeds"), audits: try row.int("audits"),
                checkpoint: checkpoint)
        }
    }

    private func lock(_ connection: Connection) throws(PostgresError) -> Position {
        let row = try connection.query(ChainSQL.lock).only()
        return Position(seq: try row.bigint("seq"), code: try row.bytes("mac"))
    }

    private func append(
        _ links: [ChainLink], after head: Position, over connection: Connection
    ) throws(PostgresError) -> Position? {
        guard let last = links.last, let at = links.first?.at else { return nil }
        var macs: [[UInt8]] = []
        for link in links { macs.append(code.mac(link, after: macs.last ?? head.code)) }
        _ = try connection.query(
            ChainSQL.append,
            [
                .bigint(head.seq), .timestamp(at), .texts(links.map(\.kind.rawValue)), .bigints(links.map(\.ref)),
                .bytesArray(links.map(\.content)), .texts(links.map(\.note)), .text(code.keyID), .bytesArray(macs),
            ])
        return macs.last.map { Position(seq: last.seq, code: $0) }
    }
}

extension SealedRow {
    /// From the columns `fixed` and `texts`, JSON arrays.
    init(_ row: Row) throws(PostgresError) {
        fixed = Self.fields(try row.text("fixed"))
        texts = Self.fields(try row.text("texts"))
    }

    private static func fields(_ text: String) -> [String?] {
        ((try? JSONValue(parsing: Array(text.utf8)))?.array ?? []).map(\.string)
    }
}
