/// What the configurations of several stacks begin with.
package enum StackYAML {
    /// A developer's host whose one source is the shop of ``Shop``. Lines of further sources may follow.
    package static let tikTokShop = """
        environment: development
        address_guard: { allow_private_hosts: [127.0.0.1] }
        sources:
          tiktok-shop:
            providers: [tiktok_shop, tiktok_shop_guide]
            paths: [/webhook/tiktok]
            credentials: { app_key: { env: TIKTOK_APP_KEY } }
            secrets: [ { env: TIKTOK_APP_SECRET } ]
        """
}
