import JSON
public import Postgres
public import Verification
public import Webhooks

/// Refused deliveries that are kept whole.
public enum Quarantine {
    /// One of them, as it is stored.
    public struct Kept: Sendable {
        /// The row's id.
        public let id: Int64
        /// The source whose path was asked for.
        public let source: String
        /// The contract that it followed by its headers.
        public let provider: String
        /// The kind of refusal.
        public let kind: String
        /// The request, without credentials.
        public let delivery: Delivery
        /// The hash of the presented credential; nil if its contract signs.
        public let credential: CredentialHash?
    }

    /// A line of a list.
    public struct Line: Sendable {
        /// The row's id.
        public let id: Int64
        /// Source, kind of refusal, reason, peer and state.
        public let source, kind, reason, peer, state: String
        /// When the first such request had been read.
        public let receivedAt: Timestamp
        /// How often it was repeated, and the length of its body in bytes.
        public let repeats, length: Int
        /// Whether its peer had sent verified deliveries.
        public let isKnown: Bool
        /// The event that it is, or that had arrived.
        public let eventID: Int64?
        /// Why the last release did not take it.
        public let note: String?
    }

    /// One of an id; nil if there is none.
    /// - Parameter connection: of the role `hookledger_operator`.
    public static func one(_ id: Int64, on connection: Connection) throws(PostgresError) -> Kept? {
        guard let row = try connection.query(QuarantineSQL.one, [.bigint(id)]).first else { return nil }
        return try Kept(row)
    }

    /// The newest ones.
    /// - Parameters:
    ///   - source: nil for all.
    ///   - limit: how many at most.
    public static func list(
        source: String?, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [Line] {
        var lines: [Line] = []
        for row in try connection.query(QuarantineSQL.list, [.text(source), .integer(Int32(clamping: limit))]) {
            lines.append(
                Line(
                    id: try row.bigint("id"), source: try row.text("source"), kind: try row.text("kind"),
                    reason: try row.text("reason"), peer: try row.text("remote_addr"), state: try row.text("state"),
                    receivedAt: Timestamp(microseconds: try row.timestamp("received_at")),
                    repeats: try row.int("repeats"), length: try row.int("body_length"),
                    isKnown: try row.bool("is_known"), eventID: try row.optionalBigint("event_id"),
                    note: try row.optionalText("note")))
        }
        return lines
    }

    /// Asks the batch processor to verify one again.
    /// - Returns: whether it is still kept.
    public static func askRelease(_ id: Int64, actor: String, on connection: Connection) throws(PostgresError) -> Bool {
        try connection.query(QuarantineSQL.ask, [.bigint(id), .text(actor)]).first?.optionalBool(0) ?? false
    }

    /// What the batch processor was asked to release; the caller ends each with ``endRelease(_:on:)``.
    public static func askedReleases(on connection: Connection) throws(PostgresError) -> [Kept] {
        var kept: [Kept] = []
        for row in try connection.query(QuarantineSQL.asked) { kept.append(try Kept(row)) }
        return kept
    }

    /// Ends a request to release one, after it was tried.
    public static func endRelease(_ id: Int64, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(QuarantineSQL.end, [.bigint(id)])
    }

    /// Notes peers that have sent verified deliveries.
    /// - Parameter peers: source and network of each.
    public static func note(
        _ peers: [(source: String, peer: String)], over connection: Connection
    ) throws(PostgresError) {
        if peers.isEmpty { return }
        _ = try connection.query(
            QuarantineSQL.notePeers, [.texts(peers.map(\.source)), .texts(peers.map(\.peer.storable))])
    }

    /// The peers that have sent verified deliveries.
    public static func knownPeers(
        over connection: Connection
    ) throws(PostgresError) -> [(source: String, peer: String)] {
        var peers: [(source: String, peer: String)] = []
        for row in try connection.query(QuarantineSQL.notedPeers) {
            peers.append((try row.text("source"), try row.text("peer")))
        }
        return peers
    }
}

extension Quarantine.Kept {
    init(_ row: Row) throws(PostgresError) {
        id = try row.bigint("id")
        source = try row.text("source")
        provider = try row.text("provider")
        kind = try row.text("kind")
        delivery = Delivery(
            requestID: try row.text("request_id"),
            receivedAt: Timestamp(microseconds: try row.timestamp("received_at")), method: try row.text("method"),
            scheme: try row.text("scheme"), host: try row.text("host"), path: try row.text("path"),
            query: try row.text("query"), headers: HeaderFields(stored: try row.text("headers")),
            body: try row.bytes("body"), remoteAddress: try row.text("remote_addr"))
        let code = try row.optionalBytes("credential")
        let key = try row.optionalText("credential_key")
        credential = code.flatMap { code in key.map { CredentialHash(keyID: $0, code: code) } }
    }
}
