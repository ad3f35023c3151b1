public import Crypto
import JSON
public import Ledger
public import Outbound
public import Settings
import Verification
public import Webhooks

/// The authorization server of a provider. Pure: it says the next request, and reads an answer.
///
/// Sources: TikTok Shop https://partner.tiktokshop.com/docv2/page/678e3a3292b0f40314a92d75 and 650b1f2ff1fd3102b93c6d3d;
/// Shopify https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant,
/// …/offline-access-tokens and …/client-credentials-grant; TikTok for Developers
/// https://developers.tiktok.com/doc/oauth-user-access-token-management and https://developers.tiktok.com/doc/login-kit-desktop;
/// API for Business https://business-api.tiktok.com/portal/docs (`/tt_user/oauth2/token/`; read second-hand).
public struct TokenIssuer: Sendable {
    /// Whose server it is.
    public let kind: TokenKind
    let app: AppSettings
    let clientID: SecretBytes
    let clientSecret: SecretBytes

    /// - Returns: nil when a secret of the app is absent.
    public init?(_ kind: TokenKind, app: AppSettings) {
        guard let id = app.clientID, let secret = app.clientSecret else { return nil }
        self.kind = kind
        self.app = app
        clientID = id
        clientSecret = secret
    }

    /// The redirect address that is registered for the app; nil if the configuration names none.
    public var redirectURI: String? { app.redirectURI }
    /// Whether the authorization page takes a PKCE challenge (RFC 7636).
    public var hasChallenge: Bool { kind == .tiktokDevelopers }
    /// Whether the provider lets an app redirect to a port of 127.0.0.1. TikTok Shop and the API for Business take only the
    /// address in their portals, Shopify only those of the app's configuration.
    public var allowsLoopback: Bool { kind == .tiktokDevelopers }
    /// Whether the app's own secret is enough for a token.
    public var hasClientCredentials: Bool { kind == .shopify || kind == .tiktokDevelopers }

    /// The page where a person allows the app.
    /// - Parameters:
    ///   - state: what the redirect must bring back.
    ///   - verifier: of PKCE; shown only as its hash. TikTok wants the hash in hexadecimal and not in base64url.
    ///   - redirect: the redirect address; nil for TikTok Shop, whose portal has it.
    ///   - shop: of Shopify.
    /// - Returns: nil if a value is missing that the provider's page needs.
    public func page(state: String, verifier: String?, redirect: String?, shop: String?) -> String? {
        let id = clientID.text
        switch kind {
        case .tiktokShop:
            guard let service = app.serviceID else { return nil }
            return url(
                app.authorizeURL ?? "https://services.tiktokshop.com/open/authorize",
                [
                    ("service_id", service), ("state", state),
                ])
        case .shopify:
            guard let shop, let redirect else { return nil }
            return url(
                app.authorizeURL ?? "https://\(shop)/admin/oauth/authorize",
                [
                    ("client_id", id), ("scope", app.scopes.joined(separator: ",")), ("redirect_uri", redirect),
                    ("state", state),
                ])
        case .tiktokDevelopers, .tiktokBusiness:
            guard let redirect else { return nil }
            let challenge = verifier.map { Hex.encode(Digest.sha256.hash(Array($0.utf8))) }
            return url(
                app.authorizeURL ?? "https://www.tiktok.com/v2/auth/authorize/",
                [
                    ("client_key", id), ("response_type", "code"), ("scope", app.scopes.joined(separator: ",")),
                    ("redirect_uri", redirect), ("state", state),
                ] + (challenge.map { [("code_challenge", $0), ("code_challenge_method", "S256")] } ?? []))
        }
    }

    /// The request that turns a code into tokens. A code works once, so it must not be repeated.
    public func exchange(_ code: SecretBytes, verifier: String?, redirect: String?, shop: String?) -> HTTPRequest {
        let secret = ("client_secret", clientSecret.text)
        switch kind {
        case .tiktokShop:
            return ask("/api/v2/token/get", [("auth_code", code.text), ("grant_type", "authorized_code")])
        case .shopify:
            // Tokens that do not expire are no longer given to public apps.
            return form(shop, [("client_id", clientID.text), secret, ("code", code.text), ("expiring", "1")])
        case .tiktokDevelopers:
            return form(
                nil,
                [
                    ("client_key", clientID.text), secret, ("code", code.text), ("grant_type", "authorization_code"),
                    ("redirect_uri", redirect ?? ""),
                ] + (verifier.map { [("code_verifier", $0)] } ?? []))
        case .tiktokBusiness:
            return json(
                "/open_api/v1.3/tt_user/oauth2/token/",
                [
                    ("grant_type", "authorization_code"), ("auth_code", code.text), ("redirect_uri", redirect ?? ""),
                ])
        }
    }

