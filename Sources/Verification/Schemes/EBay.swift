import Crypto

extension Scheme {
    /// eBay: ECDSA (P-256, SHA-1) over the body; `X-EBAY-SIGNATURE` is base64 of `{alg, kid, signature, digest}`. The
    /// secret is the public key that eBay's API returns for `kid`; of several, one whose `id` is the `kid` is tried alone.
    /// Source: https://developer.ebay.com/api-docs/commerce/notification/overview.html
    public static let eBay = Scheme(
        name: "ebay", algorithm: .publicKey(.ecdsaSHA1), key: .pem, encoding: .base64,
        signature: SignatureLocation(
            .encodedJSON(header: "x-ebay-signature", members: ["alg": "ecdsa", "digest": "SHA1"])))
}
