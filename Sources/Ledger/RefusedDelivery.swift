import JSON
import Postgres
public import Webhooks

/// One row of the table `refusals`.
public struct RefusedDelivery: Sendable {
    /// How many bytes of a refused body are kept.
    public static let bodyLimit = 4096

    /// When it was refused.
    public let refusedAt: Timestamp
    /// The source of the requested path.
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
    public init(_ delivery: Delivery, source: String?, refusal: Refusal, status: Int) {
        refusedAt = delivery.receivedAt
        self.source = source
        self.refusal = refusal
        self.status = status
        requestID = delivery.requestID
        remoteAddress = delivery.remoteAddress
        method = delivery.method
        path = delivery.path
        bodyStart = Array(delivery.body.prefix(Self.bodyLimit))
        bodyLength = delivery.body.count
    }

    /// The row without its body: the length says what there was.
    public func withoutBody() -> RefusedDelivery {
        var row = self
        row.bodyStart = []
        return row
    }

    static let sql = """
        select hookledger.refuse($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[],
            $8::text[], $9::text[], $10::bytea[], $11::bigint[], $12::int[])
        """

    static func parameters(_ rows: [RefusedDelivery]) -> [Parameter] {
        [
            .timestamps(rows.map(\.refusedAt.microseconds)),
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
