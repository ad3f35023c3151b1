import Crypto
import Platform

/// The deliveries of one round: the integration guide's orders, signed now. Five hundred are created, then their status
/// changes, then the next five hundred.
struct Deliveries {
    /// wrk's file: for each request its length, a line feed and its bytes.
    let file: String
    /// How many there are.
    let count: Int
    /// The path that they are sent to.
    static let path = "/webhook/tiktok"

    private static let block = 500

    /// Makes the file.
    ///
    /// - Parameters:
    ///   - name: makes the orders' ids new.
    ///   - isForged: signs with another secret.
    init(_ name: String, count: Int, in stand: Stand, isForged: Bool = false) throws {
        file = "\(stand.folder)/\(name).requests"
        self.count = count
        let time = SystemClock.wallMicroseconds() / 1_000_000
        let key = SecretBytes(utf8: isForged ? "not the secret" : stand.secret)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 1300)
        for number in 0..<count {
            let body = Array(Self.body(name, number, time).utf8)
            let signature = Hex.encode(
                HMAC.authenticationCode(.sha256, key: key, parts: [Array("\(time)".utf8), body]))
            let request =
                "POST \(Self.path) HTTP/1.1\r\nHost: localhost\r\nUser-Agent: TikTokShop\r\n"
                + "Content-Type: application/json\r\nx-tiktok-shop-signature: \(signature)\r\n"
                + "x-tiktok-shop-timestamp: \(time)\r\nContent-Length: \(body.count)\r\n\r\n"
            bytes += Array("\(request.utf8.count + body.count)\n".utf8) + Array(request.utf8) + body + [0x0a]
        }
        try Files.write(file, bytes, durable: false)
    }

    /// The guide's example, and its change of status.
    private static func body(_ name: String, _ number: Int, _ time: Int64) -> String {
        let (round, place) = number.quotientAndRemainder(dividingBy: 2 * block)
        let order = "\(name)-\(round * block + place % block)"
        guard place < block else {
            return """
                {"timestamp":\(time),"type":"order_status_change","shop_id":"shop_123456","data":{"order_id":"\(order)",\
                "create_time":\(time - 60),"update_time":\(time),"order_status":"\(lastStatus)"}}
                """
        }
        return """
            {"timestamp":\(time - 60),"type":"order_created","shop_id":"shop_123456","data":{"order_id":"\(order)",\
            "create_time":\(time - 60),"update_time":\(time - 60),"order_status":"AWAITING_SHIPMENT","currency":"USD",\
            "items":[{"id":"item_1","product_id":"prod_123","product_name":"Custom T-Shirt","sku_id":"sku_456",\
            "sku_name":"Size M, Color Blue","quantity":2,"original_price":29.99,"sale_price":24.99,\
            "seller_sku":"TSHIRT-M-BLUE","image_url":"https://images.example/tshirt.png"}],\
            "shipping_address":{"full_address":"123 Main St, Apt 4B","name":"John Doe","phone":"+1234567890",\
            "region_code":"US","postal_code":"12345","city":"New York","state":"NY"},"total_amount":49.98,\
            "shipping_fee":5.00,"buyer_email":"customer-\(number)@example.com"}}
            """
    }

    /// What an order's status is when both of its deliveries have been taken.
    static let lastStatus = "AWAITING_COLLECTION"
}