    /// The request for the next tokens.
    /// - Parameters:
    ///   - token: the refresh token; nil where the app's own secret is enough.
    ///   - account: the account that gave the permission; for Shopify the shop, which is also its server.
    public func refresh(_ token: SecretBytes?, account: String) -> HTTPRequest {
        guard let token else { return clientCredentials(shop: account) }
        let terms = [("grant_type", "refresh_token"), ("refresh_token", token.text)]
        switch kind {
        case .tiktokShop: return ask("/api/v2/token/refresh", terms)
        case .shopify:
            return form(account, [("client_id", clientID.text), ("client_secret", clientSecret.text)] + terms)
        case .tiktokDevelopers:
            return form(nil, [("client_key", clientID.text), ("client_secret", clientSecret.text)] + terms)
        case .tiktokBusiness: return json("/open_api/v1.3/tt_user/oauth2/refresh_token/", terms)
        }
    }

    /// The request for a token by the app's own secret.
    public func clientCredentials(shop: String?) -> HTTPRequest {
        let id = kind == .shopify ? "client_id" : "client_key"
        return form(
            shop,
            [
                (id, clientID.text), ("client_secret", clientSecret.text), ("grant_type", "client_credentials"),
            ])
    }

    /// The tokens in an answer.
    /// - Parameters:
    ///   - shown: the code or token that was shown: no message may show it.
    ///   - now: the present, to which lives are added.
    public func grant(in reply: Reply, shown: SecretBytes?, now: Timestamp) throws(TokenFault) -> TokenGrant {
        let answer = TokenAnswer(secrets: [clientSecret] + (shown.map { [$0] } ?? []))
        let members = try answer.members(reply)
        var grant = TokenGrant(accessToken: try answer.secret("access_token", in: members))
        if members["refresh_token"] != nil, members["refresh_token"]?.string?.isEmpty != true {
            grant.refreshToken = try answer.secret("refresh_token", in: members)
        }
        grant.account = members["open_id"]?.string
        if kind == .tiktokShop {
            // Moments, not lives.
            grant.expiresAt = Self.moment(members["access_token_expire_in"])
            grant.refreshExpiresAt = Self.moment(members["refresh_token_expire_in"])
        } else {
            grant.expiresAt = Self.life(members["expires_in"], now)
            grant.refreshExpiresAt = Self.life(
                members["refresh_expires_in"] ?? members["refresh_token_expires_in"], now)
        }
        if grant.expiresAt.map({ $0 <= now }) == true { throw .refused("the token in the answer has expired already") }
        return grant
    }

    private static func moment(_ value: JSONValue?) -> Timestamp? {
        value?.integer.flatMap { $0 > 0 ? Timestamp(seconds: $0) : nil }
    }

    private static func life(_ value: JSONValue?, _ now: Timestamp) -> Timestamp? {
        value?.integer.flatMap { $0 > 0 ? now.advanced(bySeconds: min($0, 20 * 31_557_600)) : nil }
    }

    // Requests

    private static let timeout = Duration.seconds(30)

    /// Where tokens are given.
    private func base(_ shop: String?) -> String {
        if let url = app.tokenURL { return url.withoutTrailingSlash }
        switch kind {
        case .tiktokShop: return "https://auth.tiktok-shops.com"
        case .shopify: return "https://\(shop ?? "")"
        case .tiktokDevelopers: return "https://open.tiktokapis.com"
        case .tiktokBusiness: return "https://business-api.tiktok.com"
        }
    }

    private func url(_ base: String, _ query: [(String, String)]) -> String { base + "?" + Self.form(query) }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\(PercentText.encode($0.1))" }.joined(separator: "&")
    }

    /// TikTok Shop takes everything in the query of a GET.
    private func ask(_ path: String, _ terms: [(String, String)]) -> HTTPRequest {
        let query = [("app_key", clientID.text), ("app_secret", clientSecret.text)] + terms
        return request("GET", url(base(nil) + path, query), [], nil)
    }

    private func form(_ shop: String?, _ fields: [(String, String)]) -> HTTPRequest {
        let path = kind == .shopify ? "/admin/oauth/access_token" : "/v2/oauth/token/"
        return request(
            "POST", base(shop) + path, [.init("Content-Type", "application/x-www-form-urlencoded")],
            Array(Self.form(fields).utf8))
    }

    private func json(_ path: String, _ fields: [(String, String)]) -> HTTPRequest {
        var body = JSONObject()
        body["client_id"] = .string(clientID.text)
        body["client_secret"] = .string(clientSecret.text)
        for (name, value) in fields { body[name] = .string(value) }
        return request(
            "POST", base(nil) + path, [.init("Content-Type", "application/json")], JSONValue.object(body).serialized())
    }

    private func request(
        _ method: String, _ url: String, _ headers: [HTTPRequest.Header], _ body: [UInt8]?
    ) -> HTTPRequest {
        HTTPRequest(
            method: method, url: url, headers: [.init("Accept", "application/json")] + headers, body: body,
            totalTimeout: Self.timeout, responseLimit: 1 << 20, repeatable: false)
    }
}
