import FastCGIClient
import LoadClient
import Platform

/// Posts to the responder of a ``SpoolHost``, from any thread.
struct SpoolPoster: Sendable {
    let socket: String
    private let credentials = ShopDelivery.Credentials(key: "test-key", secret: "test-secret")

    init(socket: String) { self.socket = socket }

    /// Posts a signed order.
    /// - Returns: the status; nil when there was no answer.
    func post(
        _ order: String, to path: String, padding: Int = 0, at time: Int64? = nil
    ) -> (status: Int?, body: String) {
        let now = SystemClock.wallMicroseconds() / 1_000_000
        let delivery = ShopDelivery.guide(
            order, "AWAITING_SHIPMENT", at: time ?? now, amount: "1.50",
            type: padding == 0 ? "order_created" : String(repeating: "x", count: padding))
        return post(path, delivery.body, delivery.headers(credentials, signedAt: now).map { ($0.name, $0.value) })
    }

    /// Posts any body.
    func post(
        _ path: String, _ body: String, _ headers: [(name: String, value: String)]
    ) -> (status: Int?, body: String) {
        let headers = headers.map { ("HTTP_" + $0.name.uppercased().replacing("-", with: "_"), $0.value) }
        let request = Records.request("POST", path, body: Array(body.utf8), more: headers)
        guard let answer = try? RawConnection.exchange(request, socket: socket) else { return (nil, "") }
        return (answer.status, answer.bodyText)
    }
}
