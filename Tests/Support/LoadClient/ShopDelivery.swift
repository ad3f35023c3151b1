internal import Crypto

/// One delivery of TikTok Shop, made and signed independently of the code under test.
public struct ShopDelivery: Sendable, Hashable {
    /// Which of the two contracts it follows.
    public enum Contract: Sendable, Hashable {
        /// The integration guide's: the whole order, `x-tiktok-shop-signature` over timestamp and body.
        case guide
        /// Partner Center's: status and time, `Authorization` over app key and body.
        case partnerCenter
    }

    /// The signing credentials.
    public struct Credentials: Sendable {
        let key: String
        let secret: String

        /// - Parameters:
        ///   - key: `TIKTOK_APP_KEY`.
        ///   - secret: `TIKTOK_APP_SECRET`.
        public init(key: String, secret: String) {
            self.key = key
            self.secret = secret
        }
    }

    /// The contract.
    public let contract: Contract
    /// The body, byte for byte what is signed and sent.
    public let body: String

    /// A delivery with a given body.
    public init(_ contract: Contract, body: String) {
        self.contract = contract
        self.body = body
    }

    /// The guide's example with other values.
    ///
    /// - Parameters:
    ///   - time: of the event, in seconds.
    ///   - amount: `total_amount` as written in the JSON; nil leaves it out.
    ///   - type: one of the guide's five.
    public static func guide(
        _ order: String, _ status: String, at time: Int64, amount: String? = nil, type: String = "order_created"
    ) -> ShopDelivery {
        let money = amount.map { #","total_amount":\#($0)"# } ?? ""
        return ShopDelivery(
            .guide,
            body: """
                {"timestamp":\(time),"type":"\(type)","shop_id":"shop_1","data":{"order_id":"\(order)",\
                "order_status":"\(status)","create_time":\(time),"update_time":\(time),\
                "buyer_email":"\(order)@buyer.example"\(money)}}
                """)
    }

    /// Partner Center's ORDER_STATUS_CHANGE.
    public static func partnerCenter(_ order: String, _ status: String, at time: Int64) -> ShopDelivery {
        ShopDelivery(
            .partnerCenter,
            body: """
                {"type":1,"tts_notification_id":"\(order)-\(status)-\(time)","shop_id":"shop_1","timestamp":\(time),\
                "data":{"order_id":"\(order)","order_status":"\(status)","update_time":\(time)}}
                """)
    }

    /// The header fields that prove it.
    ///
    /// - Parameter time: of signing, in seconds.
    public func headers(_ credentials: Credentials, signedAt time: Int64) -> [(name: String, value: String)] {
        switch contract {
        case .guide:
            [
                ("x-tiktok-shop-signature", Self.hmac(credentials.secret, "\(time)" + body)),
                ("x-tiktok-shop-timestamp", String(time)),
            ]
        case .partnerCenter: [("Authorization", Self.hmac(credentials.secret, credentials.key + body))]
        }
    }

    private static func hmac(_ secret: String, _ text: String) -> String {
        Hex.encode(HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: secret), parts: [Array(text.utf8)]))
    }
}
