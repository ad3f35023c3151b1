import Crypto
import JSON
public import Postgres
public import Verification
public import Webhooks

/// A refused delivery that looks like the source's own, whole, for the table `quarantine`.
public struct QuarantinedDelivery: Sendable {
    /// The source whose path was asked for.
    public let source: String
    /// The network of its peer.
    public let peer: String
    /// About how many bytes it takes.
    public var size: Int { delivery.body.count + headers.utf8.count }

    let provider: String
    let delivery: Delivery
    let headers: String
    let credential: CredentialHash?
    let refusal: Refusal
    let status: Int
    let fingerprint: [UInt8]

    /// - Parameters:
    ///   - delivery: without credentials.
    ///   - credential: the hash of the presented one; nil if its contract signs.
    ///   - retried: the headers that differ from one retry to the next: those of the signature and its time.
    public init(
        _ delivery: Delivery, source: String, provider: String, credential: CredentialHash?, refusal: Refusal,
        status: Int, retried: [String]
    ) {
        self.source = source
        self.provider = provider
        self.delivery = delivery
        self.credential = credential
        self.refusal = refusal
        self.status = status
        peer = PeerNetwork.of(delivery.remoteAddress)
        headers = delivery.headers.storedText
        fingerprint = Self.fingerprint(delivery, provider, without: Set(retried))
    }

    /// What a retry repeats: everything but the headers that differ in each attempt.
    private static func fingerprint(_ delivery: Delivery, _ provider: String, without retried: Set<String>) -> [UInt8] {
        let fields = delivery.headers.fields.filter { !retried.contains($0.name) && !ofConnection.contains($0.name) }
            .map { "\($0.name): \($0.value)" }.sorted()
        let head = [provider, delivery.method, delivery.path, delivery.query] + fields
        return Digest.sha256.hash(parts: [Array(head.joined(separator: "\n").utf8), [0], delivery.body])
    }

    /// Headers that say nothing about the delivery.
    private static let ofConnection: Set<String> = [
        "accept", "accept-encoding", "accept-language", "connection", "content-length", "date", "host", "traceparent",
        "tracestate", "user-agent", "x-forwarded-for", "x-forwarded-proto", "x-real-ip", "x-request-id",
    ]

    /// Writes deliveries, as far as the budgets of their sources allow.
    /// - Parameter connection: of a role that may execute `keep_refused`.
    /// - Returns: the sources without room for strangers.
    public static func write(
        _ rows: [QuarantinedDelivery], over connection: Connection
    ) throws(PostgresError) -> [String] {
        if rows.isEmpty { return [] }
        let text = try connection.query(
            QuarantineSQL.keep,
            [
                .texts(rows.map(\.source)), .bytesArray(rows.map(\.fingerprint)), .texts(rows.map(\.provider)),
                .texts(rows.map(\.refusal.kind.rawValue)), .texts(rows.map(\.refusal.reason.storable)),
                .integers(rows.map { Int32(clamping: $0.status) }),
                .timestamps(rows.map(\.delivery.receivedAt.microseconds)),
                .texts(rows.map(\.delivery.requestID.storable)), .texts(rows.map(\.delivery.remoteAddress.storable)),
                .texts(rows.map(\.peer.storable)), .texts(rows.map(\.delivery.method.storable)),
                .texts(rows.map(\.delivery.scheme.storable)), .texts(rows.map(\.delivery.host.storable)),
                .texts(rows.map(\.delivery.path.storable)), .texts(rows.map(\.delivery.query.storable)),
                .jsonbs(rows.map(\.headers)), .bytesArray(rows.map(\.delivery.body)),
                .bytesArray(rows.map { $0.credential?.code }), .texts(rows.map { $0.credential?.keyID }),
            ]
        ).only().text(0)
        return ((try? JSONValue(parsing: Array(text.utf8)))?.array ?? []).compactMap(\.string)
    }
}
