import Crypto
import JSON
import Outbound
import Providers
import Settings
import Verification
import Webhooks

/// A shop system's own API, as far as it gives one order, product or customer.
protocol OrderAPI: ProviderAPI {
    /// The contract by which what it gives is read.
    var provider: any Provider { get }
    /// The header fields that a webhook of that contract would have, so that the same reader understands the answer.
    var headers: HeaderFields { get }
    /// The request for one of them.
    func request(for orderID: String, now: Timestamp, timeout: Duration) -> HTTPRequest
    /// What an answer of status 2xx gives.
    func order(in answer: JSONValue) -> OrderAnswer
}

/// What an answer says.
enum OrderAnswer {
    /// The order.
    case found(JSONValue)
    /// There is none, or not yet.
    case absent
    /// The API refuses, in its own words.
    case refused(String)
    /// The API refuses the token.
    case tokenRefused(String)
}

extension SecretBytes {
    /// The secret as a URL, or as the text of a header field or query.
    var text: String { String(String(decoding: reveal(), as: UTF8.self).trimmed) }
}

/// TikTok Shop (https://partner.tiktokshop.com/docv2/page/get-order-detail-202309).
struct TikTokOrderAPI: OrderAPI {
    let provider: any Provider = TikTokShopDetailProvider()
    let headers = HeaderFields()
    let base: String
    let appKey: SecretBytes
    let appSecret: SecretBytes
    let accessToken: SecretBytes
    let shopCipher: String?

    static let defaultBase = "https://open-api.tiktokglobalshop.com"
    private static let path = "/order/202309/orders"
    /// What it says of a token that is invalid or has expired; other codes of 105xxx are about rights.
    static let tokenCodes: ClosedRange<Int64> = 105_000...105_002

    func request(for orderID: String, now: Timestamp, timeout: Duration) -> HTTPRequest {
        var query = [("app_key", appKey.text), ("ids", orderID), ("timestamp", String(now.seconds))]
        if let shopCipher { query.append(("shop_cipher", shopCipher)) }
        let signature = TikTokShopRequest.signature(
            path: Self.path, query: query.map { (name: $0.0, value: $0.1) }, appSecret: appSecret)
        let text = (query + [("sign", signature)]).map { "\($0.0)=\(PercentText.encode($0.1))" }.joined(separator: "&")
        return get(
            base.withoutTrailingSlash + Self.path + "?" + text,
            [("x-tts-access-token", accessToken.text), ("Content-Type", "application/json")], timeout)
    }

    func order(in answer: JSONValue) -> OrderAnswer {
        guard let code = answer["code"]?.integer else { return .refused("no code in the answer") }
        guard code == 0 else {
            let reason = "code \(code): \(answer["message"]?.string ?? "")"
            return Self.tokenCodes.contains(code) ? .tokenRefused(reason) : .refused(reason)
        }
        return answer["data"]?["orders"]?.array?.first.map(OrderAnswer.found) ?? .absent
    }
}

/// Shopify's Admin API (https://shopify.dev/docs/api/admin-rest/latest/resources/order).
struct ShopifyOrderAPI: OrderAPI {
    let provider: any Provider
    let headers = HeaderFields([("x-shopify-topic", "orders/updated")])
    let base: String
    let accessToken: SecretBytes
    let version: String

    static let defaultVersion = "2025-01"

    func request(for orderID: String, now: Timestamp, timeout: Duration) -> HTTPRequest {
        request(for: orderID, of: "orders", timeout)
    }

    /// The request for one resource.
    /// - Parameter name: the last part of the path of all of them.
    func request(for id: String, of name: String, _ timeout: Duration) -> HTTPRequest {
        get(
            "\(base.withoutTrailingSlash)/admin/api/\(version)/\(name)/\(PercentText.encode(id)).json",
            [("X-Shopify-Access-Token", accessToken.text)], timeout)
    }

    func order(in answer: JSONValue) -> OrderAnswer { answer["order"].map(OrderAnswer.found) ?? .absent }
}

/// WooCommerce's REST API (https://woocommerce.github.io/woocommerce-rest-api-docs/#retrieve-an-order).
struct WooCommerceOrderAPI: OrderAPI {
    let provider: any Provider
    let headers = HeaderFields([
        ("x-wc-webhook-topic", "order.updated"), ("x-wc-webhook-resource", "order"), ("x-wc-webhook-event", "updated"),
    ])
    let base: String
    let consumerKey: SecretBytes
    let consumerSecret: SecretBytes

    func request(for orderID: String, now: Timestamp, timeout: Duration) -> HTTPRequest {
        get(
            "\(base.withoutTrailingSlash)/wp-json/wc/v3/orders/\(PercentText.encode(orderID))", [authorization], timeout
        )
    }

    var authorization: (String, String) {
        ("Authorization", "Basic " + Base64.encode(Array("\(consumerKey.text):\(consumerSecret.text)".utf8)))
    }

    func order(in answer: JSONValue) -> OrderAnswer { answer["id"] == nil ? .absent : .found(answer) }
}

/// Percent-encoding (RFC 3986 section 2).
enum PercentText {
    /// Everything but unreserved characters is encoded.
    static func encode(_ text: String) -> String {
        text.utf8.map { byte -> String in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(Unicode.Scalar(byte))
            default: "%" + Hex.encode([byte]).uppercased()
            }
        }.joined()
    }
}
