import Crypto
public import Postgres
public import Settings
public import Webhooks

/// Searches the chain for a link or a row that was changed, is missing, stands elsewhere or was cut off.
public struct ChainVerifier: Sendable {
    /// What is wrong at one place.
    public struct Fault: Sendable, Hashable {
        /// The link; nil for a row without one.
        public let seq: Int64?
        /// In words.
        public let text: String
    }

    /// What was found.
    public struct Report: Sendable, Hashable {
        /// The links that were checked.
        public internal(set) var links = 0
        /// The oldest link that was not pruned.
        public internal(set) var oldest: Int64?
        /// The newest link.
        public internal(set) var newest: Chain.Position?
        /// Rows whose texts were redacted after they were sealed.
        public internal(set) var redacted = 0
        /// Rows that no link has yet.
        public internal(set) var unsealed = 0
        /// The time of the oldest of them.
        public internal(set) var unsealedSince: Timestamp?
        /// What is wrong; at most ``ChainVerifier/mostFaults``.
        public internal(set) var faults: [Fault] = []

        mutating func fault(_ seq: Int64?, _ text: String) {
            if faults.count < ChainVerifier.mostFaults { faults.append(Fault(seq: seq, text: text)) }
        }
    }

    /// The most faults of a report.
    static let mostFaults = 1000
    private static let page: Int32 = 1000

    private let code: ChainCode

    /// - Parameter key: ``KeySettings/audit``.
    public init(key: KeyFile) { code = ChainCode(key) }

    /// Checks the whole chain in one snapshot.
    /// - Parameters:
    ///   - link: the newest link as the log has it; nil to go by the database alone.
    ///   - connection: of the role `hookledger_operator`, outside a transaction.
    public func run(
        link: Chain.Position? = nil, over connection: Connection, progress: (Int) -> Void = { _ in }
    ) throws(PostgresError) -> Report {
        try connection.transaction { () throws(PostgresError) in
            try connection.execute("set transaction isolation level repeatable read, read only")
            return try check(link, connection, progress)
        }
    }

    private func check(
        _ link: Chain.Position?, _ connection: Connection, _ progress: (Int) -> Void
    ) throws(PostgresError) -> Report {
        var report = Report()
        var before: Chain.Position?
        var seen = false
        while true {
            let rows = try connection.query(ChainSQL.page, [.bigint(before?.seq ?? 0), .integer(Self.page)])
            if rows.isEmpty { break }
            for row in rows {
                let (one, mac) = (try ChainLink(row), try row.bytes("mac"))
                if before == nil { before = try start(at: one, connection, &report) }
                checkLink(one, mac, keyID: try row.text("key_id"), after: before, &report)
                try checkRow(one, row, &report)
                if let link, link.seq == one.seq {
                    seen = true
                    if !constantTimeEquals(link.code, mac) {
                        report.fault(one.seq, "the log has another code for this link")
                    }
                }
                before = Chain.Position(seq: one.seq, code: mac)
                report.links += 1
            }
            progress(report.links)
        }
        try checkHead(before, connection, &report)
        if let link, !seen, link.seq >= report.oldest ?? 0 {
            report.fault(link.seq, "the log has this link and the database does not: the chain was cut off")
        }
        for row in try connection.query(ChainSQL.strays) {
            report.fault(
                nil, "\(Self.name(try row.text("kind"))) \(try row.bigint("id")) names a link that is not its own")
        }
        let state = try connection.query(ChainSQL.unsealedState).only()
        report.unsealed = try state.int("unsealed")
        report.unsealedSince = try state.optionalTimestamp("unsealed_since").map { Timestamp(microseconds: $0) }
        return report
    }

    /// The first link has none before it, or a later checkpoint says what that was.
    /// - Returns: the position before it.
    private func start(
        at first: ChainLink, _ connection: Connection, _ report: inout Report
    ) throws(PostgresError) -> Chain.Position {
        report.oldest = first.seq
        if first.seq == 1 { return Chain.Position(seq: 0, code: []) }
        let note = try connection.query(ChainSQL.checkpoint, [.bigint(first.seq - 1)]).first?.text(0)
        if note == nil { report.fault(first.seq, "the links before it are missing, and no checkpoint removed them") }
        return Chain.Position(seq: first.seq - 1, code: note.flatMap { Hex.decode($0) } ?? [])
    }

    private func checkLink(
        _ link: ChainLink, _ mac: [UInt8], keyID: String, after before: Chain.Position?, _ report: inout Report
    ) {
        let last = before?.seq ?? 0
        if link.seq != last + 1 {
            let gap =
                last + 2 == link.seq
                ? "link \(last + 1) is missing" : "links \(last + 1) to \(link.seq - 1) are missing"
            return report.fault(link.seq, "\(gap) before it")
        }
        if keyID != code.keyID {
            return report.fault(link.seq, "it was made with key \(keyID), this host has \(code.keyID)")
        }
        if !constantTimeEquals(mac, code.mac(link, after: before?.code ?? [])) {
            report.fault(link.seq, "it was changed, or the link before it was")
        }
    }

    /// The row must be what its newest link says; what never changes must be what each of them says.
    private func checkRow(_ link: ChainLink, _ row: Row, _ report: inout Report) throws(PostgresError) {
        if link.kind == .checkpoint { return }
        let name = "\(Self.name(link.kind.rawValue)) \(link.ref)"
        if try row.isNull("fixed") { return report.fault(link.seq, "\(name) is missing") }
        let sealed = try SealedRow(row)
        let content = code.content(sealed)
        let own = try row.optionalBigint("link")
        let isNewest = own == link.seq
        if link.kind == .redaction, isNewest { report.redacted += 1 }
        let parts = isNewest ? content.count : ChainCode.length
        if !constantTimeEquals(Array(link.content.prefix(parts)), Array(content.prefix(parts)))
            || own == nil && !sealed.isRedacted
        {
            report.fault(link.seq, "\(name) was changed")
        } else if let own, own < link.seq {
            report.fault(link.seq, "\(name) names link \(own), an older one")
        }
    }

    private func checkHead(
        _ last: Chain.Position?, _ connection: Connection, _ report: inout Report
    ) throws(PostgresError) {
        let row = try connection.query(ChainSQL.head).first
        let head = Chain.Position(seq: try row?.bigint("seq") ?? -1, code: try row?.bytes("mac") ?? [])
        report.newest = last
        if head.seq != last?.seq ?? 0 || !constantTimeEquals(head.code, last?.code ?? []) {
            report.fault(head.seq, "the newest link is missing: the chain was cut off")
        }
    }

    private static func name(_ kind: String) -> String { kind == "audit" ? "audit" : "row of operator_log" }
}

extension ChainLink {
    init(_ row: Row) throws(PostgresError) {
        seq = try row.bigint("seq")
        at = try row.timestamp("at")
        // The database allows no other.
        kind = Kind(rawValue: try row.text("kind")) ?? .deed
        ref = try row.bigint("ref")
        content = try row.bytes("content")
        note = try row.text("note")
    }
}
