public import Crypto
import JSON
public import Ledger
public import Outbound
import Settings
import Verification
public import Webhooks

/// The shops of an authorization, and what is said about them.
extension TokenIssuer {
    /// The request that lists the shops of a fresh token; nil if the provider's tokens have no shops.
    /// - Parameter shop: of Shopify.
    public func shopsRequest(_ token: SecretBytes, shop: String?, now: Timestamp) -> HTTPRequest? {
        switch kind {
        case .tiktokShop:
            let path = "/authorization/202309/shops"
            let query = [("app_key", clientID.text), ("timestamp", String(now.seconds))]
            let signature = TikTokShopRequest.signature(
                path: path, query: query.map { (name: $0.0, value: $0.1) }, appSecret: clientSecret)
            let text = (query + [("sign", signature)]).map { "\($0.0)=\(PercentText.encode($0.1))" }
            return get(
                (app.apiURL ?? TikTokOrderAPI.defaultBase).withoutTrailingSlash + path + "?"
                    + text.joined(separator: "&"), "x-tts-access-token", token)
        case .shopify:
            return get(
                (app.apiURL ?? "https://\(shop ?? "")").withoutTrailingSlash
                    + "/admin/api/\(ShopifyOrderAPI.defaultVersion)/shop.json", "X-Shopify-Access-Token", token)
        case .tiktokDevelopers, .tiktokBusiness: return nil
        }
    }

    /// The shops in an answer.
    /// - Parameters:
    ///   - token: no message may show it.
    ///   - shop: the shop of Shopify that allowed the app; an answer about another one is refused.
    public func shops(in reply: Reply, token: SecretBytes, shop: String?) throws(TokenFault) -> [TokenShop] {
        let answer = TokenAnswer(secrets: [clientSecret, token])
        let members = try answer.members(reply)
        guard kind == .tiktokShop else {
            let found = members["shop"]
            guard let domain = found?["myshopify_domain"]?.string, domain == shop else {
                throw .refused("the token is not for the shop \(shop ?? "")")
            }
            return [
                TokenShop(
                    shop: domain, name: found?["name"]?.string, region: found?["country_code"]?.string,
                    currency: found?["currency"]?.string)
            ]
        }
        guard let list = members["shops"]?.array else { throw .refused("the answer has no shops") }
        return try list.map { (shop) throws(TokenFault) in
            guard let id = shop["id"]?.string ?? shop["id"]?.integer.map(String.init), !id.isEmpty else {
                throw .refused("a shop in the answer has no id")
            }
            let region = shop["region"]?.string
            return TokenShop(
                shop: id, name: shop["name"]?.string, region: region,
                currency: region.flatMap { Self.currencies[$0] },
                cipher: try answer.secret("cipher", in: shop))
        }
    }

    /// TikTok Shop's markets: a shop sells in the currency of its region.
    static let currencies = [
        "BR": "BRL", "DE": "EUR", "ES": "EUR", "FR": "EUR", "GB": "GBP", "ID": "IDR", "IE": "EUR", "IT": "EUR",
        "JP": "JPY", "MX": "MXN", "MY": "MYR", "PH": "PHP", "SG": "SGD", "TH": "THB", "US": "USD", "VN": "VND",
    ]

    private func get(_ url: String, _ header: String, _ token: SecretBytes) -> HTTPRequest {
        HTTPRequest(
            method: "GET", url: url, headers: [.init("Accept", "application/json"), .init(header, token.text)],
            totalTimeout: .seconds(30), responseLimit: 4 << 20, repeatable: true)
    }
}
