import JSON
public import Postgres
public import Webhooks

/// One row of the table `refusals`.
public struct RefusedDelivery: Sendable {
    /// How many bytes of a refused body are kept.
    public static let bodyLimit = 4096

    /// When it was received.
    public let receivedAt: Timestamp
    /// The source whose path was asked for.
    public let source: String?
    /// Why, as a kind.
    public var kind: Refusal.Kind { refusal.kind }
    let refusal: Refusal
    let status: Int
    let requestID: String
    let remoteAddress: String
    let method: String
    let path: String
    private(set) var bodyStart: [UInt8]
    let bodyLength: Int
    /// How many more refusals of its source and kind this row represents.
    public var unrecorded: Int = 0

    /// The row for `delivery`; keeps no more than ``bodyLimit`` bytes of its body.
    /// - Parameter credentials: the members of a body that may not be stored: it is kept up to the first of them.
    public init(
        _ delivery: Delivery, source: String?, refusal: Refusal, status: Int, without credentials: Set<String> = []
    ) {
        receivedAt = delivery.receivedAt
        self.source = source
        self.refusal = refusal
        self.status = status
        requestID = delivery.requestID
        remoteAddress = delivery.remoteAddress
        method = delivery.method
        path = delivery.path
        bodyStart = Self.start(of: delivery.body, without: credentials)
        bodyLength = delivery.body.count
    }

    /// Nothing is proven of the body, so that it is searched and not read: that costs a stranger's megabyte no time.
    private static func start(of body: [UInt8], without credentials: Set<String>) -> [UInt8] {
        let start = body.prefix(bodyLimit)
        let places = credentials.compactMap { start.firstRange(of: Array("\"\($0)\"".utf8))?.lowerBound }
        return Array(start[..<(places.min() ?? start.endIndex)])
    }

    /// The row without its body: the length says what there was.
    public func withoutBody() -> RefusedDelivery {
        var row = self
        row.bodyStart = []
        return row
    }

    /// Writes rows.
    /// - Parameter connection: of a role that may execute `refuse`.
    public static func write(_ rows: [RefusedDelivery], over connection: Connection) throws(PostgresError) {
        if rows.isEmpty { return }
        _ = try connection.query(LedgerSQL.refuse, parameters(rows))
    }

    private static func parameters(_ rows: [RefusedDelivery]) -> [Parameter] {
        [
            .timestamps(rows.map(\.receivedAt.microseconds)),
            .texts(rows.map(\.source)),
            .texts(rows.map(\.refusal.kind.rawValue)),
            .texts(rows.map(\.refusal.reason.storable)),
            .integers(rows.map { Int32(clamping: $0.status) }),
            .texts(rows.map(\.requestID.storable)),
            .texts(rows.map(\.remoteAddress.storable)),
            .texts(rows.map(\.method.storable)),
            .texts(rows.map(\.path.storable)),
            .bytesArray(rows.map(\.bodyStart)),
            .bigints(rows.map { Int64($0.bodyLength) }),
            .integers(rows.map { Int32(clamping: $0.unrecorded) }),
        ]
    }
}
