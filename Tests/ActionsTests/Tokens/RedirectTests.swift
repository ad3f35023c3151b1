import Crypto
import Ledger
import Outbound
import Settings
import Testing
import Webhooks

@testable import Actions

/// What authorization servers are asked, and what is believed of the redirect and of their answers.
@Suite struct RedirectTests {
    private static let now = Timestamp(seconds: 1_790_000_000) ?? Timestamp(microseconds: 0)
    private static let secret = SecretBytes(utf8: "hush-hush-secret")

    private func issuer(_ kind: TokenKind, _ more: String = "") throws -> TokenIssuer {
        let provider = kind.rawValue
        let settings = try Configured.settings(
            """
            sources:
              shop:
                providers: \(provider)
                secrets: { env: S }
                app: { client_id: { env: ID }, client_secret: { env: SECRET }, service_id: "77", scopes: [a, b]\(more) }
            """, ["S": "s", "ID": "the-app", "SECRET": "hush-hush-secret"])
        let app = try #require(settings.source(named: "shop")?.app)
        return try #require(TokenIssuer(kind, app: app))
    }

    private func shopify(_ fields: [(String, String)], key: String = "hush-hush-secret") -> String {
        let message = fields.sorted { $0.0 < $1.0 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: key), Array(message.utf8))
        return "https://app.example/callback?" + message + "&hmac=" + Hex.encode(code)
    }

    private func fault(_ text: String, _ issuer: TokenIssuer, shop: String? = nil) -> String? {
        do throws(Redirect.Fault) {
            _ = try Redirect(text, from: issuer, state: "right", shop: shop, now: Self.now)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func onlyTheRightStateBringsACode() throws {
        let issuer = try issuer(.tiktokShop)
        let found = try Redirect(
            " https://app.example/cb?app_key=the-app&code=c%2F1&state=right#x \n", from: issuer, state: "right",
            shop: nil, now: Self.now)
        #expect(found.code.equals(Array("c/1".utf8)))
        for text in [
            "https://app.example/cb?code=c1&state=wrong", "https://app.example/cb?code=c1", "c1", "", "?state=",
            "https://app.example/cb?code=c1#state=right", "https://app.example/cb?state=wrong&state=right&code=c1",
        ] {
            #expect(fault(text, issuer)?.hasPrefix("its state") == true, "\(text)")
        }
        #expect(fault("?state=right", issuer) == "it has no code")
        #expect(fault("?state=right&code=c1&app_key=other", issuer)?.hasPrefix("it is for another app") == true)
        #expect(fault("?state=right&error=access_denied", issuer) == "the provider refused: access_denied")
        #expect(fault("?state=right&code=" + String(repeating: "c", count: 9000), issuer) == "the address is too long")
    }

    @Test func shopifysHMACAndShopAreChecked() throws {
        let issuer = try issuer(.shopify, #", redirect_uri: "https://app.example/callback""#)
        let (shop, time) = ("one.myshopify.com", "\(Self.now.seconds - 5)")
        let fields = [("code", "c1"), ("host", "YWRtaW4"), ("shop", shop), ("state", "right"), ("timestamp", time)]
        #expect(fault(shopify(fields), issuer, shop: shop) == nil)
        #expect(fault(shopify(fields, key: "another"), issuer, shop: shop) == "its hmac is not Shopify's for this app")
        #expect(fault(shopify(fields) + "&added=1", issuer, shop: shop) == "its hmac is not Shopify's for this app")
        #expect(
            fault("?code=c1&shop=\(shop)&state=right&timestamp=\(time)", issuer, shop: shop)?.contains("hmac") == true)
        #expect(
            fault(shopify(fields), issuer, shop: "two.myshopify.com") == "it is from another shop: one.myshopify.com")
        let evil = fields.map { $0.0 == "shop" ? ("shop", "evil.example/one.myshopify.com") : $0 }
        #expect(fault(shopify(evil), issuer, shop: shop)?.hasPrefix("its shop is not a name") == true)
        let old = fields.map { $0.0 == "timestamp" ? ("timestamp", "\(Self.now.seconds - 601)") : $0 }
        #expect(fault(shopify(old), issuer, shop: shop)?.hasPrefix("it is too old") == true)
        let far = fields.map { $0.0 == "timestamp" ? ("timestamp", "-9223372036854775808") : $0 }
        #expect(fault(shopify(far), issuer, shop: shop)?.hasPrefix("it is too old") == true)
    }

    @Test func namesOfShopifysShops() {
        for name in ["one.myshopify.com", "a-b-1.myshopify.com", "1.myshopify.com"] {
            #expect(Redirect.isShopify(name))
        }
        for name in [
            "", ".myshopify.com", "-a.myshopify.com", "One.myshopify.com", "a.b.myshopify.com", "a/b.myshopify.com",
            "one.myshopify.com.evil.example", "evil.example?x=.myshopify.com", "one.myshopify.com\n", "é.myshopify.com",
        ] {
            #expect(!Redirect.isShopify(name), "\(name)")
        }
    }

    @Test func theChallengeIsTheHexadecimalHashOfTheVerifier() throws {
        let issuer = try issuer(.tiktokDevelopers)
        let page = try #require(
            issuer.page(state: "s", verifier: "v", redirect: "http://127.0.0.1:99/callback/", shop: nil))
        let query = FormFields(query: page)
        #expect(query.first("code_challenge") == Hex.encode(Digest.sha256.hash(Array("v".utf8))))
        #expect(query.first("code_challenge_method") == "S256" && query.first("scope") == "a,b")
        #expect(query.first("redirect_uri") == "http://127.0.0.1:99/callback/" && !page.contains("code_verifier"))
        let request = issuer.exchange(SecretBytes(utf8: "c"), verifier: "v", redirect: "r", shop: nil)
        #expect(FormFields(request.body ?? []).first("code_verifier") == "v")
        #expect(request.method == "POST" && request.url == "https://open.tiktokapis.com/v2/oauth/token/")
        #expect(!request.repeatable, "a code works once")
    }

    @Test func pagesNeedTheirValues() throws {
        #expect(try issuer(.shopify).page(state: "s", verifier: nil, redirect: nil, shop: "a.myshopify.com") == nil)
        #expect(
            try issuer(.tiktokShop).page(state: "s", verifier: nil, redirect: nil, shop: nil)
                == "https://services.tiktokshop.com/open/authorize?service_id=77&state=s")
        #expect(
            try issuer(.shopify).page(
                state: "s", verifier: nil, redirect: "https://a.example/c", shop: "a.myshopify.com")?
                .hasPrefix("https://a.myshopify.com/admin/oauth/authorize?client_id=the-app&scope=a%2Cb&") == true)
        #expect(
            try issuer(.tiktokBusiness).refresh(SecretBytes(utf8: "r"), account: "a").url
                == "https://business-api.tiktok.com/open_api/v1.3/tt_user/oauth2/refresh_token/")
    }

    private func grant(_ kind: TokenKind, _ status: Int, _ body: String) throws -> Result<TokenGrant, TokenFault> {
        let issuer = try issuer(kind)
        return Result { () throws(TokenFault) in
            try issuer.grant(
                in: .success(HTTPResponse(status: status, body: Array(body.utf8))),
                shown: SecretBytes(utf8: "the-code"), now: Self.now)
        }
    }

    @Test func momentsOfTikTokShopAndLivesOfTheOthers() throws {
        let shop = try grant(
            .tiktokShop, 200,
            """
            {"code": 0, "message": "success", "data": {"access_token": "A", "access_token_expire_in": \(Self.now.seconds + 100),
            "refresh_token": "R", "refresh_token_expire_in": 4841467787, "open_id": "o"}}
            """
        ).get()
        #expect(shop.expiresAt == Self.now.advanced(bySeconds: 100) && shop.account == "o")
        let other = try grant(
            .shopify, 200,
            #"{"access_token": "A", "expires_in": 3600, "refresh_token": "R", "refresh_token_expires_in": 7776000}"#
        ).get()
        #expect(other.expiresAt == Self.now.advanced(bySeconds: 3600))
        #expect(other.refreshExpiresAt == Self.now.advanced(bySeconds: 7_776_000))
        #expect(other.refreshDue(now: Self.now) == Self.now.advanced(bySeconds: 3000))
        let lasting = try grant(.shopify, 200, #"{"access_token": "A", "scope": "read_orders"}"#).get()
        #expect(lasting.expiresAt == nil && lasting.refreshToken == nil && lasting.refreshDue(now: Self.now) == nil)
    }

    @Test(
        arguments: [
            (.tiktokShop, 200, #"{"code": 36004004, "message": "bad code the-code"}"#, false),
            (.tiktokShop, 200, #"{"code": 36009002, "message": "Too many requests"}"#, true),
            (.tiktokShop, 200, "[]", true), (.shopify, 200, "<html>", true), (.shopify, 429, "{}", true),
            (.shopify, 503, "", true),
            (.shopify, 400, #"{"error": "invalid_grant", "error_description": "the-code"}"#, false),
            (.tiktokDevelopers, 200, #"{"error": "invalid_grant", "error_description": "hush-hush-secret"}"#, false),
            (.tiktokDevelopers, 200, #"{"access_token": ""}"#, false),
            (.tiktokDevelopers, 200, #"{"access_token": 7}"#, false),
            (.tiktokBusiness, 200, #"{"code": 40105, "message": "no"}"#, false),
            (.tiktokBusiness, 200, #"{"code": 0}"#, false),
            (.tiktokShop, 200, #"{"code": 0, "data": {"access_token": "A", "access_token_expire_in": 1}}"#, false),
        ] as [(TokenKind, Int, String, Bool)])
    func answersThatGiveNothing(kind: TokenKind, status: Int, body: String, isPassing: Bool) throws {
        guard case .failure(let fault) = try grant(kind, status, body) else {
            Issue.record("\(body) must give no token")
            return
        }
        if case .unavailable = fault { #expect(isPassing, "\(fault)") } else { #expect(!isPassing, "\(fault)") }
        #expect(!fault.description.contains("the-code") && !fault.description.contains("hush"))
    }

    @Test func aTokenIsRefreshedInTheSecondHalfOfItsLife() {
        for (life, before) in [(120, 60), (600, 300), (3600, 600), (86_400, 14_400), (604_800, 86_400)]
            as [(Int64, Int64)]
        {
            let grant = TokenGrant(accessToken: Self.secret, expiresAt: Self.now.advanced(bySeconds: life))
            #expect(grant.refreshDue(now: Self.now) == Self.now.advanced(bySeconds: life - before))
        }
    }
}
