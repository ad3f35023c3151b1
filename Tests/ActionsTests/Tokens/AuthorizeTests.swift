import Crypto
import Ledger
import LocalStack
import Platform
import Postgres
import Settings
import StandIns
import TestThreads
import Testing
import Webhooks

/// `hookledger authorize` for each provider, by each way.
@Suite(.blocking) struct AuthorizeTests {
    let world: TokenWorld

    init() throws { world = try TokenWorld() }

    private func row(_ source: String) throws -> String? {
        try world.value(
            """
            select concat_ws(' ', account, shop, currency, state, refresh_expires_at is not null, refresh_due_at is not null)
            from credential_status where source = '\(source)'
            """)
    }

    private func shopify(_ page: FormFields, code: String, key: String = Authorizer.clientSecret) -> String {
        AuthorizingPerson.shopify(page, code: code, key: key)
    }

    @Test func shopify() throws {
        let arguments = ["shopify", "shopify", "--shop", "one.myshopify.com"]
        let code = try world.authorizer.code("shopify", account: "one.myshopify.com")
        let forged = try world.authorize(arguments) { shopify($0, code: code, key: "another key") }
        #expect(forged.status == .exited(70) && forged.errors.contains("its hmac is not Shopify's"))
        #expect(try world.authorizer.count("exchange") == 0, "a forged redirect costs no request")
        let done = try world.authorize(arguments) { page in
            #expect(
                page.first("redirect_uri") == "https://app.example/callback" && page.first("scope") == "read_orders")
            return shopify(page, code: code)
        }
        #expect(done.status == .exited(0), "\(done.errors)")
        #expect(try row("shopify") == "one.myshopify.com one.myshopify.com EUR valid t t")
        let again = try world.authorize(arguments) { shopify($0, code: code) }
        #expect(again.status == .exited(70), "a code works once")
    }

    @Test func shopifyByClientCredentialsIsRefreshedByThem() throws {
        let done = try world.tool(
            "authorize", "shopify", "shopify", "--shop", "one.myshopify.com", "--client-credentials")
        #expect(done.status == .exited(0), "\(done.errors)")
        #expect(try row("shopify") == "one.myshopify.com one.myshopify.com EUR valid f t")
        try world.superuser.execute("update credentials set refresh_due_at = now()")
        let batch = try world.batch()
        try world.wait("select version from credentials where source = 'shopify'", for: "2")
        world.end(batch)
        #expect(try [world.authorizer.count("client"), world.authorizer.count("refresh")] == [2, 0])
    }

    /// The browser's part is curl's.
    @Test func developersByLoopback() throws {
        let port = try freePort()
        var answer = ""
        let done = try world.authorize(["tiktok-developers", "comments", "--listen", "\(port)"]) { page in
            let redirect = page.first("redirect_uri") ?? ""
            #expect(redirect == "http://127.0.0.1:\(port)/callback/")
            let code = try world.authorizer.code(
                "tiktok_developers", account: "user-1", redirect: redirect, challenge: page.first("code_challenge"))
            for path in ["favicon.ico", "callback/?code=\(code)&state=\(page.first("state") ?? "")"] {
                let output = try ChildProcess.run(
                    ChildCommand(["curl", "--silent", "--max-time", "10", "http://127.0.0.1:\(port)/\(path)"]))
                answer += output.text
            }
            return "nothing"
        }
        #expect(done.status == .exited(0), "\(done.errors)")
        #expect(answer.hasPrefix("Not found.") && answer.contains("Received."))
        #expect(try row("comments") == "user-1 valid t t")
    }

    @Test func developersAndBusinessByPasting() throws {
        let developers = try world.authorize(["tiktok-developers", "comments"]) { page in
            let code = try world.authorizer.code(
                "tiktok_developers", account: "user-1", redirect: "https://app.example/callback",
                challenge: page.first("code_challenge"))
            return "https://app.example/callback?code=\(code)&scopes=a&state=\(page.first("state") ?? "")"
        }
        #expect(developers.status == .exited(0), "\(developers.errors)")
        let business = try world.authorize(["tiktok-business", "business"]) { page in
            let code = try world.authorizer.code(
                "tiktok_business", account: "user-2", redirect: "https://app.example/callback")
            return "https://app.example/callback?code=\(code)&state=\(page.first("state") ?? "")"
        }
        #expect(business.status == .exited(0), "\(business.errors)")
        try world.superuser.execute("update credentials set refresh_due_at = now()")
        let batch = try world.batch()
        try world.wait(
            "select string_agg(version::text, ' ') from credentials where source in ('comments', 'business')",
            for: "2 2")
        world.end(batch)
        #expect(try [row("comments"), row("business")] == ["user-1 valid t t", "user-2 valid t t"])
    }

    @Test func aWrongStateCostsNoCode() throws {
        let code = try world.authorizer.code("tiktok_shop", account: "seller-1", shops: [("7001", "GB")])
        let wrong = try world.authorize(["tiktok-shop", "tiktok"]) { _ in "https://a.example/?code=\(code)&state=other"
        }
        #expect(wrong.status == .exited(70) && wrong.errors.contains("its state is not the one"))
        #expect(try world.authorizer.count("exchange") == 0)
        let right = try world.authorize(["tiktok-shop", "tiktok"]) { page in
            "?code=\(code)&state=\(page.first("state") ?? "")"
        }
        #expect(right.status == .exited(0))
    }

    @Test func wrongUses() throws {
        for (arguments, code, words) in [
            (["authorize", "tiktok", "tiktok"], 64, "the providers are"),
            (["authorize", "shopify", "shopify"], 64, "needs --shop"),
            (["authorize", "shopify", "shopify", "--shop", "evil.example"], 64, "needs --shop"),
            (["authorize", "shopify", "tiktok", "--shop", "a.myshopify.com"], 64, "has no provider of shopify"),
            (["authorize", "tiktok-shop", "nothing"], 64, "there is no source"),
            (["authorize", "tiktok-shop", "tiktok", "--client-credentials"], 64, "has no client credentials"),
            (["authorize", "tiktok-shop", "tiktok", "--listen", "4000"], 64, "redirects only to the address"),
        ] as [([String], Int32, String)] {
            let command = ChildCommand(
                [try Executable.folder() + "/hookledger"] + arguments + [
                    "--config", world.folder + "/hookledger.yaml",
                ],
                environment: world.environment)
            let output = try ChildProcess.run(command)
            #expect(
                output.status == .exited(code) && output.errorText.contains(words), "\(arguments): \(output.errorText)")
        }
        #expect(try world.value("select count(*) from credentials where state <> 'missing'") == "0")
    }

    private func freePort() throws -> Int {
        let listener = try LoopbackListener(port: 0)
        return listener.port
    }
}
