internal import LocalStack
internal import Platform
package import StandIns
internal import Webhooks

/// Apps of TikTok Shop and Shopify whose tokens are stored, in a configuration before the stand-ins of shops.py.
package enum ShopApps {
    /// A configuration with apps in place of tokens, expected webhooks, and a key for the tokens.
    /// - Parameters:
    ///   - yaml: has a source in block style for each of the simulated shops.
    ///   - shops: the address of the stand-ins.
    ///   - folder: has the key.
    package static func amended(_ yaml: String, shops: String, folder: String) -> String {
        let terms: [ShopStandIns.Shop: String] = [
            .tiktok: #"service_id: "77""#,
            .shopify: #"redirect_uri: "https://app.example/callback", scopes: [read_orders]"#,
        ]
        var yaml = yaml
        for shop in ShopStandIns.Shop.simulated {
            let server = "\(shops)/authorizer/\(shop == .tiktok ? "tts" : shop.rawValue)"
            let app = terms[shop].map {
                """

                    app: { client_id: { env: APP_KEY }, client_secret: { env: APP_SECRET }, token_url: "\(server)",
                      api_url: "\(server)", \($0) }
                """
            }
            let path = "paths: [/webhook/\(shop.rawValue)]\n"
            let topics = Subscribed.expected(shop).joined(separator: ", ")
            yaml = yaml.replacingBytes(
                of: path,
                with: path.dropLast() + (app ?? "")
                    + "\n    webhooks: { expect: [\(topics)], address: \"\(address(shop))\" }\n")
        }
        for token in [
            "access_token: { env: TIKTOK_TOKEN }, app_key: { env: APP_KEY }, app_secret: { env: APP_SECRET }",
            "access_token: { env: SHOPIFY_TOKEN }",
        ] { yaml = yaml.replacingBytes(of: token, with: "timeout: 20s") }
        return yaml + "\nkeys: { tokens: \"\(folder)/tokens.key\" }\n"
    }

    /// Where the webhooks of a shop lead.
    package static func address(_ shop: ShopStandIns.Shop) -> String {
        "https://hooks.example.com/webhook/\(shop.rawValue)"
    }

    /// A person authorizes the app with the real command.
    /// - Parameters:
    ///   - account: a seller of TikTok Shop; a shop of Shopify.
    ///   - shops: the seller's.
    ///   - folder: of the configuration `hookledger.yaml`.
    package static func authorize(
        _ shop: ShopStandIns.Shop, account: String, shops: [String], at authorizer: Authorizer, folder: String,
        environment: [String: String]
    ) throws {
        let arguments =
            shop == .tiktok ? ["tiktok-shop", "tiktok"] : ["shopify", "shopify", "--shop", account]
        let command = ChildCommand(
            [try Executable.folder() + "/hookledger", "authorize"] + arguments + [
                "--config", folder + "/hookledger.yaml",
            ],
            environment: environment.merging(["PATH": Environment.value(of: "PATH") ?? "/usr/bin:/bin"]) { $1 })
        let done = try AuthorizingPerson.run(command, in: folder) { page in
            guard shop == .tiktok else {
                let code = try authorizer.code("shopify", account: account)
                return AuthorizingPerson.shopify(page, shop: account, code: code, key: ShopStandIns.appSecret)
            }
            let list = shops.map { (id: $0, region: "GB") }
            return AuthorizingPerson.tikTokShop(
                page, code: try authorizer.code("tiktok_shop", account: account, shops: list))
        }
        guard done.status == .exited(0) else { throw ShopWorldError("not authorized: \(done.errors)") }
    }
}
