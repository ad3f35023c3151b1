public import Crypto

/// The signature of a request to TikTok Shop's own API, in its query parameter `sign`.
///
/// Source: https://partner.tiktokshop.com/docv2/page/sign-your-api-request
public enum TikTokShopRequest {
    /// The lower-case hexadecimal HMAC-SHA256, under the app secret, of the app secret, the path, every query parameter
    /// but `sign` and `access_token` sorted by name (name and value, nothing between), the body, and the app secret.
    /// - Parameters:
    ///   - path: without the query, such as `/order/202309/orders`.
    ///   - query: the parameters, decoded, `app_key` and `timestamp` (seconds) among them.
    ///   - body: the raw body; empty for a `multipart/form-data` request, which is not signed.
    /// - Returns: the signature. TikTok takes it from 5 minutes after `timestamp` back to 30 seconds before it.
    public static func signature(
        path: String, query: [(name: String, value: String)], body: [UInt8] = [], appSecret: SecretBytes
    ) -> String {
        let wrap = appSecret.reveal()
        let pairs = query.filter { $0.name != "sign" && $0.name != "access_token" }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { $0.name + $0.value }.joined()
        return Hex.encode(
            HMAC.authenticationCode(
                .sha256, key: appSecret, parts: [wrap, Array(path.utf8), Array(pairs.utf8), body, wrap]))
    }
}
