internal import Crypto

/// A delivery and every answer that its sender got.
public struct Sent: Sendable {
    /// One attempt at a delivery. Times are of one clock, in microseconds.
    public struct Answer: Sendable, Hashable {
        /// The HTTP status; 0 if no answer came.
        public let status: Int
        /// When the request began.
        public let sentAt: Int64
        /// When the answer was there, or given up.
        public let endedAt: Int64

        /// Names the parts.
        public init(status: Int, sentAt: Int64, endedAt: Int64) {
            (self.status, self.sentAt, self.endedAt) = (status, sentAt, endedAt)
        }
    }

    /// SHA-256 of the body in hex: which delivery it is. The same body sent twice is one delivery.
    public let delivery: String
    /// The order that it is about.
    public let order: String
    /// The status that it gives the order.
    public let status: String
    /// Its place among the deliveries of the order, by the order's own clock.
    public let rank: Int64
    /// In the order in which they came.
    public var answers: [Answer] = []

    /// A delivery that was not sent yet.
    public init(body: [UInt8], order: String, status: String, rank: Int64) {
        delivery = Hex.encode(Digest.sha256.hash(body))
        (self.order, self.status, self.rank) = (order, status, rank)
    }

    /// When the first 2xx was there; nil if there was none.
    public var acceptedAt: Int64? { answers.first { (200..<300).contains($0.status) }?.endedAt }
    /// A refusal for good: the sender does not retry.
    public var isRefused: Bool { answers.contains { (400..<500).contains($0.status) && $0.status != 429 } }
}
