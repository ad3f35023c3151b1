import Crypto
import JSON
import LocalStack
import Platform

/// One order as the TikTok Shop guide's contract sends it: the signature is hex HMAC-SHA256(app secret, timestamp +
/// body).
struct SampleOrder {
    let id: String
    private let body: String
    private let seconds: Int64

    /// An order created now.
    init() {
        let microseconds = SystemClock.wallMicroseconds()
        seconds = microseconds / 1_000_000
        id = "demo-\(microseconds)"
        let item: JSONValue = [
            "id": "item_1", "product_id": "prod_123", "product_name": "Custom T-Shirt", "sku_id": "sku_456",
            "sku_name": "Size M, Color Blue", "quantity": 2, "seller_sku": "TSHIRT-M-BLUE",
        ]
        let data: JSONValue = [
            "order_id": .string(id), "order_status": "AWAITING_SHIPMENT", "create_time": .number(JSONNumber(seconds)),
            "update_time": .number(JSONNumber(seconds)), "items": [item],
            "total_amount": JSONNumber(literal: "49.98").map { .number($0) } ?? .null,
            "buyer_email": "customer@example.com",
        ]
        let order: JSONValue = [
            "timestamp": .number(JSONNumber(seconds)), "type": "order_created", "shop_id": "shop_123456", "data": data,
        ]
        body = order.text
    }

    /// Sends it with curl, as a person would.
    ///
    /// - Returns: the status, 0 when there was no answer, and the body of the answer or what curl said.
    func send(to stack: LocalStack, secret: String) throws -> (status: Int, text: String) {
        let code = HMAC.authenticationCode(
            .sha256, key: SecretBytes(utf8: secret), parts: [Array("\(seconds)".utf8), Array(body.utf8)])
        let output = try ChildProcess.run(
            ChildCommand([
                "curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "10",
                "--cacert", stack.folder.certificate, "--write-out", "\n%{http_code}",
                "--header", "Content-Type: application/json",
                "--header", "x-tiktok-shop-signature: \(Hex.encode(code))",
                "--header", "x-tiktok-shop-timestamp: \(seconds)",
                "--data-raw", body, stack.state.url + "/webhook/tiktok",
            ]))
        let lines = output.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let status = lines.last.flatMap { Int($0) } ?? 0
        return (status, lines.dropLast().joined(separator: "\n") + output.errorText)
    }
}
