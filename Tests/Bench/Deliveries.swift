import Crypto
import Platform

/// The deliveries of one round: the integration guide's orders, signed now. A block of orders is created, then their
/// status changes, then the next block is created.
struct Deliveries {
    /// wrk's file: for each request its length, a line feed and its bytes.
    let file: String
    /// How many there are.
    let count: Int
    /// How they look.
    let shape: Shape
    /// The path that they are sent to.
    static let path = "/webhook/tiktok"

    /// How deliveries look.
    struct Shape {
        /// The lines of an order. One makes bodies of 0.7 kB for a new order.
        var lines = 1
        /// After how many new orders their changes follow.
        var block = 500
        /// Every which delivery is one that was sent before; nil for none.
        var repeatsEvery: Int?
    }

    /// Makes the file.
    ///
    /// - Parameters:
    ///   - name: makes the orders' ids new.
    ///   - isForged: signs with another secret.
    init(_ name: String, count: Int, in stand: Stand, shape: Shape = Shape(), isForged: Bool = false) throws {
        file = "\(stand.folder)/\(name).requests"
        self.count = count
        self.shape = shape
        let time = SystemClock.wallMicroseconds() / 1_000_000
        let key = SecretBytes(utf8: isForged ? "not the secret" : stand.secret)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 1300)
        for place in 0..<count {
            let isRepeated = shape.repeatsEvery.map { place % $0 == $0 - 1 && place > Self.distance } ?? false
            let number = isRepeated ? place - Self.distance : place
            let body = Array(body(name, number, time).utf8)
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

    /// How many deliveries lie between a delivery and its repetition. The first one is answered by then.
    ///
    /// No multiple of what `repeatsEvery` may be: a repetition repeats a delivery, and no other repetition.
    private static let distance = 1_001

    /// How many of the first `answered` deliveries are repetitions.
    ///
    /// - Parameter slack: how many more may be, where the client stops.
    func repeated(of answered: Int, slack: Int) -> ClosedRange<Int> {
        guard let every = shape.repeatsEvery else { return 0...slack }
        // The client stops at any place, with a request under way on each connection.
        let about = max(0, answered - Self.distance) / every
        return max(0, about - Self.distance / every)...(about + Self.distance / every)
    }

    /// The guide's example, and its change of status.
    private func body(_ name: String, _ number: Int, _ time: Int64) -> String {
        let (round, place) = number.quotientAndRemainder(dividingBy: 2 * shape.block)
        let order = "\(name)-\(round * shape.block + place % shape.block)"
        let items = (1...shape.lines).map(Self.item).joined(separator: ",")
        guard place < shape.block else {
            // A change of a large order brings its lines again, as marketplaces send them.
            return """
                {"timestamp":\(time),"type":"order_status_change","shop_id":"shop_123456","data":{"order_id":"\(order)",\
                "create_time":\(time - 60),"update_time":\(time),"order_status":"\(Self.lastStatus)"\
                \(shape.lines > 1 ? ",\"items\":[\(items)]" : "")}}
                """
        }
        return """
            {"timestamp":\(time - 60),"type":"order_created","shop_id":"shop_123456","data":{"order_id":"\(order)",\
            "create_time":\(time - 60),"update_time":\(time - 60),"order_status":"AWAITING_SHIPMENT","currency":"USD",\
            "items":[\(items)],"shipping_address":{"full_address":"123 Main St, Apt 4B","name":"John Doe","phone":"+1234567890",\
            "region_code":"US","postal_code":"12345","city":"New York","state":"NY"},"total_amount":49.98,\
            "shipping_fee":5.00,"buyer_email":"customer-\(number)@example.com"}}
            """
    }

    private static func item(_ number: Int) -> String {
        """
        {"id":"item_\(number)","product_id":"prod_123","product_name":"Custom T-Shirt","sku_id":"sku_456",\
        "sku_name":"Size M, Color Blue","quantity":2,"original_price":29.99,"sale_price":24.99,\
        "seller_sku":"TSHIRT-M-BLUE","image_url":"https://images.example/tshirt.png"}
        """
    }

    /// What an order's status is when both of its deliveries have been taken.
    static let lastStatus = "AWAITING_COLLECTION"
}
