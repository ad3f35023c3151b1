public import Crypto
import Ledger
public import Webhooks

/// The address to which the provider sent the person's browser back, checked.
public struct Redirect: Sendable {
    /// What a token is given for; works once.
    public let code: SecretBytes

    /// Why a redirect is refused. Holds nothing of it.
    public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// How old a redirect of Shopify may be, in seconds.
    static let tolerance: Int64 = 600

    /// Checks a redirect.
    /// - Parameters:
    ///   - text: the whole address, or what follows its `?`.
    ///   - issuer: whose it is.
    ///   - state: what the authorization page was given.
    ///   - shop: the shop of Shopify that is to allow the app.
    ///   - now: the present.
    /// - Throws: why it is refused.
    public init(_ text: String, from issuer: TokenIssuer, state: String, shop: String?, now: Timestamp) throws(Fault) {
        let line = String(text.trimmed)
        let query =
            line.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).last.map(String.init) ?? ""
        guard line.utf8.count <= 8192 else { throw Fault(description: "the address is too long") }
        let fields = FormFields(query: "/?" + (query.split(separator: "#").first.map(String.init) ?? ""))
        guard let told = fields.first("state"), constantTimeEquals(Array(told.utf8), Array(state.utf8)) else {
            throw Fault(description: "its state is not the one of this authorization: open the printed address again")
        }
        if issuer.kind == .shopify { try Self.checkShopify(fields, issuer, shop, now) }
        if issuer.kind == .tiktokShop, let key = fields.first("app_key"), !issuer.clientID.equals(Array(key.utf8)) {
            throw Fault(description: "it is for another app: its app_key is not client_id")
        }
        if let error = fields.first("error") {
            throw Fault(description: "the provider refused: " + AnswerJudgement.excerpt(error))
        }
        guard let code = fields.first("auth_code") ?? fields.first("code"), !code.isEmpty else {
            throw Fault(description: "it has no code")
        }
        self.code = SecretBytes(utf8: code)
    }

    /// The `hmac` covers all other parameters, sorted.
    private static func checkShopify(
        _ fields: FormFields, _ issuer: TokenIssuer, _ shop: String?, _ now: Timestamp
    ) throws(Fault) {
        let message = fields.all.filter { $0.name != "hmac" && $0.name != "signature" }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        guard let code = fields.first("hmac").flatMap({ Hex.decode($0) }),
            HMAC.isValid(code, .sha256, key: issuer.clientSecret, parts: [Array(message.utf8)])
        else { throw Fault(description: "its hmac is not Shopify's for this app") }
        guard let told = fields.first("shop"), Self.isShopify(told) else {
            throw Fault(description: "its shop is not a name such as example.myshopify.com")
        }
        guard told == shop else { throw Fault(description: "it is from another shop: \(told)") }
        guard let time = fields.first("timestamp").flatMap({ Int64($0) }),
            abs(now.seconds - min(max(time, 0), 1 << 40)) <= tolerance
        else { throw Fault(description: "it is too old, or this host's clock is wrong") }
    }

    /// Whether it is the name of a shop of Shopify: letters, digits and hyphens before `.myshopify.com`.
    public static func isShopify(_ shop: String) -> Bool {
        let end = ".myshopify.com"
        guard shop.hasSuffix(end) else { return false }
        let name = Array(shop.utf8.dropLast(end.utf8.count))
        func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
        return (1...60).contains(name.count) && isLetter(name[0]) && name.allSatisfy { isLetter($0) || $0 == 45 }
    }
}
