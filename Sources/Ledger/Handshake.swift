import JSON
public import Postgres
import Verification
public import Webhooks

/// One row of the table `handshakes`: a ping, a challenge or a portal's test, which is answered and is not an event.
public struct Handshake: Sendable {
    /// How many bytes of a body are kept.
    public static let bodyLimit = 4096

    /// When it was received.
    public let receivedAt: Timestamp
    /// The source of the requested path.
    public let source: String
    /// The contract that it follows.
    public let provider: String
    /// The name of the secret that matched; nil for an unsigned one.
    public let keyID: String?
    /// What was proven.
    public let strength: Verdict.Strength
    /// nginx's request id.
    public let requestID: String
    /// The peer.
    public let remoteAddress: String
    /// The answered status.
    public let status: Int
    /// How many more handshakes of its source this row represents.
    public var unrecorded = 0
    private let method: String
    private let path: String
    private let headers: HeaderFields
    private let bodyStart: [UInt8]
    private let bodyLength: Int

    /// Members of a body in which portals put a token to compare with theirs.
    private static let tokens: Set<String> = ["token", "verify_token", "verification_token", "secret", "password"]

    /// The row for `delivery`, without the tokens of its body, and no more than ``bodyLimit`` bytes of that.
    /// - Parameter verdict: the proof; nil for one that is answered before verification.
    public init(_ delivery: Delivery, source: String, provider: String, verdict: Verdict?, status: Int) {
        receivedAt = delivery.receivedAt
        self.source = source
        self.provider = provider
        strength = verdict?.strength ?? .unverified
        keyID = verdict?.keyID
        requestID = delivery.requestID
        remoteAddress = delivery.remoteAddress
        self.status = status
        method = delivery.method
        path = delivery.path
        headers = delivery.headers
        bodyStart = Array(
            (BodyCredentials.removed(from: delivery.body, names: Self.tokens) ?? delivery.body).prefix(Self.bodyLimit))
        bodyLength = delivery.body.count
    }

    /// Writes rows.
    /// - Parameter connection: of a role that may execute `note_handshakes`.
    public static func write(_ rows: [Handshake], over connection: Connection) throws(PostgresError) {
        if rows.isEmpty { return }
        _ = try connection.query(
            LedgerSQL.noteHandshakes,
            [
                .timestamps(rows.map(\.receivedAt.microseconds)), .texts(rows.map(\.source)),
                .texts(rows.map(\.provider)), .booleans(rows.map { $0.strength != .unverified }),
                .texts(rows.map(\.keyID)), .integers(rows.map { Int32(clamping: $0.status) }),
                .texts(rows.map(\.requestID.storable)), .texts(rows.map(\.remoteAddress.storable)),
                .texts(rows.map(\.method.storable)), .texts(rows.map(\.path.storable)),
                .jsonbs(rows.map(\.headers.storedText)), .bytesArray(rows.map(\.bodyStart)),
                .bigints(rows.map { Int64($0.bodyLength) }), .integers(rows.map { Int32(clamping: $0.unrecorded) }),
            ])
    }
}
