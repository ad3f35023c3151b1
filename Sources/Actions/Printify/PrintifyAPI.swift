import Crypto
import JSON
import Jobs
import Outbound
import Settings

/// A shop at Printify, as its API has it (https://developers.printify.com): address, token, limits and paths.
struct PrintifyAPI: Sendable {
    /// The shop's id at Printify.
    let shop: String
    private let base: String
    private let token: SecretBytes
    private let timeout: Duration

    static let defaultBase = "https://api.printify.com"

    /// The keys of every action that uses it.
    static let keys: [ActionKind.Key] = [
        .init("shop", .text, required: true, "The shop's id at Printify."),
        .init("token", .secret, required: true, "The token of the API."),
        .init("base_url", .url, standard: defaultBase, "The API's address."),
    ]

    /// - Returns: nil without a shop or token.
    init?(_ settings: ActionSettings) {
        guard let shop = settings.text("shop"), let token = settings.secret("token") else { return nil }
        self.init(
            shop: shop, token: token, base: settings.text("base_url") ?? Self.defaultBase, timeout: settings.timeout)
    }

    /// - Parameter timeout: of one request.
    init(shop: String, token: SecretBytes, base: String = defaultBase, timeout: Duration = .seconds(30)) {
        self.shop = shop
        self.token = token
        self.base = base
        self.timeout = timeout
    }

    /// 600 requests a minute for an account.
    var pace: Pace { Pace(key: "printify:" + Hex.encode(Digest.sha256.hash(token.reveal())), interval: 100) }
    /// Host and port.
    var destination: String? { HTTPRequest(method: "GET", url: base).destination }
    /// What the effects of submitting orders to this shop begin with; the `external_id` follows.
    var effectPrefix: String { "printify:\(shop):" }

    /// Whether an id of Printify's can be part of a path.
    static func isPlain(_ id: String) -> Bool {
        !id.isEmpty
            && id.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }

    private func url(_ path: String) -> String { Self.url(path, base: base, shop: shop) }

    /// The URL of a path below the shop.
    private static func url(_ path: String, base: String, shop: String) -> String {
        "\(base.withoutTrailingSlash)/v1/shops/\(shop)/\(path)"
    }

    /// The URL of an order by the settings alone.
    static func url(order id: String, _ settings: ActionSettings) -> String {
        url("orders/\(id)", base: settings.text("base_url") ?? defaultBase, shop: settings.text("shop") ?? "")
    }

    /// The request for an order.
    /// - Parameter id: Printify's own, plain.
    func get(order id: String) -> HTTPRequest {
        HTTPRequest(
            method: "GET", url: url("orders/\(id).json"),
            headers: [
                .init("Authorization", "Bearer " + token.text), .init("Accept", "application/json"),
                .init("User-Agent", "hookledger"),
            ], totalTimeout: timeout, responseLimit: 4 << 20, repeatable: true)
    }

    /// - Parameter repeatable: of an order, for its `external_id`; other requests have no such key.
    func post(_ path: String, _ body: JSONValue, repeatable: Bool = false) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: url(path),
            headers: [
                .init("Authorization", "Bearer " + token.text),
                .init("Content-Type", "application/json"), .init("User-Agent", "hookledger"),
            ], body: body.serialized(), totalTimeout: timeout,
            repeatable: repeatable)
    }

    /// The order in the answer to ``get(order:)``.
    /// - Throws: the end of the attempt if it is not there.
    static func order(_ id: String, in reply: Reply) throws(Judged) -> JSONValue {
        guard case .success(let response) = reply else { throw Judged(AnswerJudgement.outcome(of: reply)) }
        guard (200..<300).contains(response.status) else {
            throw Judged(
                AnswerJudgement.outcome(
                    status: response.status, header: response.header,
                    detail: PrintifyAnswer(response.body).explanation))
        }
        guard let order = try? JSONValue(parsing: response.body), order["id"]?.identifier == id else {
            throw Judged(.retry(counted: true, reason: "answered \(response.status) without the order \(id)"))
        }
        return order
    }
}
