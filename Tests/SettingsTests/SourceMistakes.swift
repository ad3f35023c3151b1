extension Mistake {
    private static func source(_ text: String, _ message: String) -> Mistake {
        Mistake("sources:\n  shop: { providers: tiktok_shop, paths: /a, \(text) }", message)
    }

    private static func path(_ path: String, _ message: String) -> Mistake {
        Mistake(
            "sources:\n  shop: { providers: tiktok_shop, paths: \"\(path)\" }",
            "2: the path \"\(path)\" of sources.shop \(message)")
    }

    static let ofSources = [
        Mistake(
            "sources: { s: { paths: /a } }",
            "1: sources.s.providers must name at least one provider, such as tiktok_shop"),
        Mistake(
            "sources: { s: { providers: [tiktokshop] } }",
            "1: unknown provider \"tiktokshop\" in sources.s; did you mean \"tiktok_shop\"?"),
        Mistake(
            "sources: { s: { providers: { shopify: {}, etzy: { secrets: { env: SET } } } } }",
            "1: unknown provider \"etzy\" in sources.s.providers.etzy; did you mean \"etsy\"?"),
        Mistake(
            "sources: { s: { providers: { shopify: { paths: /a, secrets: { env: SET } } } } }",
            "1: unknown key \"paths\" in sources.s.providers.shopify; "
                + "known are: credentials, kept_as, on_store_failure, scheme, secrets, tolerance, url, verification"),
        Mistake(
            "sources: { s: { providers: { shopify: { secrets: whsec } } } }",
            "1: sources.s.providers.shopify.secrets must not hold the secret itself: write { env: NAME }, "
                + "{ file: PATH } or { credential: NAME }, and rotate a secret that was written here"),
        Mistake(
            "sources:\n  My Shop: { providers: tiktok_shop }",
            "2: the source's name must be 1 to 63 lower-case letters, digits, - and _"),
        Mistake(
            "sources:\n  a: { providers: tiktok_shop }\n  b: { providers: tiktok_shop_guide }",
            "3: the path \"/webhook/tiktok\" of sources.b already belongs to sources.a; choose another path, or list both "
                + "providers under one source"),
        path("webhook", "must begin with / and have at most 512 bytes"),
        path("/a b", "must not have spaces, escapes, quotes, ? or #"),
        path("/a?b=c", "must not have spaces, escapes, quotes, ? or #"),
        path("/a//b", "must not have empty parts, . or .. (nginx merges them) and must not end in /"),
        path("/a/../b", "must not have empty parts, . or .. (nginx merges them) and must not end in /"),
        path("/webhook/health", "is answered by the responder itself; choose another"),
        source(
            "secrets: s3cr3t",
            "2: sources.shop.secrets must not hold the secret itself: write { env: NAME }, "
                + "{ file: PATH } or { credential: NAME }, and rotate a secret that was written here"),
        source(
            "secrets: [{ env: SET }, whsec_x]",
            "2: sources.shop.secrets[1] must not hold the secret itself: write "
                + "{ env: NAME }, { file: PATH } or { credential: NAME }, and rotate a secret that was written here"),
        source(
            "credentials: { app_key: abc }",
            "2: sources.shop.credentials.app_key must not hold the secret itself: "
                + "write { env: NAME }, { file: PATH } or { credential: NAME }, and rotate a secret that was written here"
        ),
        source(
            "secrets: { env: SET, file: s }",
            "2: sources.shop.secrets must have exactly one of env, file and credential"),
        source("secrets: { env: }", "2: sources.shop.secrets.env must name where the secret is"),
        source(
            "secrets: { env: \"s3cr3t-itself\" }",
            "2: sources.shop.secrets.env must be the name of a variable "
                + "(letters, digits and _), not its value"),
        source(
            "secrets: { credential: ../x }",
            "2: sources.shop.secrets.credential must be the name of a systemd credential, without a path"),
        source(
            "secrets: { env: SET, valid_until: soon }",
            "2: sources.shop.secrets.valid_until must be a date such as "
                + "2026-01-31 or a time such as 2026-01-31T09:00:00Z"),
        source(
            "secrets: { env: SET, valid_from: 2027-01-02, valid_until: 2027-01-01 }",
            "2: sources.shop.secrets.valid_until must be later than valid_from"),
        source(
            "secrets: [{ env: SET }, { env: SET }]",
            "2: sources.shop.secrets[1] has the same name \"SET\" as "
                + "another secret of this source; give each an id"),
        source(
            "secrets: [{ env: SET, vaild_from: 2026-01-01 }]",
            "2: unknown key \"vaild_from\" in sources.shop.secrets; did you mean \"valid_from\"?"),
        source(
            "verification: off", "2: sources.shop.verification must be one of required, optional, none, not \"off\""),
        source("tolerance: 2d", "2: sources.shop.tolerance must be from 1s to 1d, not \"2d\""),
        source(
            "body_limit: 1MiB", "2: sources.shop.body_limit must be a whole number from 1 to 67108864, not \"1MiB\""),
        source(
            "on_store_failure: spool",
            " sources.shop has on_store_failure: spool; set spool: to a folder, such as "
                + "/var/lib/hookledger/spool"),
        source(
            "scheme: { header: x }",
            "2: sources.shop.scheme is for the provider custom only: other providers have their own scheme"),
        source(
            "url: shop.example",
            "2: sources.shop.url must be the full URL registered at the provider, such as https://shop.example/webhook"),
        source("dedupeWindow: 5", "2: unknown key \"dedupeWindow\" in sources.shop; did you mean \"dedupe_window\"?"),
    ]
}
