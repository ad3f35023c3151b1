import Webhooks

/// Deliveries as the responder gets them.
enum Deliveries {
    static func at(_ second: Int64, _ body: String = "{}") -> Delivery {
        Delivery(
            requestID: "r", receivedAt: Timestamp(microseconds: second * 1_000_000), path: "/webhook",
            headers: HeaderFields([]),
            body: Array(body.utf8), remoteAddress: "192.0.2.1")
    }
}
